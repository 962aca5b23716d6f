"""How much speaks for two entries of different lists being one.

Each agreement is worth what it says, in bits (`facts`, and `naming` for the words of a name): a rare name says more
than a common one, a day of birth more than a year. Against it stands how many there are who might share it by chance.
A number that only one has says enough by itself. Whatever agrees, nothing may contradict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from watchlist.model import NameKind, Schema
from watchlist.subjects.facts import NUMBER, Fact, contradicts, facts_of
from watchlist.subjects.naming import ComparedName, Naming
from watchlist.subjects.profiles import Profile

#: From this on two entries are taken for one.
ENOUGH: Final = 3.0
#: How many could share a name by chance, in bits. Of persons more, for names of one language go together.
_PERSONS: Final = 18.0
_BODIES: Final = 16.0
#: What else says something of two names of the same words.
_NOBODY_ELSE: Final = 2.0
_BOTH_PRIMARY: Final = 3.0
_SAME_LEGAL_FORM: Final = 3.0
_OTHER_LEGAL_FORM: Final = -4.0
#: What is left of what a name says where its authority does not stand behind it,
_WEAK: Final = 0.5
#: where it is another spelling, shorter or longer,
_ALIKE: Final = 0.75
#: and where that is a person's, with no more to it than a year.
_ALIKE_AND_YEAR: Final = 0.6
#: A body's name of this many words may do by itself.
_LONG: Final = 3
#: So many pairs of two entries' names are compared in full.
_COMPARED: Final = 4
_NO_WORDS: Final[frozenset[str]] = frozenset()

#: How many entries of a list have a name: list, kind of thing, the words.
Bearers = Mapping[tuple[str, str, tuple[str, ...]], int]


@dataclass(frozen=True, slots=True)
class Kinship:
    """How much speaks for two entries being one, and in what words."""

    bits: float
    reason: str
    #: Whether a number that names one thing in the world settles it.
    settled: bool = False


class Evidence:
    """Weighs pairs of entries."""

    def __init__(self, naming: Naming, bearers: Bearers) -> None:
        self._naming = naming
        self._bearers = bearers

    def weigh(self, one: Profile, other: Profile) -> Kinship | None:
        """What speaks for two entries being one; None where it is not enough. Symmetrical."""
        if contradicts(one, other):
            return None
        facts = facts_of(one, other)
        number = next((fact for fact in facts if fact.bits == NUMBER), None)
        if number is not None and (_is_trusted(number, one, other) or _share_a_word(one, other)):
            return Kinship(NUMBER, number.words, settled=number.worldwide)
        if one.schema in (Schema.VESSEL, Schema.AIRCRAFT) or one.kind != other.kind:
            return None
        bits = sum(fact.bits for fact in facts) - (_PERSONS if one.kind == Schema.PERSON else _BODIES)
        same = self._same(one, other)
        named = same if same is not None else self._alike(one, other, facts, bits)
        if named is None or bits + named < ENOUGH:
            return None
        reasons = [fact.words for fact in facts if fact.words]
        if not reasons and not self._is_long(one, other):
            return None
        return Kinship(round(bits + named, 1), _listed(["name" if same is not None else "a name like it", *reasons]))

    def _same(self, one: Profile, other: Profile) -> float | None:
        """What it says that they have names of the same words; None if they have none."""
        keys = {name.key: name for name in reversed(other.names)}
        same = [(name, keys[name.key]) for name in one.names if name.key in keys]
        born = bool(one.births.years & other.births.years)
        same = [pair for pair in same if _says_something(*pair, one.kind, born=born)]
        if not same:
            return None
        said: dict[str, float] = {}
        for name, another in same:
            part = _WEAK if name.name.weak or another.name.weak else 1.0
            for word in name.words:
                said[word.symbol] = max(said.get(word.symbol, 0.0), word.bits * part)
        bits = sum(said.values())
        if all(self._is_alone(one, name) and self._is_alone(other, name) for name, _ in same):
            bits += _NOBODY_ELSE
        if any(name.name.kind is another.name.kind is NameKind.PRIMARY for name, another in same):
            bits += _BOTH_PRIMARY
        return bits + max(_legal_forms(*pair) for pair in same)

    def _alike(self, one: Profile, other: Profile, facts: Sequence[Fact], without: float) -> float | None:
        """What it says that they have names that are forms of one; None if they have none, or it is too little.

        A person whose name is only alike, or longer, may be a son or a brother: a birth must agree, or a number.
        """
        part = _ALIKE
        if one.kind != Schema.PERSON and not any(fact.words for fact in facts):
            return None
        if one.kind == Schema.PERSON and not any(fact.hard for fact in facts):
            if not one.births.days & other.births.days:
                part = _ALIKE_AND_YEAR
            if not one.births.years & other.births.years:
                return None
        best: float | None = None
        for name, another, bits in _likely(one, other):
            if without + bits * part < ENOUGH:
                break
            common = self._naming.in_common(name, another, one.schema)
            if common is not None:
                known = {word.symbol: word.bits for word in name.words}
                best = max(best or 0.0, part * sum(known[symbol] for symbol in set(common)))
        return best

    def _is_long(self, one: Profile, other: Profile) -> bool:
        """Whether a name says enough where nothing else does: of a body, three words that nobody else has.

        Then no two countries may speak against it.
        """
        if one.kind == Schema.PERSON or (one.countries and other.countries):
            return False
        long = {name.key for name in one.names if len(name.key) >= _LONG and self._is_alone(one, name)}
        return any(name.key in long and self._is_alone(other, name) for name in other.names)

    def _is_alone(self, profile: Profile, name: ComparedName) -> bool:
        return self._bearers[profile.list_id, profile.kind, name.key] == 1


def _is_trusted(number: Fact, one: Profile, other: Profile) -> bool:
    """Whether a number settles it whatever the names: bodies are renamed, and passports stand with the wrong man."""
    return one.kind == other.kind and (number.worldwide or one.kind != Schema.PERSON)


def _says_something(one: ComparedName, other: ComparedName, kind: str, *, born: bool) -> bool:
    """Whether it says anything that two have this name.

    Of a body no weak alias does; of a person one word only if both lists have it first, and a birth agrees.
    """
    if kind != Schema.PERSON:
        return not (one.name.weak or other.name.weak)
    return len(one.words) > 1 or (born and one.name.kind is other.name.kind is NameKind.PRIMARY)


def _likely(one: Profile, other: Profile) -> list[tuple[ComparedName, ComparedName, float]]:
    """Pairs of their names that may be forms of one, those first whose words say most, each with what they say."""
    may_be_one = _may_be_a_persons if one.kind == Schema.PERSON else _may_be_a_bodys
    rows = []
    for name in one.names:
        for another in other.names:
            if shared := may_be_one(name, another):
                rows.append((name, another, sum(word.bits for word in name.words if word.frame in shared)))
    rows.sort(key=lambda row: (-row[2], row[0].name.text, row[1].name.text))
    return rows[:_COMPARED]


def _may_be_a_persons(one: ComparedName, other: ComparedName) -> frozenset[str]:
    """The words that two names share as two people write them down; none where one alone is no name in common."""
    shared = one.frames & other.frames
    return shared if len(shared) > 1 else _NO_WORDS


def _may_be_a_bodys(one: ComparedName, other: ComparedName) -> frozenset[str]:
    """The same of bodies, whose names must have all words in common, in any order or written together."""
    return one.frames if one.frames == other.frames or one.sound == other.sound else _NO_WORDS


def _share_a_word(one: Profile, other: Profile) -> bool:
    mine = frozenset[str]().union(*(name.frames for name in one.names))
    return any(not mine.isdisjoint(name.frames) for name in other.names)


def _legal_forms(one: ComparedName, other: ComparedName) -> float:
    if not one.legal_forms or not other.legal_forms:
        return 0.0
    return _OTHER_LEGAL_FORM if one.legal_forms.isdisjoint(other.legal_forms) else _SAME_LEGAL_FORM


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
