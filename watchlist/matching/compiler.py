"""Entities to the arrays of an index.

Every name is anchored: by one symbol where that symbol is rare or is all the name has, else by pairs of its symbols,
so that the work per word of an article does not grow with the list.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from watchlist.matching.identifiers import normal_form
from watchlist.matching.keys import deletions, digest
from watchlist.matching.lexicon import GIVEN, ORDINARY, PLACE, lexicon
from watchlist.matching.names import PERSON_ROLES, Role, parse_name
from watchlist.matching.normalise import skeleton
from watchlist.matching.syllabic import keys_of
from watchlist.model import Entity

#: A family name borne by more entities than this does not point to anyone by itself.
_RARE_SURNAME = 6
#: A word of more entities than this does not point to an organisation whose name has other words.
_RARE_WORD = 6
_MOST_PAIRED = 5
_SHORTEST_SPELLED = 5


Array = npt.NDArray[Any]


class _Parsed(NamedTuple):
    symbols: tuple[int, ...]
    roles: bytes


def build(entities: Iterable[Entity]) -> tuple[dict[str, Any], dict[str, Array]]:
    """The counts and the arrays of an index over these entities."""
    numbers: dict[str, int] = {}
    forms: list[str] = []
    uses: tuple[Counter[int], Counter[int], Counter[int]] = (Counter(), Counter(), Counter())
    name_entity, name_place = array("I"), array("H")
    parsed: list[_Parsed] = []
    blob = bytearray()
    offsets = array("Q", [0])
    identifiers: list[tuple[int, int]] = []
    syllabic: list[tuple[int, int]] = []
    at = -1
    for at, entity in enumerate(entities):
        blob += _packed(entity)
        offsets.append(len(blob))
        identifiers += [(digest(form), at) for i in entity.identifiers if (form := normal_form(i.kind, i.value))]
        seen: tuple[set[int], set[int], set[int]] = (set(), set(), set())
        for place, name in enumerate(entity.names):
            parts = parse_name(name, entity.schema)
            syllabic += [(digest(key), len(parsed)) for key in keys_of(name.text, parts)]
            symbols = []
            for part in parts:
                number = numbers.setdefault(part.symbol, len(numbers))
                if number == len(forms):
                    forms.append(part.form)
                symbols.append(number)
                seen[0].add(number)
                if part.role in (Role.SURNAME, Role.SURNAME2):
                    seen[1].add(number)
                elif part.role in (Role.GIVEN, Role.MIDDLE):
                    seen[2].add(number)
            name_entity.append(at)
            name_place.append(place)
            parsed.append(_Parsed(tuple(symbols), bytes(part.role for part in parts)))
        for counter, numbers_seen in zip(uses, seen, strict=True):
            counter.update(numbers_seen)
    sections = _symbol_sections(list(numbers), uses)
    rank = np.empty(len(numbers), dtype=np.uint32)
    rank[sections.pop("order")] = np.arange(len(numbers), dtype=np.uint32)
    sections |= _anchor_sections(parsed, uses, forms, rank)
    sections |= _range_sections("syllabic", syllabic, "name")
    sections |= _range_sections("identifier", identifiers, "entity")
    sections |= {
        "name_entity": np.array(name_entity, dtype=np.uint32),
        "name_place": np.array(name_place, dtype=np.uint16),
        "entity_blob": np.frombuffer(bytes(blob), dtype=np.uint8),
        "entity_offset": np.array(offsets, dtype=np.uint64),
    }
    return {"name_count": len(parsed), "entity_count": at + 1}, sections


def _packed(entity: Entity) -> bytes:
    row = [
        entity.list_id,
        entity.source_id,
        entity.schema,
        [[n.text, n.kind, n.given, n.family, n.origin] for n in entity.names],
        entity.countries,
        entity.birth_dates,
        [[i.kind, i.value, i.detail] for i in entity.identifiers],
        entity.programs,
        entity.designations,
        entity.linked_to,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _symbol_sections(symbols: list[str], uses: tuple[Counter[int], Counter[int], Counter[int]]) -> dict[str, Array]:
    hashes = np.array([digest(symbol) for symbol in symbols], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    encoded = [symbols[i].encode("utf-8", "surrogatepass") for i in order]
    lengths = np.fromiter((len(word) for word in encoded), dtype=np.uint32, count=len(encoded))
    counts = np.zeros((len(symbols), 3), dtype=np.uint32)
    for column, counter in enumerate(uses):
        for symbol, count in counter.items():
            counts[symbol, column] = count
    frames, shortened = [], []
    for place, i in enumerate(order.tolist()):
        symbol = symbols[i]
        if len(symbol) >= _SHORTEST_SPELLED - 1 and not symbol.isdigit():
            frames.append((digest(skeleton(symbol)), place))
        if len(symbol) > _SHORTEST_SPELLED and not symbol.isdigit():
            shortened += [(digest(form), place) for form in deletions(symbol)]
    return {
        "order": order,
        "symbol_hash": hashes[order],
        "symbol_counts": counts[order].reshape(-1),
        "symbol_blob": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "symbol_offset": np.concatenate(([0], np.cumsum(lengths))).astype(np.uint32),
        **_range_sections("frame", frames, "symbol"),
        **_range_sections("deletion", shortened, "symbol"),
    }


def _range_sections(name: str, rows: list[tuple[int, int]], value: str) -> dict[str, Array]:
    hashes = np.array([row[0] for row in rows], dtype=np.uint64)
    values = np.array([row[1] for row in rows], dtype=np.uint32)
    order = np.lexsort((values, hashes))
    return {f"{name}_hash": hashes[order], f"{name}_{value}": values[order]}


def _anchor_sections(
    parsed: list[_Parsed], uses: tuple[Counter[int], Counter[int], Counter[int]], forms: list[str], rank: Array
) -> dict[str, Array]:
    single_symbols, single_names = array("I"), array("I")
    pair_first, pair_second, pair_names = array("I"), array("I"), array("I")
    names_a_thing = _distinctive(forms)
    for id, (symbols, roles) in enumerate(parsed):
        singles, pairs = _anchors(symbols, roles, uses, names_a_thing)
        for symbol in singles:
            single_symbols.append(symbol)
            single_names.append(id)
        for first, second in pairs:
            pair_first.append(first)
            pair_second.append(second)
            pair_names.append(id)
    # Short names first: where many names share a pair, those that the text can have in full are the ones to try.
    lengths = np.array([_length(row.roles) for row in parsed], dtype=np.uint8)
    return {
        **_single_sections(
            rank[np.array(single_symbols, dtype=np.uint32)], np.array(single_names, dtype=np.uint32), lengths, len(rank)
        ),
        **_pair_sections(
            rank[np.array(pair_first, dtype=np.uint32)],
            rank[np.array(pair_second, dtype=np.uint32)],
            np.array(pair_names, dtype=np.uint32),
            lengths,
            len(rank),
        ),
    }


def _length(roles: bytes) -> int:
    return min(255, sum(role not in (Role.LEGAL, Role.PARTICLE) for role in roles))


def _single_sections(symbols: Array, names: Array, lengths: Array, symbol_count: int) -> dict[str, Array]:
    order = np.lexsort((names, lengths[names], symbols))
    counts = np.bincount(symbols, minlength=symbol_count)
    return {
        "single_name": names[order],
        "single_offset": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
    }


def _pair_sections(first: Array, second: Array, names: Array, lengths: Array, symbol_count: int) -> dict[str, Array]:
    low = np.minimum(first, second).astype(np.uint64)
    high = np.maximum(first, second).astype(np.uint64)
    keys = low << np.uint64(32) | high
    order = np.lexsort((names, lengths[names], keys))
    unique, starts = np.unique(keys[order], return_index=True)
    paired = np.zeros(symbol_count, dtype=np.uint8)
    paired[first] = 1
    paired[second] = 1
    return {
        "pair_key": unique,
        "pair_offset": np.append(starts, len(names)).astype(np.uint32),
        "pair_name": names[order],
        "symbol_paired": paired,
    }


def _distinctive(forms: list[str]) -> bytearray:
    """For each symbol whether its word, alone, may point to a name of several words."""
    flags = lexicon().flags
    common = ORDINARY | PLACE | GIVEN
    return bytearray(len(form) >= 4 and not flags.get(form, 0) & common and not form.isdigit() for form in forms)


def _anchors(
    symbols: tuple[int, ...],
    roles: bytes,
    uses: tuple[Counter[int], Counter[int], Counter[int]],
    distinctive: bytearray,
) -> tuple[set[int], set[tuple[int, int]]]:
    """The symbols and the pairs of symbols by which a name is found."""
    if any(role in PERSON_ROLES for role in roles):
        return _person_anchors(symbols, roles, uses, distinctive)
    core = [s for s, role in zip(symbols, roles, strict=True) if role == Role.CORE]
    usable = [s for s, role in zip(symbols, roles, strict=True) if role not in (Role.PARTICLE, Role.LEGAL, Role.NUMBER)]
    if len(usable) == 1:
        return set(usable), set()
    if not usable:
        return set(symbols[:1]), set()
    singles = {s for s in core if uses[0][s] <= _RARE_WORD and distinctive[s]}
    chosen = usable[:_MOST_PAIRED]
    return singles, set(pairwise(chosen)) | {(chosen[0], chosen[-1])}


def _person_anchors(
    symbols: tuple[int, ...],
    roles: bytes,
    uses: tuple[Counter[int], Counter[int], Counter[int]],
    distinctive: bytearray,
) -> tuple[set[int], set[tuple[int, int]]]:
    rows = list(zip(symbols, roles, strict=True))
    family = [s for s, role in rows if role in (Role.SURNAME, Role.SURNAME2)][:3]
    given = [s for s, role in rows if role in (Role.GIVEN, Role.MIDDLE)][:3]
    if family and given:
        singles = {s for s in family[:1] if uses[1][s] <= _RARE_SURNAME and distinctive[s]}
        return singles, {(f, g) for f in family for g in given}
    words = [s for s, role in rows if role != Role.PARTICLE]
    if len(words) < 2:
        return set(words or symbols[:1]), set()
    words = words[:_MOST_PAIRED]
    return set(), {(a, b) for i, a in enumerate(words) for b in words[i + 1 :]}
