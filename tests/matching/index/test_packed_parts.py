from __future__ import annotations

import pytest

from watchlist.matching.index.anchors import joined_keys
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.index.packed_parts import packed_parts, unpacked_parts
from watchlist.matching.language.roles import NamePart, Role
from watchlist.model import Entity, Name, NameKind, Schema

NAMES = [
    (Schema.PERSON, "AL-ZAWAHIRI, Ayman Muhammad"),
    (Schema.PERSON, "Владимир Путин"),
    (Schema.PERSON, "习近平"),
    (Schema.ORGANIZATION, "Limited Liability Company ROSNEFT-15 OF THE N. KHORDAD"),
    (Schema.VESSEL, "M SOPHIA 2"),
    (Schema.ORGANIZATION, "..."),
]


@pytest.mark.parametrize("role", Role)
def test_parts_come_back_as_they_were(role: Role) -> None:
    parts = (NamePart("limited liability", "llc", role), NamePart("\ud800", "", Role.CORE))
    for joined in (frozenset[str](), frozenset({"a"}), frozenset({"a", "bc"})):
        assert unpacked_parts(packed_parts(parts, joined)) == (parts, joined)
        assert unpacked_parts(packed_parts((), joined)) == ((), joined)


def test_an_index_has_the_parts_that_parsing_gives() -> None:
    entities = [Entity("x", str(n), schema, (Name(text, NameKind.PRIMARY),)) for n, (schema, text) in enumerate(NAMES)]
    index = compile_index(entities, {})
    for id in range(index.name_count):
        name = index.name(id)
        assert name.parts == parse_name(name.name, name.schema)
        assert name.joined == joined_keys(name.parts)
