"""Names of lists for `subjects`, which says who is one with whom: read and compared as everywhere else."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from watchlist.matching.evidence.programs import known_programs
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.lexicon import EASTERN, lexicon
from watchlist.matching.language.known.name_counts import name_counts
from watchlist.matching.language.known.name_frequency import commonness
from watchlist.matching.language.roles import SMALL_ROLES, NamePart, Role
from watchlist.matching.language.script.normalise import skeleton
from watchlist.matching.likeness.names import compare
from watchlist.model import Name, Schema
from watchlist.subjects.naming import ComparedName, ComparedWord

_BRACKETED = re.compile(r"\(([^()]+)\)?")
#: How many persons, and how many others, the counts of names are of.
_PERSONS: Final = 7_500
_OTHERS: Final = 11_500
#: A word that is not counted may be as common as this.
_RARE: Final = 1 / 8_000
#: A syllable of a Korean or Chinese name says about half of what a name does.
_SYLLABLE: Final = 0.55
_LONGEST_SYLLABLE: Final = 6
#: How alike two names are at least to be two spellings of one, or one in full and in short.
_CLAIMED: Final = 0.82
#: So many consonants tell a word by themselves, and so many if it begins with the same letter.
_LONG_FRAME: Final = 3
_SHORT_FRAME: Final = 2


#: What of a name says how it is taken apart.
_NameKey = tuple[str, str | None, str | None, bool]


class NamesAsMatched:
    """Names as `matching` reads and compares them; what was read once is kept, for lists repeat each other.

    What was read ``before`` by others is taken from them.
    """

    def __init__(self, before: NamesAsMatched | None = None) -> None:
        self._before: Mapping[_NameKey, tuple[NamePart, ...]] = {} if before is None else before._parts  # noqa: SLF001 (of its own kind)
        self._parts: dict[_NameKey, tuple[NamePart, ...]] = {}

    def read(self, name: Name, schema: Schema) -> ComparedName:
        """A name taken apart."""
        parts = self._parse(name, schema)
        telling = [part for part in parts if part.role not in SMALL_ROLES]
        person = schema is Schema.PERSON
        share = _SYLLABLE if person and _is_syllabic(telling) else 1.0
        words = tuple(
            ComparedWord(part.symbol, _frame(part.symbol), _bits(part.form, part.symbol, person) * share)
            for part in telling
        )
        legal_forms = frozenset(part.symbol for part in parts if part.role is Role.LEGAL_FORM)
        return ComparedName(
            name,
            words,
            legal_forms,
            key=tuple(sorted(part.symbol for part in telling)),
            frames=frozenset(word.frame for word in words),
            sound="".join(word.frame for word in words),
        )

    def in_common(self, one: ComparedName, other: ComparedName, schema: Schema) -> tuple[str, ...] | None:
        """The words, by their symbol in ``one``, that two spellings of a name share; None where they are two names."""
        first, second = self._parse(one.name, schema), self._parse(other.name, schema)
        compared = compare(first, second, one.name.text, other.name.text)
        if compared.likeness < _CLAIMED:
            return None
        if not compared.pairs:
            return tuple(word.symbol for word in one.words)
        pairs = [(a, b) for a, b, _ in compared.pairs if a.role not in SMALL_ROLES]
        if not all(_is_spelling(a.symbol, b.symbol) for a, b in pairs):
            return None
        if schema is not Schema.PERSON and (
            _letters(first) > _letters(a for a, _ in pairs) or _letters(second) > _letters(b for _, b in pairs)
        ):
            # A body of a longer name is another: its branch, its bank.
            return None
        known = {word.symbol for word in one.words}
        return tuple(a.symbol for a, _ in pairs if a.symbol in known)

    def _parse(self, name: Name, schema: Schema) -> tuple[NamePart, ...]:
        key = name.text, name.family, name.given, schema is Schema.PERSON
        found = self._before.get(key)
        if found is None:
            found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = parse_name(name, schema)
        return found

    def cause(self, programs: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """The countries, and the words, that sanctions programs are about."""
        # Some put it behind the resolution's number or the kind of sanctions: 1718 (DPRK), Autonomous (Iran).
        return known_programs((*programs, *(inner for each in programs for inner in _BRACKETED.findall(each))))


def _letters(parts: Iterable[NamePart]) -> int:
    """How many letters the words have that tell whose name it is, written together or apart."""
    return sum(len(part.form) for part in parts if part.role not in SMALL_ROLES)


def _is_syllabic(parts: list[NamePart]) -> bool:
    """Whether this is a name in syllables: Kim Chol Nam."""
    flags = lexicon().flags
    short = all(len(part.form) <= _LONGEST_SYLLABLE for part in parts)
    return short and len(parts) <= 4 and any(flags.get(part.form, 0) & EASTERN for part in parts)


def _is_spelling(one: str, other: str) -> bool:
    """Whether two words may be one as two people write it down; of short ones the consonants say too little."""
    frame = _frame(one)
    told = len(frame) >= _LONG_FRAME or (len(frame) >= _SHORT_FRAME and one[0] == other[0])
    return one == other or (told and frame == _frame(other))


@lru_cache(maxsize=1 << 16)
def _frame(symbol: str) -> str:
    return skeleton(symbol) or symbol


@lru_cache(maxsize=1 << 16)
def _bits(form: str, symbol: str, person: bool) -> float:
    """How much it says that two names share a word."""
    counted = name_counts(symbol).in_names / (_PERSONS if person else _OTHERS)
    known = commonness(form)
    general = max(known.family or 0.0, known.given or 0.0) if person else known.firm or 0.0
    return -math.log2(max(counted, general, _RARE))
