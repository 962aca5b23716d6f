from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

Folder = Callable[[dict[str, bytes]], Path]


@pytest.fixture
def entities(folder: Folder, ofac_set: dict[str, bytes]) -> dict[str, Entity]:
    return {entity.source_id: entity for entity in read_list("us_ofac_sdn", folder(ofac_set)).entities()}


def names(entity: Entity, kind: NameKind) -> list[str]:
    return [name.text for name in entity.names if strength(name) == kind]


def test_every_row_of_the_primary_file_is_an_entity_in_its_order(entities: dict[str, Entity]) -> None:
    assert list(entities) == ["101", "102", "103", "104", "105", "106"]
    assert [entity.schema for entity in entities.values()] == [
        Schema.COMPANY,
        Schema.PERSON,
        Schema.VESSEL,
        Schema.AIRCRAFT,
        Schema.LEGAL_ENTITY,
        Schema.LEGAL_ENTITY,
    ]


def test_names_keep_their_kind(entities: dict[str, Entity]) -> None:
    company = entities["101"]
    assert company.caption == "GREY HARBOUR SHIPPING CO., LTD."
    assert names(company, NameKind.ALIAS) == ["GREY HARBOR LINES"]
    assert names(company, NameKind.PREVIOUS) == ["HARBOUR LINE"]
    # A former name in the remarks is a weak one, like all names there.
    assert names(company, "weak previous") == ["OLD HARBOUR LINE"]
    assert names(company, WEAK_ALIAS) == ["GHS"]
    assert names(entities["102"], NameKind.PREVIOUS) == ["MARROW, Elias"]


def test_a_company_keeps_programs_countries_and_identifiers(entities: dict[str, Entity]) -> None:
    company = entities["101"]
    assert company.programs == ("IRAN", "NPWMD")
    assert company.countries == ("ir",)
    assert company.identifiers == (
        Identifier("website", "www.greyharbour.example"),
        Identifier("registration", "26740", "ir"),
        Identifier("bic", "GREYIR2L"),
        Identifier("lei", "253400V1H6ART1UQ0N98", "ru"),
        Identifier("imo", "5342883", "company"),
    )
    assert company.linked_to == ("NORTH QUAY HOLDING, S.A.",)
    assert company.addresses == ("Pier 4, Old Port, Bandar Abbas 79177, Iran",)
    assert company.remarks == "Target Type Private Company"
    assert company.url == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=101"


def test_a_person_has_name_parts_and_facts_out_of_the_remarks(entities: dict[str, Entity]) -> None:
    person = entities["102"]
    assert (person.caption, person.names[0].family, person.names[0].given) == (
        "MARROW, Ilya Petrovich",
        "MARROW",
        "Ilya Petrovich",
    )
    assert names(person, WEAK_ALIAS) == ["THE TIDE", "ABU MERA'I, Ilya"]
    assert person.birth_dates == ("1955-01-15", "1956")
    assert person.birth_places == ("Lakeside, Syria",)
    assert person.countries == ("kp", "ru")
    assert person.identifiers == (Identifier("passport", "A 123", "ir"),)
    assert person.designations == ("Minister of Tides", "Member of the Council", "Leader of the Lakeside Front")
    assert person.remarks == "Gender Male"
    assert person.addresses == ("Pyongyang, Korea, North",)


def test_a_vessel_has_its_columns_and_numbers(entities: dict[str, Entity]) -> None:
    vessel = entities["103"]
    assert vessel.identifiers == (
        Identifier("call_sign", "9HXX1"),
        Identifier("imo", "7406784"),
        Identifier("mmsi", "572469210"),
    )
    assert vessel.countries == ("pa", "tg")
    assert vessel.linked_to == ("Quay Lines",)
    assert vessel.remarks == "Vessel Type Crude Oil Tanker; Tonnage 318,000; Gross Registered Tonnage 163,660"


def test_an_aircraft_has_its_tail_numbers(entities: dict[str, Entity]) -> None:
    assert entities["104"].identifiers == (
        Identifier("tail_number", "EX-ABC"),
        Identifier("tail_number", "EX-OLD", "previous"),
        Identifier("msn", "1023"),
    )
    assert entities["104"].linked_to == ("Gull Air",)


def test_a_remark_that_spills_into_comments_is_read_as_one(entities: dict[str, Entity]) -> None:
    group = entities["105"]
    assert names(group, WEAK_ALIAS) == ["NIGHT SHIFT; TEAM", "WIRE"]
    assert group.identifiers[-2:] == (Identifier("crypto", "0xab12", "ETH"), Identifier("phone", "8613314257947"))


def test_without_comments_the_broken_end_of_a_remark_is_kept_but_not_read(
    folder: Folder, ofac_set: dict[str, bytes]
) -> None:
    del ofac_set["sdn_comments.csv"]
    group = list(read_list("us_ofac_sdn", folder(ofac_set)).entities())[4]
    assert names(group, WEAK_ALIAS) == []
    assert group.remarks == "a.k.a. 'NIGHT"


def test_a_row_of_nulls_has_nothing_but_a_name(entities: dict[str, Entity]) -> None:
    plain = entities["106"]
    assert (plain.names[0].text, plain.programs, plain.remarks, plain.addresses) == ("PLAIN GOODS", ("CUBA",), None, ())


