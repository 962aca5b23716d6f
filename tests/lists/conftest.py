"""Small lists in the official forms; every name in them is invented."""

from __future__ import annotations

import gzip
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from watchlist.lists.recognise import read_list
from watchlist.model import Entity

END = b"\x1a"


def sdn_row(id: int, name: str, kind: str = "", *, remarks: str = "", **columns: str) -> str:
    """A row of SDN.CSV as OFAC writes it: text in quotes, ``-0- `` for null."""
    order = ("program", "title", "call_sign", "vessel_type", "tonnage", "gross", "flag", "owner")
    cells = (name, kind, *(columns.get(column, "") for column in order), remarks)
    return f"{id}," + ",".join(f'"{cell}"' if cell else "-0- " for cell in cells)


_SPILLING = "Digital Currency Address - XBT 1Kuf2FILL; " * 14 + "Digital Currency Address - ETH 0xab12; a.k.a. 'NIGHT"

SDN = [
    sdn_row(
        101,
        "GREY HARBOUR SHIPPING CO., LTD.",
        program="IRAN] [NPWMD",
        remarks="Website www.greyharbour.example; Registration Number 26740 (Iran); SWIFT/BIC GREYIR2L; "
        "Legal Entity Number 253400V1H6ART1UQ0N98 (Russia); Identification Number IMO 5342883; "
        "Target Type Private Company; Linked To: NORTH QUAY HOLDING, S.A.; a.k.a. 'GHS'; f.k.a. 'OLD HARBOUR LINE'.",
    ),
    sdn_row(
        102,
        "MARROW, Ilya Petrovich",
        "individual",
        program="SDGT",
        title="Minister of Tides; Member of the Council",
        remarks="DOB 15 Jan 1955; alt. DOB circa 1956; POB Lakeside, Syria; nationality Korea, North; citizen Russia; "
        "Passport A 123 (Iran) expires 01 Jan 2020; Gender Male; Leader of the Lakeside Front; a.k.a. 'THE TIDE'; "
        "a.k.a. 'ABU MERA'I, Ilya'.",
    ),
    sdn_row(
        103,
        "EVENING GULL",
        "vessel",
        program="DPRK4",
        call_sign="9HXX1",
        vessel_type="Crude Oil Tanker",
        tonnage="318,000",
        gross="163,660",
        flag="Panama",
        owner="Quay Lines",
        remarks="Vessel Registration Identification IMO 7406784; MMSI 572469210; Other Vessel Flag Togo.",
    ),
    sdn_row(
        104,
        "EX-ABC",
        "aircraft",
        program="SDGT",
        remarks="Aircraft Tail Number EX-ABC; Previous Aircraft Tail Number EX-OLD; "
        "Aircraft Manufacturer's Serial Number (MSN) 1023; Aircraft Operator Gull Air; Aircraft Model A300.",
    ),
    # The official file cuts a remark after 1,000 characters, here in the middle of a name.
    sdn_row(
        105, "QUIET WIRE GROUP", program="CYBER2", remarks=_SPILLING.replace("FILL", "x" * (1004 - len(_SPILLING)), 1)
    ),
    sdn_row(106, "PLAIN GOODS", program="CUBA"),
]
ALT = [
    '101,11,"aka","GREY HARBOR LINES",-0- ',
    '101,12,"fka","HARBOUR LINE",-0- ',
    '102,13,"aka","MARROV, Ilia",-0- ',
    '102,14,"nka","MARROW, Elias",-0- ',
]
ADD = [
    '101,21,"Pier 4, Old Port","Bandar Abbas 79177","Iran",-0- ',
    '102,22,-0- ,"Pyongyang","Korea, North",-0- ',
    "103,23,-0- ,-0- ,-0- ,-0- ",
]
COMMENTS = ["105,\" SHIFT; TEAM'; a.k.a. 'WIRE'; Phone Number 8613314257947.\"", '9999,"of an entity that is gone."']

