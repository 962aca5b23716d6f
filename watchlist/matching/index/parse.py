"""Entities to columns: each taken apart by itself, whatever the others are."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np

from watchlist.matching.index.anchors import anchors_of, joined_keys
from watchlist.matching.index.identifiers import normal_form
from watchlist.matching.index.keys import deletions, digest
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.index.packed_parts import packed_parts
from watchlist.matching.index.parsed_entities import (
    DTYPES,
    FLAT,
    NAMES,
    RAGGED,
    Array,
    ParsedEntities,
    settled,
)
from watchlist.matching.language.roles import NamePart, Role
from watchlist.matching.language.script.abjad import frame
from watchlist.matching.language.syllabic import keys_of
from watchlist.model import Entity

#: From this many letters on a word is also found by what is left of it when one of them is missing.
_SHORTEST_SPELLED: Final = 5
#: From this many letters on a word is found by its consonants: a name in a script without vowels may be short.
_SHORTEST_FRAMED: Final = 2


def parse_entities(entities: Iterable[tuple[int, Entity]]) -> ParsedEntities:
    """The columns of entities. The number with each is its fingerprint: another once it is described otherwise."""
    build = _Builder()
    for fingerprint, entity in entities:
        build.add(fingerprint, entity)
    return settled(build.columns())


class _Builder:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, array[int]] = {NAMES: array("I")}
        for level in FLAT.values():
            self._columns |= {name: array(code) for name, code in level.items()}
        for ragged in RAGGED.values():
            for counts, values in ragged.items():
                self._columns |= {counts: array("I"), **{name: array(code) for name, code in values.items()}}

    def add(self, fingerprint: int, entity: Entity) -> None:
        c = self._columns
        facts = _packed(entity)
        c["entity_fingerprint"].append(fingerprint)
        c["entity_key"].append(digest(entity.id))
        c["entity_facts"].append(len(facts))
        c["entity_byte"].frombytes(facts)
        found = [digest(form) for i in entity.identifiers if (form := normal_form(i.kind, i.value))]
        c["entity_identifiers"].append(len(found))
        c["identifier_hash"].extend(found)
        uses: set[int] = set()
        for name in entity.names:
            parts = parse_name(name, entity.schema)
            uses.update(self._symbol(part.symbol) for part in parts)
            self._add_name(parts, keys_of(name.text, parts), uses)
        c[NAMES].append(len(entity.names))
        c["entity_uses"].append(len(uses))
        c["use_symbol"].extend(sorted(uses))

    def _add_name(self, parts: tuple[NamePart, ...], syllables: Iterable[str], uses: set[int]) -> None:
        c = self._columns
        c["name_length"].append(min(255, sum(part.role not in (Role.LEGAL_FORM, Role.PARTICLE) for part in parts)))
        packed = packed_parts(parts, joined_keys(parts))
        c["name_parts"].append(len(packed))
        c["part_byte"].frombytes(packed)
        hashes = [digest(key) for key in syllables]
        c["name_syllables"].append(len(hashes))
        c["syllabic_hash"].extend(hashes)
        anchors = anchors_of(parts)
        singles = sorted(self._key(key, uses) for key in sorted(anchors.singles))
        c["name_singles"].append(len(singles))
        c["single_symbol"].extend(singles)
        pairs = sorted((self._key(first, uses), self._key(second, uses)) for first, second in sorted(anchors.pairs))
        c["name_pairs"].append(len(pairs))
        for first, second in pairs:
            c["pair_first"].append(first)
            c["pair_second"].append(second)

    def _key(self, text: str, uses: set[int]) -> int:
        """The number of a key, which the entity then has though it may be no word of its name."""
        number = self._symbol(text)
        uses.add(number)
        return number

    def _symbol(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._numbers)
            c = self._columns
            encoded = text.encode("utf-8", "surrogatepass")
            spelled = text.isalpha()
            c["symbol_hash"].append(digest(text))
            c["symbol_frame"].append(digest(frame(text)) if spelled and len(text) >= _SHORTEST_FRAMED else 0)
            c["symbol_text"].append(len(encoded))
            c["symbol_byte"].frombytes(encoded)
            shortened = [digest(form) for form in deletions(text)] if spelled and len(text) > _SHORTEST_SPELLED else []
            c["symbol_deletions"].append(len(shortened))
            c["symbol_deletion"].extend(shortened)
        return number

    def columns(self) -> dict[str, Array]:
        return {name: np.array(values, dtype=DTYPES[values.typecode]) for name, values in self._columns.items()}


def _packed(entity: Entity) -> bytes:
    row = [
        entity.list_id,
        entity.source_id,
        entity.schema,
        [[n.text, n.kind, n.lang, n.given, n.family, n.origin, n.weak] for n in entity.names],
        entity.countries,
        entity.birth_dates,
        [[i.kind, i.value, i.detail] for i in entity.identifiers],
        entity.programs,
        entity.designations,
        entity.linked_to,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
