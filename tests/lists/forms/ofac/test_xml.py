from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], list[Entity]]:
    def entities(content: str | bytes) -> list[Entity]:
        path = tmp_path / "SDN.XML"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_list("us_ofac_sdn", path).entities())

    return entities


Read = Callable[[str | bytes], list[Entity]]


def test_the_head_states_date_and_count(tmp_path: Path, sdn_xml: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(gzip.compress(sdn_xml.encode()))
    parsed = read_list("us_ofac_sdn", path)
    assert parsed.form == "ofac_xml"
    assert parsed.published_at == datetime(2023, 12, 29, tzinfo=UTC)
    assert parsed.version == "2023-12-29"
    assert parsed.declared_count == 3


def test_an_organisation_has_names_programs_and_identifiers(read: Read, sdn_xml: str) -> None:
    company = read(sdn_xml)[0]
    assert company.schema is Schema.LEGAL_ENTITY
    assert [(name.text, strength(name)) for name in company.names] == [
        ("GREY HARBOUR SHIPPING & CO., LTD.", NameKind.PRIMARY),
        ("GREY HARBOR LINES", NameKind.ALIAS),
        ("HARBOUR LINE", NameKind.PREVIOUS),
        ("GHS", WEAK_ALIAS),
    ]
    assert company.programs == ("IRAN", "NPWMD")
    assert company.identifiers == (Identifier("registration", "26740", "ir"), Identifier("crypto", "1Kuf2", "XBT"))
    assert company.linked_to == ("NORTH QUAY HOLDING, S.A.",)
    assert company.remarks == "Organization Established Date 05 May 2014"
    assert company.addresses == ("Pier 4, Old Port, Bandar Abbas, Iran",)
    assert company.countries == ("ir",)


def test_a_person_is_written_as_in_the_csv_form(read: Read, sdn_xml: str) -> None:
    person = read(sdn_xml)[1]
    assert (person.caption, person.names[0].family, person.names[0].given) == (
        "MARROW, Ilya Petrovich",
        "MARROW",
        "Ilya Petrovich",
    )
    assert person.countries == ("kp", "ru")
    assert person.birth_dates == ("1955-01-15", "1956/1958")
    assert person.birth_places == ("Lakeside, Syria",)
    assert person.designations == ("Minister of Tides",)
    assert strength(person.names[1]) == WEAK_ALIAS


def test_a_vessel_has_flag_owner_and_imo_number(read: Read, sdn_xml: str) -> None:
    vessel = read(sdn_xml)[2]
    assert vessel.identifiers == (Identifier("imo", "7406784"), Identifier("call_sign", "9HXX1"))
    assert (vessel.countries, vessel.linked_to) == (("pa",), ("Quay Lines",))
    assert vessel.remarks == "Vessel Type Crude Oil Tanker; Tonnage 318000"


def test_any_namespace_or_none_is_read_alike(read: Read, sdn_xml: str) -> None:
    bare = sdn_xml.replace(' xmlns="https://example.org/a-namespace-of-its-own"', "")
    assert read(bare) == read(sdn_xml)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused(read: Read, sdn_xml: str, share: float) -> None:
    whole = sdn_xml.rstrip().encode()
    with pytest.raises(ListParseError, match="damaged or cut off"):
        read(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<Record_Count>3<", "<Record_Count>4<", "declares 4 entities but holds 3"),
        ("<Record_Count>3<", "<Record_Count>many<", "expected a number as Record_Count, found 'many'"),
        ("12/29/2023", "29.12.2023", "expected a Publish_Date such as 12/29/2023"),
        ("publshInformation>", "head>", "has no publshInformation"),
        ("<sdnList ", '<!DOCTYPE sdnList [<!ENTITY x "y">]><sdnList ', "document type declaration"),
        ("<sdnList ", "<CONSOLIDATED_LIST ", "damaged"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(read: Read, sdn_xml: str, old: str, new: str, message: str) -> None:
    assert old in sdn_xml
    with pytest.raises(ListParseError, match=message):
        read(sdn_xml.replace(old, new))


def test_entities_of_a_document_type_are_never_resolved(read: Read, sdn_xml: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    attack = sdn_xml.replace(
        "<sdnList ", f'<!DOCTYPE sdnList [<!ENTITY leak SYSTEM "{secret.as_uri()}">]><sdnList '
    ).replace("EVENING GULL", "&leak;")
    with pytest.raises(ListParseError):
        read(attack)