SDN_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="https://example.org/a-namespace-of-its-own">
  <publshInformation>
    <Publish_Date>12/29/2023</Publish_Date>
    <Record_Count>3</Record_Count>
  </publshInformation>
  <sdnEntry>
    <uid>101</uid>
    <lastName>GREY HARBOUR SHIPPING &amp; CO., LTD.</lastName>
    <sdnType>Entity</sdnType>
    <remarks>(Linked To: NORTH QUAY HOLDING, S.A.)</remarks>
    <programList><program>IRAN</program><program>NPWMD</program></programList>
    <idList>
      <id><uid>1</uid><idType>Registration Number</idType><idNumber>26740</idNumber><idCountry>Iran</idCountry></id>
      <id><uid>2</uid><idType>Digital Currency Address - XBT</idType><idNumber>1Kuf2</idNumber></id>
      <id><uid>3</uid><idType>Organization Established Date</idType><idNumber>05 May 2014</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>11</uid><type>a.k.a.</type><category>strong</category><lastName>GREY HARBOR LINES</lastName></aka>
      <aka><uid>12</uid><type>f.k.a.</type><category>strong</category><lastName>HARBOUR LINE</lastName></aka>
      <aka><uid>13</uid><type>a.k.a.</type><category>weak</category><lastName>GHS</lastName></aka>
    </akaList>
    <addressList>
      <address>
        <uid>21</uid><address1>Pier 4, Old Port</address1><city>Bandar Abbas</city><country>Iran</country>
      </address>
    </addressList>
  </sdnEntry>
  <sdnEntry>
    <uid>102</uid>
    <firstName>Ilya Petrovich</firstName>
    <lastName>MARROW</lastName>
    <title>Minister of Tides</title>
    <sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
    <akaList>
      <aka><uid>13</uid><type>a.k.a.</type><category>weak</category><lastName>THE TIDE</lastName></aka>
    </akaList>
    <nationalityList><nationality><uid>5</uid><country>Korea, North</country></nationality></nationalityList>
    <citizenshipList><citizenship><uid>6</uid><country>Russia</country></citizenship></citizenshipList>
    <dateOfBirthList>
      <dateOfBirthItem><uid>7</uid><dateOfBirth>15 Jan 1955</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
      <dateOfBirthItem><uid>8</uid><dateOfBirth>1956 to 1958</dateOfBirth></dateOfBirthItem>
    </dateOfBirthList>
    <placeOfBirthList>
      <placeOfBirthItem><uid>9</uid><placeOfBirth>Lakeside, Syria</placeOfBirth></placeOfBirthItem>
    </placeOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>103</uid>
    <lastName>EVENING GULL</lastName>
    <sdnType>Vessel</sdnType>
    <programList><program>DPRK4</program></programList>
    <idList>
      <id><uid>31</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 7406784</idNumber></id>
    </idList>
    <vesselInfo>
      <callSign>9HXX1</callSign><vesselType>Crude Oil Tanker</vesselType><vesselFlag>Panama</vesselFlag>
      <vesselOwner>Quay Lines</vesselOwner><tonnage>318000</tonnage>
    </vesselInfo>
  </sdnEntry>
</sdnList>
"""

GENERIC = """id,schema,name,aliases,programs,countries,birth_dates,identifiers
1,Company,Grey Harbour Shipping,Grey Harbor Lines;weak:GHS;previous:Harbour Line,IRAN;NPWMD,ir,,registration/ir:26740
2,Person,"MARROW, Ilya Petrovich",alias@ru:МАРРОУ,SDGT,Russia;kp,1955-01-15;1956/1958,passport:A 123
"""


def lines(rows: list[str]) -> bytes:
    """A file of the CSV set as OFAC ends it: CRLF, then a line with 0x1A."""
    return b"".join(row.encode("ascii") + b"\r\n" for row in rows) + END + b"\r\n"


OFAC_SET = {
    "sdn.csv": lines(SDN),
    "alt.csv": lines(ALT),
    "add.csv": lines(ADD),
    "sdn_comments.csv": lines(COMMENTS),
}


@pytest.fixture
def ofac_set() -> dict[str, bytes]:
    """The files of a small SDN set by name; change the copy at will."""
    return dict(OFAC_SET)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Writes files into a folder and gives back its path."""

    def write(files: dict[str, bytes]) -> Path:
        target = tmp_path / "set"
        target.mkdir(exist_ok=True)
        for name, content in files.items():
            (target / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return target

    return write


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Writes files into a zip archive and gives back its path."""

    def write(files: dict[str, bytes]) -> Path:
        target = tmp_path / "list.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in files.items():
                packed.writestr(name, content)
        return target

    return write


@pytest.fixture(scope="session")
def sdn_xml() -> str:
    """A small SDN.XML."""
    return SDN_XML


@pytest.fixture(scope="session")
def generic() -> str:
    """A small file in the generic CSV form."""
    return GENERIC


@pytest.fixture(scope="session")
def whole_set() -> dict[str, bytes]:
    """The files of a small SDN set, not to be changed."""
    return OFAC_SET


@pytest.fixture(scope="session")
def zipped_xml() -> bytes:
    """SDN.XML in a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("SDN.XML", SDN_XML)
    return packed.getvalue()


class Faults:
    """What the loopback server answers, path by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def __call__(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """Answer requests for ``path`` so; the address of that path."""
        self.answers[path] = answer
        return self.url + path

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of the requests for a path, in order."""
        return [headers for asked, headers in self.requests if asked == path]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """A real HTTP server on loopback that misbehaves as it is told."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    faults = Faults()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            faults.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            with suppress(ConnectionError):
                faults.answers[self.path](self)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        faults.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield faults
        http.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def official() -> Callable[[str], bytes]:
    """The content of a small file in an official form, by its name in the folder ``data``."""
    return lambda name: (Path(__file__).parent / "data" / name).read_bytes()


Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads bytes as a file of a list; the entities."""

    def entities(list_id: str, content: bytes) -> list[Entity]:
        path = tmp_path / "list"
        path.write_bytes(content)
        return list(read_list(list_id, path).entities())

    return entities
