from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.forms import published_lists
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "opensanctions"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]
Folder = Callable[[dict[str, bytes]], Path]


def index(content: bytes, name: str = "entities.ftm.json", **changes: str) -> bytes:
    """An index.json for one file, as OpenSanctions writes it."""
    resource = {
        "name": name,
        "url": f"https://data.opensanctions.org/datasets/latest/sanctions/{name}",
        "checksum": hashlib.sha1(content).hexdigest(),
        "mime_type": "application/json+ftm",
    }
    head = {"name": "sanctions", "version": "20260313054101-abc", "updated_at": "2026-03-13T05:41:01"}
    other = {"name": "names.txt", "checksum": "0" * 40}
    return json.dumps({**head, "resources": [other, {**resource, **changes}]}, indent=2).encode()


def names(entity: Entity) -> list[tuple[str, NameKind]]:
    return [(name.text, strength(name)) for name in entity.names]


def test_targets_of_the_simple_csv(load: Load, official: Official) -> None:
    company, person, ship = load(LIST, official("targets.simple.csv"))
    assert (company.source_id, company.schema, company.countries) == ("NK-1", Schema.COMPANY, ("ru", "ir"))
    assert names(company) == [
        ('JSC "GREY HARBOUR"', NameKind.PRIMARY),
        ("Grey; Harbour", NameKind.ALIAS),
        ("Harbor Lines", NameKind.ALIAS),
    ]
    assert company.addresses == ("Pier 4", '12, "Quay" street')
    assert company.identifiers == (
        Identifier("registration", "1027700132195"),
        Identifier("imo", "6495856", "company"),
        Identifier("phone", "+7 1"),
        Identifier("email", "quay@harbour.example"),
    )
    assert company.programs == ("UA-WS-MARE", "UA-WS-UAVS")
    assert company.url == "https://www.opensanctions.org/entities/NK-1/"
    assert (person.birth_dates, person.programs) == (("1955-01-15", "1956"), ("Asset freeze - 2022",))
    assert names(person)[1:] == [("Марроу Илья", NameKind.ALIAS), ("Tide", WEAK_ALIAS)]
    assert person.identifiers == (Identifier("other", "4711"),)
    assert [(each.kind, each.value) for each in ship.identifiers] == [
        ("other", "9074729"),
        ("imo", "9074729"),
        ("mmsi", "572469210"),
        ("call_sign", "9HXX1"),
    ]


def test_only_targets_of_the_entities_are_taken(load: Load, official: Official) -> None:
    assert [(entity.source_id, entity.schema) for entity in load(LIST, official("entities.ftm.json"))] == [
        ("p-1", Schema.PERSON),
        ("c-1", Schema.COMPANY),
        ("v-1", Schema.VESSEL),
        ("x-1", Schema.AIRCRAFT),
    ]


def test_entities_without_the_mark_of_a_target_are_all_taken(load: Load, official: Official) -> None:
    unmarked = official("entities.ftm.json").replace(b'"target": false, ', b"").replace(b'"target": true, ', b"")
    assert [entity.source_id for entity in load("mine", unmarked)] == ["p-1", "c-1", "v-1", "x-1", "r-1"]


def test_a_person_is_joined_with_sanctions_links_and_documents(load: Load, official: Official) -> None:
    person = load(LIST, official("entities.ftm.json"))[0]
    assert names(person) == [
        ("Ilya Marrow", NameKind.PRIMARY),
        ("MARROW Ilya", NameKind.ALIAS),
        ("Марроу Илья", NameKind.ALIAS),
        ("Ilya Harbour", NameKind.PREVIOUS),
        ("The Tide", WEAK_ALIAS),
    ]
    assert (person.names[0].given, person.names[0].family) == ("Ilya", "Marrow")
    assert (person.countries, person.birth_dates, person.birth_places) == (
        ("sy", "ru"),
        ("1955-01-15", "1956"),
        ("Lakeside",),
    )
    assert (person.programs, person.listed_on, person.reference) == (("XX-LAKE",), "2012-03-24", "L.901")
    assert person.url == "https://authority.example/901"
    assert person.designations == ("Colonel", "Minister of Tides")
    assert person.linked_to == ("Grey Harbour", "A Relative")
    assert person.identifiers == (Identifier("passport", "A 123"), Identifier("other", "77", "Residence card"))


def test_bodies_ships_and_aircraft_have_their_own_identifiers(load: Load, official: Official) -> None:
    _, company, ship, aircraft = load(LIST, official("entities.ftm.json"))
    assert company.identifiers == (
        Identifier("imo", "6495856", "company"),
        Identifier("tax_id", "7701234567"),
        Identifier("crypto", "1Kuf2", "XBT"),
    )
    assert (company.programs, company.names[1].kind) == (("IRAN",), NameKind.ACRONYM)
    assert ship.identifiers == (Identifier("imo", "9074729"), Identifier("mmsi", "572469210"))
    assert aircraft.identifiers == (Identifier("msn", "1023"), Identifier("tail_number", "EX-ABC"))


