from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.model import Entity, Identifier, NameKind, Schema

Load = Callable[[str, bytes], list[Entity]]


def test_every_key_has_its_place(load: Load, official: Callable[[str], bytes]) -> None:
    company, person = load("mine", official("list.jsonl"))
    assert [(name.text, strength(name), name.lang) for name in company.names] == [
        ("Grey Harbour Shipping", NameKind.PRIMARY, None),
        ("Grey Harbor Lines", NameKind.ALIAS, None),
        ("GHS", WEAK_ALIAS, None),
        ("Серая гавань", NameKind.PREVIOUS, "ru"),
    ]
    assert (company.schema, company.countries, company.programs) == (Schema.COMPANY, ("ir",), ("IRAN",))
    assert company.identifiers == (Identifier("registration", "26740"), Identifier("crypto", "1Kuf2", "XBT"))
    assert (company.linked_to, company.listed_on, company.reference) == (("North Quay",), "2012-03-24", "R-1")
    assert (company.url, company.remarks) == ("https://lists.example/1", "Seen in port.")
    assert (person.source_id, person.names[0].family, person.names[0].given) == ("2", "MARROW", "Ilya")
    assert person.birth_dates == ("1955-01-15", "1951/1953")
    assert (person.birth_places, person.designations, person.addresses) == (("Lakeside",), ("Minister",), ("Pier 4",))


def test_any_list_may_come_so(load: Load, official: Callable[[str], bytes]) -> None:
    assert len(load("un_sc_sanctions", official("list.jsonl"))) == 2


def test_a_name_has_its_script_and_parts(load: Load) -> None:
    row = {"id": "1", "name": "МАРРОУ Илья", "parts": [["family", "МАРРОУ"], ["patronymic", "Петрович"]]}
    row["aliases"] = [{"name": "IM", "script": "cyrillic", "parts": [["nickname", "IM"]]}]
    (entity,) = load("mine", json.dumps(row).encode())
    assert [(name.script, name.parts) for name in entity.names] == [
        ("Cyrl", (("family", "МАРРОУ"), ("patronymic", "Петрович"))),
        ("Cyrl", (("nickname", "IM"),)),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": ""}, "the id is missing"),
        ({"name": " "}, "the name is missing"),
        ({"name": ["A"]}, "expected a text as name"),
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"aliases": "A"}, "expected a list of texts or objects as aliases"),
        ({"aliases": [{"lang": "ru"}]}, "an alias has no name"),
        ({"parts": ["Petrovich"]}, "expected parts as pairs of kind and text"),
        ({"parts": [["patronymic", ""]]}, "expected parts as pairs of kind and text"),
        ({"programs": [{}]}, "expected a text or a list of texts as programs"),
        ({"id": "0"}, "id '0' stands on line 1 already"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_with_its_line(
    load: Load, changes: dict[str, object], message: str
) -> None:
    rows = [{"id": "0", "name": "Zero"}, {"id": "1", "name": "One", **changes}]
    with pytest.raises(ListParseError, match=f"line 2: .*{message}"):
        load("mine", "".join(json.dumps(row) + "\n" for row in rows).encode())
