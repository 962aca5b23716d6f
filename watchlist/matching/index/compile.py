"""Entities to an index. Import it where something is compiled: numpy takes longer to import than an index to load.

Every name is anchored: by one symbol where that symbol is rare or is all the name has, else by pairs of its symbols,
so that the work per word of an article does not grow with the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.parse import parse_entities
from watchlist.matching.index.parsed_entities import Array, ParsedEntities
from watchlist.matching.version import engine_version
from watchlist.model import Entity

_NO_GROUPS: Mapping[str, str] = MappingProxyType({})


def compile_index(
    entities: Iterable[Entity], snapshots: Mapping[str, str], groups: Mapping[str, str] = _NO_GROUPS
) -> CompiledIndex:
    """Build an index over all names of the entities. ``snapshots`` tells each list's snapshot version.

    ``groups`` gives, by an entity's id, the group of those that are one subject with others; every other entity is a
    subject of its own. The result depends on the entities, their order, the groups and the engine version alone.
    """
    listed = tuple(entities)
    subjects = number_subjects((entity.id for entity in listed), groups)
    return assemble_index(parse_entities(enumerate(listed)), snapshots, subjects)


def number_subjects(entity_ids: Iterable[str], groups: Mapping[str, str]) -> list[int]:
    """The number of each entity's subject, counted in the order in which they come."""
    numbers: list[int] = []
    of_group: dict[str, int] = {}
    count = 0
    for id in entity_ids:
        group = groups.get(id)
        number = count if group is None else of_group.setdefault(group, count)
        count += number == count
        numbers.append(number)
    return numbers


def assemble_index(
    parsed: ParsedEntities, snapshots: Mapping[str, str], subjects: Sequence[int] | None = None
) -> CompiledIndex:
    """Build an index as `compile_index` does, over entities that are parsed already.

    ``subjects`` has the number of each entity's subject, without gaps; None makes each a subject of its own.
    """
    entity_count = len(parsed.columns["entity_fingerprint"])
    about, arrays = _build(parsed, np.asarray(range(entity_count) if subjects is None else subjects, dtype=np.uint32))
    sections = {name: array.data for name, array in arrays.items()}
    return CompiledIndex(
        {**about, "engine_version": engine_version(), "snapshots": dict(sorted(snapshots.items()))}, sections
    )


def _build(parsed: ParsedEntities, subjects: Array) -> tuple[dict[str, Any], dict[str, Array]]:
    """The counts and the arrays of an index over these entities of these subjects."""
    c = parsed.columns
    entity_count, name_count, symbol_count = len(c["entity_fingerprint"]), len(c["name_length"]), len(c["symbol_hash"])
    name_entity = np.repeat(np.arange(entity_count, dtype=np.uint32), c["entity_names"])
    framed = np.flatnonzero(c["symbol_frame"])
    sections = {
        "symbol_hash": c["symbol_hash"],
        "symbol_blob": c["symbol_byte"],
        "symbol_offset": _offsets(c["symbol_text"], np.uint32),
        **_ranges("frame", c["symbol_frame"][framed], "symbol", framed),
        **_ranges("deletion", c["symbol_deletion"], "symbol", _owners(c["symbol_deletions"])),
        **_singles(c, symbol_count),
        **_pairs(c, symbol_count),
        **_ranges("syllabic", c["syllabic_hash"], "name", _owners(c["name_syllables"])),
        **_ranges("identifier", c["identifier_hash"], "entity", _owners(c["entity_identifiers"])),
        "name_entity": name_entity,
        "name_place": (np.arange(name_count) - _offsets(c["entity_names"], np.int64)[name_entity]).astype(np.uint16),
        "entity_subject": subjects,
        "subject_entity": np.argsort(subjects, kind="stable").astype(np.uint32),
        "subject_offset": _offsets(np.bincount(subjects), np.uint32),
        "entity_blob": c["entity_byte"],
        "entity_offset": _offsets(c["entity_facts"], np.uint64),
    }
    return {"name_count": name_count, "entity_count": entity_count}, sections


def _offsets(counts: Array, dtype: type[np.integer[Any]]) -> Array:
    """Where the values of each row begin, and where the last ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(dtype)


def _owners(counts: Array) -> Array:
    """For each value the row it belongs to."""
    return np.repeat(np.arange(len(counts), dtype=np.uint32), counts)


def _ranges(key: str, hashes: Array, value: str, values: Array) -> dict[str, Array]:
    """Hashes in order, each with its value, for looking up all the values of a hash."""
    order = np.lexsort((values, hashes))
    return {f"{key}_hash": hashes[order], f"{key}_{value}": values[order].astype(np.uint32)}


def _singles(c: dict[str, Array], symbol_count: int) -> dict[str, Array]:
    symbols, names = c["single_symbol"], _owners(c["name_singles"])
    # Short names first: where many names share a symbol, those that the text can have in full are the ones to try.
    order = np.lexsort((names, c["name_length"][names], symbols))
    return {
        "single_name": names[order],
        "single_offset": _offsets(np.bincount(symbols, minlength=symbol_count), np.uint32),
    }


def _pairs(c: dict[str, Array], symbol_count: int) -> dict[str, Array]:
    first, second, names = c["pair_first"], c["pair_second"], _owners(c["name_pairs"])
    low = np.minimum(first, second).astype(np.uint64)
    high = np.maximum(first, second).astype(np.uint64)
    keys = low << np.uint64(32) | high
    order = np.lexsort((names, c["name_length"][names], keys))
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