class TestEndMark:
    @pytest.mark.parametrize("name", ["sdn.csv", "alt.csv", "add.csv"])
    def test_without_it_a_file_is_refused_and_taken_when_the_operator_says_so(
        self, folder: Folder, ofac_set: dict[str, bytes], name: str
    ) -> None:
        # Cut at a line border, so that every row that is left is whole.
        ofac_set[name] = ofac_set[name].rsplit(b"\r\n", 2)[0] + b"\r\n"
        path = folder(ofac_set)
        with pytest.raises(ListParseError) as refused:
            list(read_list("us_ofac_sdn", path).entities())
        assert f"{name}: OFAC's closing 0x1A line is missing" in str(refused.value)
        assert str(refused.value).endswith("--accept takes it all the same")
        assert "fetch it again" not in str(refused.value)
        parsed = read_list("us_ofac_sdn", path, accept=True)
        assert sum(1 for _ in parsed.entities()) == 6
        assert parsed.doubts == [
            f"{name}: OFAC's closing 0x1A line is missing, so that rows before it may be missing too"
        ]

    @pytest.mark.parametrize("name", ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"])
    @pytest.mark.parametrize("accept", [False, True])
    def test_within_its_last_row_no_file_may_end(
        self, folder: Folder, ofac_set: dict[str, bytes], name: str, accept: bool
    ) -> None:
        ofac_set[name] = ofac_set[name].rsplit(b"\r\n", 2)[0]
        with pytest.raises(ListParseError, match="ends within its last row, without OFAC's closing 0x1A line"):
            list(read_list("us_ofac_sdn", folder(ofac_set), accept=accept).entities())

    def test_comments_without_it_are_taken_with_a_note_where_every_cut_remark_has_its_row(
        self, folder: Folder, ofac_set: dict[str, bytes]
    ) -> None:
        whole = list(read_list("us_ofac_sdn", folder(ofac_set)).entities())
        ofac_set["sdn_comments.csv"] = ofac_set["sdn_comments.csv"].rsplit(b"\r\n", 2)[0] + b"\r\n"
        parsed = read_list("us_ofac_sdn", folder(ofac_set))
        assert list(parsed.entities()) == whole
        assert parsed.doubts == [
            "sdn_comments.csv: OFAC's closing 0x1A line is missing; every remark that goes on there has its row"
        ]

    def test_else_they_are_refused_and_taken_when_the_operator_says_so(
        self, folder: Folder, ofac_set: dict[str, bytes]
    ) -> None:
        ofac_set["sdn_comments.csv"] = b'9999,"of an entity that is gone."\r\n'
        message = "the rows of 1 remarks that go on there, the first of them of id 105; --accept takes it"
        with pytest.raises(ListParseError, match=message):
            list(read_list("us_ofac_sdn", folder(ofac_set)).entities())
        parsed = read_list("us_ofac_sdn", folder(ofac_set), accept=True)
        assert sum(1 for _ in parsed.entities()) == 6
        assert len(parsed.doubts) == 1

    def test_with_all_marks_nothing_is_noted(self, folder: Folder, ofac_set: dict[str, bytes]) -> None:
        parsed = read_list("us_ofac_sdn", folder(ofac_set))
        assert sum(1 for _ in parsed.entities()) == 6
        assert parsed.doubts == []


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"),
    [
        ("sdn.csv", b'103,"EVENING GULL",', b"103,", 3, "expected 12 columns, found 11"),
        ("sdn.csv", b"103,", b"ten,", 3, "expected OFAC's numeric id in column 1, found 'ten'"),
        ("sdn.csv", b"EVENING", b"EVENI\xd1G", 3, "expected UTF-8 text, found byte 0xd1"),
        ("sdn.csv", b'"EVENING GULL"', b'"EVENING" GULL', 3, "is no valid CSV"),
        ("alt.csv", b"102,14", b"777,14", 4, "row for id 777, which sdn.csv does not have"),
        ("add.csv", b"102,22,-0- ,", b"102,22,", 2, "expected 6 columns, found 5"),
    ],
)
def test_a_damaged_row_is_refused_with_its_line(
    folder: Folder, ofac_set: dict[str, bytes], name: str, old: bytes, new: bytes, line: int, message: str
) -> None:
    assert old in ofac_set[name]
    ofac_set[name] = ofac_set[name].replace(old, new, 1)
    with pytest.raises(ListParseError) as caught:
        list(read_list("us_ofac_sdn", folder(ofac_set)).entities())
    assert caught.value.line == line
    assert caught.value.list_id == "us_ofac_sdn"
    assert f"{name}: " in str(caught.value)
    assert message in str(caught.value)


def test_the_consolidated_set_has_names_of_its_own(folder: Folder, ofac_set: dict[str, bytes]) -> None:
    renamed = {
        "CONS_PRIM.CSV": ofac_set["sdn.csv"],
        "CONS_ALT.CSV": ofac_set["alt.csv"],
        "CONS_ADD.CSV.gz": ofac_set["add.csv"],
        "CONS_COMMENTS.CSV": ofac_set["sdn_comments.csv"],
    }
    found = list(read_list("us_ofac_cons", folder(renamed)).entities())
    assert len(found) == 6
    assert found[0].addresses == ("Pier 4, Old Port, Bandar Abbas 79177, Iran",)
