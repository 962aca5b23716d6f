"""Parsed entities, in columns: what compiling an index needs of each, independent of all the others.

Taking names apart is most of the work of compiling. It is kept between two compilings, so that after a change of a list
only what is new on it is taken apart, and the rest is copied by whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from watchlist.errors import MatchingError
from watchlist.matching.index import file
from watchlist.matching.version import engine_version

Array = npt.NDArray[Any]

#: Columns with one value a row, by level; then those with any number of values a row, with the column that counts them.
FLAT: Final = {
    "symbol": {"symbol_hash": "Q", "symbol_frame": "Q"},
    "entity": {"entity_fingerprint": "Q"},
    "name": {"name_length": "B"},
}
RAGGED: Final = {
    "symbol": {"symbol_text": {"symbol_byte": "B"}, "symbol_deletions": {"symbol_deletion": "Q"}},
    "entity": {
        "entity_facts": {"entity_byte": "B"},
        "entity_uses": {"use_symbol": "I"},
        "entity_identifiers": {"identifier_hash": "Q"},
    },
    "name": {
        "name_singles": {"single_symbol": "I"},
        "name_pairs": {"pair_first": "I", "pair_second": "I"},
        "name_syllables": {"syllabic_hash": "Q"},
    },
}
#: How many names each entity has; names stand in the order of their entities.
NAMES: Final = "entity_names"
_SYMBOLS: Final = ("use_symbol", "single_symbol", "pair_first", "pair_second")
_COLUMNS: Final = {
    NAMES,
    *(name for level in FLAT.values() for name in level),
    *(name for level in RAGGED.values() for counts, values in level.items() for name in (counts, *values)),
}
#: How the numbers of a column are kept, by the letter above.
DTYPES: Final = {"B": np.uint8, "I": np.uint32, "Q": np.uint64}


class ParsedEntities:
    """Columns over symbols, entities and their names. Symbols are numbered by the order of their hashes."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self.columns = columns

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; raises MatchingError when it is missing, damaged or of another version."""
        about, sections = file.read(path)
        if about.get("engine_version") != engine_version():
            raise MatchingError(f"{path} is of engine version {about.get('engine_version')}")
        if sections.keys() != _COLUMNS:
            raise MatchingError(f"{path} has other columns")
        return cls({name: np.asarray(section) for name, section in sections.items()})

    def save(self, path: Path) -> None:
        """Write the columns to ``path`` in one step; raises MatchingError when it can't."""
        file.write(path, {"engine_version": engine_version()}, {name: a.data for name, a in self.columns.items()})

    def __contains__(self, fingerprint: int) -> bool:
        return fingerprint in self._fingerprints

    @cached_property
    def _fingerprints(self) -> frozenset[int]:
        return frozenset(self.columns["entity_fingerprint"].tolist())

    def updated(self, fingerprints: Iterable[int], fresh: ParsedEntities) -> ParsedEntities:
        """The entities with these fingerprints, in this order, each from here or from ``fresh``.

        Raises KeyError for a fingerprint that neither has.
        """
        both = _joined(self, fresh)
        place = {each: at for at, each in enumerate(both.columns["entity_fingerprint"].tolist())}
        return _picked(both, np.array([place[each] for each in fingerprints], dtype=np.int64))


def _joined(one: ParsedEntities, other: ParsedEntities) -> ParsedEntities:
    shift = len(one.columns["symbol_hash"])
    columns = {}
    for name, first in one.columns.items():
        second = other.columns[name]
        columns[name] = np.concatenate((first, second + np.uint32(shift) if name in _SYMBOLS else second))
    return ParsedEntities(columns)


def _picked(parsed: ParsedEntities, entities: Array) -> ParsedEntities:
    """The columns of these entities alone, in this order."""
    columns = dict(parsed.columns)
    names = _spread(columns[NAMES], entities)
    _pick_rows(columns, "entity", entities)
    columns[NAMES] = columns[NAMES][entities]
    _pick_rows(columns, "name", names)
    return settled(columns)


def settled(columns: dict[str, Array]) -> ParsedEntities:
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
    return ParsedEntities(columns)


def _pick_rows(columns: dict[str, Array], level: str, rows: Array) -> None:
    for counts, values in RAGGED[level].items():
        chosen = _spread(columns[counts], rows)
        columns.update({name: columns[name][chosen] for name in values})
        columns[counts] = columns[counts][rows]
    columns.update({name: columns[name][rows] for name in FLAT[level]})


def _spread(counts: Array, rows: Array) -> Array:
    """Where the values of these rows stand, for rows of so many values each."""
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    lengths = counts[rows].astype(np.int64)
    ends = np.cumsum(lengths)
    return np.repeat(starts[rows] - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
