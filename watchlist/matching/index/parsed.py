"""Entities taken apart, in columns: what compiling an index needs of each, independent of all the others.

Taking names apart is most of the work of compiling. It is kept between two compilings, so that after a change of a list
only what is new on it is taken apart, and the rest is copied by whole columns.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from watchlist.errors import MatchingError
from watchlist.matching.index import file as store
from watchlist.matching.index.identifiers import normal_form
from watchlist.matching.index.names import parse_name
from watchlist.matching.language.keys import deletions, digest
from watchlist.matching.language.lexicon import GIVEN, ORDINARY, PLACE, lexicon
from watchlist.matching.language.normalise import skeleton
from watchlist.matching.language.parts import PERSON_ROLES, Part, Role
from watchlist.matching.language.syllabic import keys_of
from watchlist.matching.version import ENGINE_VERSION
from watchlist.model import Entity

Array = npt.NDArray[Any]

_MOST_PAIRED: Final = 5
_SHORTEST_SPELLED: Final = 5
#: What a symbol is to an entity: part of a name, of a family name, of a given name.
PART, FAMILY, FIRST = 1, 2, 4


class When(IntEnum):
    """When a symbol by itself points to a name."""

    ALWAYS = 0
    #: Where few entities have the word.
    RARE_WORD = 1
    #: Where few entities have the family name.
    RARE_SURNAME = 2


#: Columns with one value a row, by level; then those with any number of values a row, with the column that counts them.
_FLAT: Final = {
    "symbol": {"symbol_hash": "Q", "symbol_frame": "Q"},
    "entity": {"entity_print": "Q"},
    "name": {"name_length": "B"},
}
_RAGGED: Final = {
    "symbol": {"symbol_text": {"symbol_byte": "B"}, "symbol_deletions": {"symbol_deletion": "Q"}},
    "entity": {
        "entity_facts": {"entity_byte": "B"},
        "entity_uses": {"use_symbol": "I", "use_kind": "B"},
        "entity_identifiers": {"identifier_hash": "Q"},
    },
    "name": {
        "name_singles": {"single_symbol": "I", "single_when": "B"},
        "name_pairs": {"pair_first": "I", "pair_second": "I"},
        "name_syllables": {"syllabic_hash": "Q"},
    },
}
#: How many names each entity has; names stand in the order of their entities.
_NAMES: Final = "entity_names"
_SYMBOLS: Final = ("use_symbol", "single_symbol", "pair_first", "pair_second")
_DTYPES: Final = {"B": np.uint8, "I": np.uint32, "Q": np.uint64}


class _Anchors(NamedTuple):
    singles: dict[int, When]
    pairs: set[tuple[int, int]]


class Parsed:
    """Columns over symbols, entities and their names. Symbols are numbered by the order of their hashes."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self.columns = columns

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; raises MatchingError when it is missing, damaged or of another engine version."""
        about, sections = store.read(path)
        if about.get("engine_version") != ENGINE_VERSION:
            raise MatchingError(f"{path} is of engine version {about.get('engine_version')}")
        return cls({name: np.asarray(section) for name, section in sections.items()})

    def save(self, path: Path) -> None:
        """Write the columns to ``path`` in one step; raises MatchingError when it can't."""
        store.write(path, {"engine_version": ENGINE_VERSION}, {name: a.data for name, a in self.columns.items()})

    def __contains__(self, print: int) -> bool:
        return print in self._prints

    @cached_property
    def _prints(self) -> frozenset[int]:
        return frozenset(self.columns["entity_print"].tolist())

    def updated(self, prints: Iterable[int], fresh: Parsed) -> Parsed:
        """The entities with these prints, in this order, each from here or from ``fresh``.

        Raises KeyError for a print that neither has.
        """
        both = _joined(self, fresh)
        place = {each: at for at, each in enumerate(both.columns["entity_print"].tolist())}
        return _picked(both, np.array([place[each] for each in prints], dtype=np.int64))