@pytest.mark.parametrize("name", ["entities.ftm.json", "targets.simple.csv"])
def test_the_index_gives_version_and_date_and_vouches_for_the_file(
    folder: Folder, official: Official, name: str
) -> None:
    content = official(name)
    parsed = read_list(LIST, folder({name: content, "index.json": index(content, name)}))
    assert parsed.version == "20260313054101-abc"
    assert parsed.published_at == datetime(2026, 3, 13, 5, 41, 1, tzinfo=UTC)
    with pytest.raises(ListParseError, match=r"does not have the checksum that index\.json states"):
        read_list(LIST, folder({name: content[:-1] + b" \n", "index.json": index(content, name)}))


def test_the_checksum_is_of_the_inflated_file(folder: Folder, official: Official) -> None:
    content = official("entities.ftm.json")
    path = folder({"entities.ftm.json.gz": content, "index.json": index(content)})
    assert len(list(read_list(LIST, path).entities())) == 4


def test_an_index_that_cannot_be_used_is_named(folder: Folder, official: Official) -> None:
    content = official("entities.ftm.json")
    for broken, message in (
        (index(content)[:-9], r"index\.json: is no JSON object"),
        (index(content, checksum="abc"), "states a checksum of 3 digits"),
        (b"\xff{}", r"index\.json: expected UTF-8 text"),
    ):
        with pytest.raises(ListParseError, match=message):
            read_list(LIST, folder({"entities.ftm.json": content, "index.json": broken}))


def test_an_index_of_other_files_says_nothing(folder: Folder, official: Official) -> None:
    content = official("entities.ftm.json")
    parsed = read_list(LIST, folder({"entities.ftm.json": content, "index.json": b'{"resources": [{"name": "x"}, 3]}'}))
    assert (parsed.version, parsed.published_at) == (None, None)


def test_an_index_alone_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "index.json"
    path.write_bytes(index(b""))
    with pytest.raises(ListParseError, match="only describes the files of a dataset"):
        read_list(LIST, path)


def test_the_licence_stands_in_the_title() -> None:
    assert "CC BY-NC 4.0" in published_lists()[LIST].title


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("targets.simple.csv", '"NK-2"', '""', "line 3: .*the id is empty"),
        ("entities.ftm.json", '{"id": "v-1"', '{"id": 7', "line 5: .*the id is missing"),
        ("entities.ftm.json", '{"id": "v-1"', '["v-1"', "line 5: .*is no JSON object"),
        (
            "entities.ftm.json",
            '"name": ["Evening Gull"]',
            '"name": [3]',
            "line 5: .*expected a text or a list of texts",
        ),
        ("entities.ftm.json", '["Evening Gull"]', '["\\ud800"]', "line 5: .*is no JSON object"),
        (
            "entities.ftm.json",
            '"schema": "Address"',
            '"kind": "Address"',
            "line 3: .*expected an object with id, schema",
        ),
        ("entities.ftm.json", '"caption": "Evening Gull"', '"caption": ""', ""),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    load: Load, official: Official, name: str, old: str, new: str, message: str
) -> None:
    text = official(name).decode()
    assert old in text
    changed = text.replace(old, new, 1).encode()
    if not message:
        assert load(LIST, changed)[2].caption == "Evening Gull"
        return
    with pytest.raises(ListParseError, match=message):
        load(LIST, changed)


def test_a_cut_file_is_refused_within_a_line(load: Load, official: Official) -> None:
    content = gzip.decompress(gzip.compress(official("entities.ftm.json")))
    for share in (0.3, 0.6, 0.95):
        with pytest.raises(ListParseError):
            load(LIST, content[: int(len(content) * share)])


class TestDataset:
    """A list that is known by name is not read from the data set of another."""

    def line(self, number: int, *datasets: str) -> str:
        found = {
            "id": f"e-{number}",
            "schema": "Company",
            "datasets": datasets,
            "properties": {"name": [f"GULL {number}"]},
        }
        return json.dumps(found) + "\n"

    @pytest.mark.parametrize("list_id", ["us_ofac_cons", "ua_nsdc_sanctions"])
    def test_of_another_list_it_is_refused(self, load: Load, list_id: str) -> None:
        content = "".join(self.line(n, "us_ofac_sdn", "xx_lake") for n in range(5)).encode()
        with pytest.raises(ListParseError, match=f"is of the data set us_ofac_sdn, xx_lake, not {list_id}"):
            load(list_id, content)

    @pytest.mark.parametrize("list_id", ["us_ofac_sdn", "opensanctions", "a_mirror_of_ours"])
    def test_of_this_one_of_all_and_of_any_other_name_it_is_read(self, load: Load, list_id: str) -> None:
        content = "".join(self.line(n, "us_ofac_sdn", "xx_lake") for n in range(5)).encode()
        assert len(load(list_id, content)) == 5
