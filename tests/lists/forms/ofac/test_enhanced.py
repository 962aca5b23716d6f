from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "us_ofac_sdn"
Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def enhanced(official: Callable[[str], bytes]) -> bytes:
    return official("sdn_enhanced.xml")


def test_the_head_states_the_day(tmp_path: Path, enhanced: bytes) -> None:
    path = tmp_path / "SDN_ENHANCED.XML"
    path.write_bytes(enhanced)
    parsed = read_list(LIST, path)
    assert (parsed.form, parsed.version) == ("ofac_enhanced", "2026-05-21")
    assert parsed.published_at == datetime(2026, 5, 21, tzinfo=UTC)


def test_names_are_written_as_ofac_formats_them_with_typed_parts_and_scripts(load: Load, enhanced: bytes) -> None:
    person, front, ship = load(LIST, enhanced)
    assert (person.source_id, person.schema) == ("9001", Schema.PERSON)
    assert [(name.text, strength(name), name.lang, name.script, name.given, name.family) for name in person.names] == [
        ("MARROW, Ilya Petrovich", NameKind.PRIMARY, None, "Latn", "Ilya Petrovich", "MARROW"),
        ("THE TIDE", WEAK_ALIAS, None, "Latn", None, None),
        ("МАРРОУ Илья", NameKind.ALIAS, None, "Cyrl", "Илья", "МАРРОУ"),
        ("马罗", NameKind.PREVIOUS, "zh", "Hani", "罗", "马"),
        ("THE GULL", WEAK_ALIAS, None, "Latn", None, None),
    ]
    assert person.names[0].parts == (("family", "Marrow"), ("given", "Ilya"), ("patronymic", "Petrovich"))
    assert [name.text for name in front.names] == ["LAKESIDE FRONT"]
    assert ship.caption == "EVENING GULL"


def test_what_else_is_said_of_an_entity(load: Load, enhanced: bytes) -> None:
    person, front, ship = load(LIST, enhanced)
    assert (person.programs, person.listed_on, front.listed_on) == (("SDGT",), "2019-09-13", None)
    assert person.linked_to == ("LAKESIDE FRONT",)
    assert person.identifiers == (Identifier("passport", "A 123", "sy"),)
    assert person.addresses == ("Pier 4, Aleppo, Syria",)
    assert person.birth_dates == ("1955-01-15", "1956/1958", "1957")
    assert person.birth_places == ("Lakeside, Syria",)
    assert person.designations == ("Minister of Tides", "Member of the Council")
    assert person.remarks == "DOB between the wars; Gender Male; HARBOUR FRONT - Lakeside"
    assert (person.countries, front.countries) == (("ru",), ("sy",))
    assert (front.schema, front.programs) == (Schema.COMPANY, ("SDGT", "IRAN"))
    assert front.identifiers == (Identifier("crypto", "1Kuf2", "XBT"), Identifier("bic", "GREYIR2L"))
    assert ship.identifiers == (
        Identifier("imo", "9074729"),
        Identifier("mmsi", "572469210"),
        Identifier("call_sign", "9HXX1"),
    )
    assert (ship.schema, ship.countries, ship.linked_to) == (Schema.VESSEL, ("pa",), ("Quay Lines",))
    assert ship.remarks == "VESSEL TYPE Crude Oil Tanker"
    assert person.url == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=9001"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<dataAsOf>2026-05-21T00:00:00</dataAsOf>", "", "expected a dataAsOf such as 2024-07-03T00:00:00"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(load: Load, enhanced: bytes, old: str, new: str, message: str) -> None:
    text = enhanced.decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("list_id", "old", "new", "message"),
    [
        ("us_ofac_cons", "", "", "is an export of SDN List; us_ofac_cons is the Consolidated List"),
        (LIST, "SDN List", "Consolidated List", "is an export of Consolidated List; us_ofac_sdn is the SDN List"),
        (
            LIST,
            "</filters>",
            "<sanctionsPrograms><sanctionsProgram>SDGT</sanctionsProgram></sanctionsPrograms></filters>",
            r"is an extract by sanctionsPrograms \(SDGT\), not the whole list",
        ),
    ],
)
def test_what_it_is_an_export_of_must_be_the_list(
    load: Load, enhanced: bytes, list_id: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(ListParseError, match=message):
        load(list_id, enhanced.decode().replace(old, new, 1).encode())


def test_without_a_filter_it_may_be_either(load: Load, enhanced: bytes) -> None:
    start, end = enhanced.index(b"<filters>"), enhanced.index(b"</filters>") + len(b"</filters>")
    for list_id in (LIST, "us_ofac_cons"):
        assert len(load(list_id, enhanced[:start] + enhanced[end:])) == 3


@pytest.mark.thorough
def test_the_memory_it_takes_does_not_grow_with_the_file(tmp_path: Path, enhanced: bytes) -> None:
    """The default form of OFAC's lists has more than 100 MB; here 1 MB and 12 MB take the same."""
    text = enhanced.decode()
    start, end = text.index("<entities>") + len("<entities>"), text.index("</entities>")
    peaks = []
    for copies in (100, 1200):
        path = tmp_path / "SDN_ENHANCED.XML"
        with path.open("w", encoding="utf-8") as file:
            file.write(text[:start])
            for n in range(1, copies + 1):
                file.write(text[start:end].replace('<entity id="', f'<entity id="{n}'))
            file.write(text[end:])
        code = (
            "import resource, sys; from pathlib import Path; from watchlist.lists.recognise import read_list;"
            f"print(sum(1 for _ in read_list('{LIST}', Path(sys.argv[1])).entities()),"
            " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        count, peak = map(int, done.stdout.split())
        assert count == 3 * copies
        peaks.append(peak)
    assert peaks[1] < peaks[0] + 8 * 1024, f"{peaks} kB"