def parse(entities: Iterable[tuple[int, Entity]]) -> Parsed:
    """Take entities apart. The number with each tells it from any other, and from the same one described otherwise."""
    build = _Builder()
    for print, entity in entities:
        build.add(print, entity)
    return _settled(build.columns())


class _Builder:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, array[int]] = {_NAMES: array("I")}
        for level in _FLAT.values():
            self._columns |= {name: array(code) for name, code in level.items()}
        for ragged in _RAGGED.values():
            for counts, values in ragged.items():
                self._columns |= {counts: array("I"), **{name: array(code) for name, code in values.items()}}

    def add(self, print: int, entity: Entity) -> None:
        c = self._columns
        facts = _packed(entity)
        c["entity_print"].append(print)
        c["entity_facts"].append(len(facts))
        c["entity_byte"].frombytes(facts)
        found = [digest(form) for i in entity.identifiers if (form := normal_form(i.kind, i.value))]
        c["entity_identifiers"].append(len(found))
        c["identifier_hash"].extend(found)
        uses: dict[int, int] = {}
        for name in entity.names:
            parts = parse_name(name, entity.schema)
            symbols = [self._symbol(part.symbol) for part in parts]
            for symbol, part in zip(symbols, parts, strict=True):
                uses[symbol] = uses.get(symbol, 0) | _use(part.role)
            self._add_name(parts, symbols, keys_of(name.text, parts))
        c[_NAMES].append(len(entity.names))
        c["entity_uses"].append(len(uses))
        c["use_symbol"].extend(uses)
        c["use_kind"].extend(uses.values())

    def _add_name(self, parts: tuple[Part, ...], symbols: list[int], syllables: Iterable[str]) -> None:
        c = self._columns
        c["name_length"].append(min(255, sum(part.role not in (Role.LEGAL, Role.PARTICLE) for part in parts)))
        hashes = [digest(key) for key in syllables]
        c["name_syllables"].append(len(hashes))
        c["syllabic_hash"].extend(hashes)
        anchors = _anchors(parts, symbols)
        c["name_singles"].append(len(anchors.singles))
        c["single_symbol"].extend(anchors.singles)
        c["single_when"].extend(anchors.singles.values())
        c["name_pairs"].append(len(anchors.pairs))
        for first, second in sorted(anchors.pairs):
            c["pair_first"].append(first)
            c["pair_second"].append(second)

    def _symbol(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._numbers)
            c = self._columns
            encoded = text.encode("utf-8", "surrogatepass")
            spelled = not text.isdigit()
            c["symbol_hash"].append(digest(text))
            c["symbol_frame"].append(digest(skeleton(text)) if spelled and len(text) >= _SHORTEST_SPELLED - 1 else 0)
            c["symbol_text"].append(len(encoded))
            c["symbol_byte"].frombytes(encoded)
            shortened = [digest(form) for form in deletions(text)] if spelled and len(text) > _SHORTEST_SPELLED else []
            c["symbol_deletions"].append(len(shortened))
            c["symbol_deletion"].extend(shortened)
        return number

    def columns(self) -> dict[str, Array]:
        return {name: np.array(values, dtype=_DTYPES[values.typecode]) for name, values in self._columns.items()}


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


def _use(role: Role) -> int:
    if role in (Role.SURNAME, Role.SURNAME2):
        return PART | FAMILY
    return PART | FIRST if role in (Role.GIVEN, Role.MIDDLE) else PART


#: Last words of names of groups that newspapers often write small.
_KINDS_OF_GROUP: Final = frozenset({"network", "gang", "cartel", "clan", "front", "brigade", "brigades", "militia"})


def _is_distinctive(form: str) -> bool:
    """Whether a word, alone, may point to a name of several words."""
    return len(form) >= 4 and not lexicon().flags.get(form, 0) & (ORDINARY | PLACE | GIVEN) and not form.isdigit()


def _anchors(parts: tuple[Part, ...], symbols: list[int]) -> _Anchors:
    """The symbols and the pairs of symbols by which a name is found."""
    if any(part.role in PERSON_ROLES for part in parts):
        return _person_anchors(parts, symbols)
    rows = list(zip(symbols, parts, strict=True))
    usable = [s for s, part in rows if part.role not in (Role.PARTICLE, Role.LEGAL, Role.NUMBER)]
    if len(usable) < 2:
        return _Anchors(dict.fromkeys(usable or symbols[:1], When.ALWAYS), set())
    singles = {s: When.RARE_WORD for s, part in rows if part.role is Role.CORE and _is_distinctive(part.form)}
    if len(usable) == 2 and rows[-1][1].form in _KINDS_OF_GROUP:
        # Written small, as in "the Haqqani network", the second word points to nobody.
        singles = dict.fromkeys(singles, When.ALWAYS)
    chosen = usable[:_MOST_PAIRED]
    return _Anchors(singles, set(pairwise(chosen)) | {(chosen[0], chosen[-1])})


def _person_anchors(parts: tuple[Part, ...], symbols: list[int]) -> _Anchors:
    rows = list(zip(symbols, parts, strict=True))
    family = [(s, part) for s, part in rows if part.role in (Role.SURNAME, Role.SURNAME2)][:3]
    given = [s for s, part in rows if part.role in (Role.GIVEN, Role.MIDDLE)][:3]
    if family and given:
        singles = {s: When.RARE_SURNAME for s, part in family[:1] if _is_distinctive(part.form)}
        return _Anchors(singles, {(f, g) for f, _ in family for g in given})
    words = [s for s, part in rows if part.role != Role.PARTICLE]
    if len(words) < 2:
        return _Anchors(dict.fromkeys(words or symbols[:1], When.ALWAYS), set())
    words = words[:_MOST_PAIRED]
    return _Anchors({}, {(a, b) for i, a in enumerate(words) for b in words[i + 1 :]})


def _joined(one: Parsed, other: Parsed) -> Parsed:
    shift = len(one.columns["symbol_hash"])
    columns = {}
    for name, first in one.columns.items():
        second = other.columns[name]
        columns[name] = np.concatenate((first, second + np.uint32(shift) if name in _SYMBOLS else second))
    return Parsed(columns)


def _picked(parsed: Parsed, entities: Array) -> Parsed:
    """The columns of these entities alone, in this order."""
    columns = dict(parsed.columns)
    names = _spread(columns[_NAMES], entities)
    _pick_rows(columns, "entity", entities)
    columns[_NAMES] = columns[_NAMES][entities]
    _pick_rows(columns, "name", names)
    return _settled(columns)


def _settled(columns: dict[str, Array]) -> Parsed:
    """Number the symbols by their hashes, each once, and leave out those that no entity uses."""
    used = np.zeros(len(columns["symbol_hash"]), dtype=bool)
    used[columns["use_symbol"]] = True
    places = np.flatnonzero(used)
    _, first, number = np.unique(columns["symbol_hash"][places], return_index=True, return_inverse=True)
    renumbered = np.zeros(len(used), dtype=np.uint32)
    renumbered[places] = number
    columns = dict(columns)
    _pick_rows(columns, "symbol", places[first])
    for name in _SYMBOLS:
        columns[name] = renumbered[columns[name]]
    return Parsed(columns)


def _pick_rows(columns: dict[str, Array], level: str, rows: Array) -> None:
    for counts, values in _RAGGED[level].items():
        chosen = _spread(columns[counts], rows)
        columns.update({name: columns[name][chosen] for name in values})
        columns[counts] = columns[counts][rows]
    columns.update({name: columns[name][rows] for name in _FLAT[level]})


def _spread(counts: Array, rows: Array) -> Array:
    """Where the values of these rows stand, for rows of so many values each."""
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    lengths = counts[rows].astype(np.int64)
    ends = np.cumsum(lengths)
    return np.repeat(starts[rows] - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
