"""What speaks for two entries of different lists being one, and how much.

Each agreement is worth what it says: the binary logarithm of how many others it rules out. A rare name says more than
a common one, a day of birth more than a year. Against it stands how many there are who might share it by chance.
A number that only one has says enough by itself, unless something contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from watchlist.model import NameKind, Schema
from watchlist.subjects.births import Agreement
from watchlist.subjects.naming import ComparedName, Naming
from watchlist.subjects.profiles import NATIONAL, Profile

#: From this on two entries are taken for one.
ENOUGH: Final = 3.0
#: How many could share a name by chance: persons (whose names go together in a language), and bodies.
_OTHERS: Final = {"Person": 18.0}
_OTHER_BODIES: Final = 16.0
#: What each agreement says.
_NUMBER: Final = 30.0
_NUMBER_OF_UNKNOWN_COUNTRY: Final = 16.0
_REFERENCE: Final = 14.0
_DAY: Final = 13.0
_FIRST_OF_JANUARY: Final = 6.0
_YEAR: Final = 5.0
#: For each further year that a list names.
_VAGUE: Final = 0.4
_COUNTRY: Final = {"Person": 3.0}
_COUNTRY_OF_BODY: Final = 5.0
_CAUSE: Final = 3.0
_CAUSE_WORD: Final = 1.5
_NOBODY_ELSE: Final = 2.0
_BOTH_PRIMARY: Final = 3.0
#: What each disagreement says.
_OTHER_COUNTRY: Final = -3.0
_OTHER_COUNTRY_OF_BODY: Final = -12.0
_OTHER_CAUSE: Final = -3.0
_OTHER_LEGAL_FORM: Final = -4.0
#: What is left of the words of a name that is not the same, but another spelling, shorter or longer.
_ALIKE: Final = 0.75
_ALIKE_AND_YEAR: Final = 0.6
#: A pair of names is compared in full only if its entries have at least this without.
_COMPARED_MOST: Final = 4
#: A body's name of this many words may do by itself.
_LONG: Final = 3
#: Of names that their authority does not stand behind, too.
_WEAK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Kinship:
    """How much speaks for two entries being one, and in what words."""

    score: float
    reason: str
    #: Whether it rests on a number or a reference, not on names alone.
    hard: bool = False


def contradicts(one: Profile, other: Profile) -> bool:
    """Whether two entries cannot be one, whatever they share: another kind, years of birth apart."""
    return one.kind != other.kind or one.births.against(other.births) is Agreement.CONFLICT


class Evidence:
    """Weighs pairs of entries; ``bearers`` says how many entries of a list have a name."""

    def __init__(self, naming: Naming, bearers: Mapping[tuple[str, str, tuple[str, ...]], int]) -> None:
        self._naming = naming
        self._bearers = bearers

    def weigh(self, one: Profile, other: Profile) -> Kinship | None:
        """What speaks for two entries being one; None where it is not enough."""
        if contradicts(one, other):
            return None
        number = _number(one, other)
        if number is not None and number[0] == _NUMBER and (number[2] or _share_a_word(one, other)):
            return Kinship(_NUMBER, number[1], hard=True)
        if one.schema in (Schema.VESSEL, Schema.AIRCRAFT):
            return None
        told, facts = _facts(one, other)
        score = sum(weight for weight, _ in told) - _OTHERS.get(one.kind, _OTHER_BODIES)
        shared = self._same(one, other)
        if shared is None:
            # Whose name is only alike, or longer, may be a son or a brother: a birth must agree, or a number.
            sure = bool(facts) or one.births.against(other.births) is Agreement.DAY
            if one.kind == Schema.PERSON and not sure and one.births.against(other.births) is not Agreement.YEAR:
                return None
            shared = self._alike(one, other, score, _ALIKE if sure or one.kind != Schema.PERSON else _ALIKE_AND_YEAR)
        if shared is None or not (any(weight > 0 for weight, _ in told) or self._is_long(one, other)):
            return None
        score += shared
        if score < ENOUGH:
            return None
        words = [reason for _, reason in told if reason]
        return Kinship(round(score, 1), _sentence(["name", *words]), hard=bool(facts))

    def _same(self, one: Profile, other: Profile) -> float | None:
        """What it says that they have names of the same words; None if they have none."""
        keys = {name.key: name for name in reversed(other.names)}
        same = [(name, keys[name.key]) for name in one.names if name.key in keys]
        same = [pair for pair in same if _counts(*pair, one.kind)]
        if not same:
            return None
        said: dict[str, float] = {}
        for name, another in same:
            part = _WEAK if NameKind.WEAK_ALIAS in (name.name.kind, another.name.kind) else 1.0
            for word in name.words:
                said[word.symbol] = max(said.get(word.symbol, 0.0), word.bits * part)
        total = sum(said.values())
        if all(self._is_alone(one, name) and self._is_alone(other, name) for name, _ in same):
            total += _NOBODY_ELSE
        if any(name.name.kind is another.name.kind is NameKind.PRIMARY for name, another in same):
            total += _BOTH_PRIMARY
        if not any(_legal_forms_agree(*pair) for pair in same):
            total += _OTHER_LEGAL_FORM
        return total

    def _alike(self, one: Profile, other: Profile, without: float, part: float) -> float | None:
        """What it says that they have names that are spellings of one; None if they have none, or it is too little."""
        best = None
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


def _counts(one: ComparedName, other: ComparedName, kind: str) -> bool:
    """Whether it says anything that two have this name: of a person one word does not, of a body no weak alias."""
    if kind == Schema.PERSON:
        return len(one.words) > 1
    return NameKind.WEAK_ALIAS not in (one.name.kind, other.name.kind)


def _likely(one: Profile, other: Profile) -> list[tuple[ComparedName, ComparedName, float]]:
    """Pairs of their names that have a word in common, those first that have most, each with what its words say."""
    rows = []
    for name in one.names:
        frames = {word.frame: word.bits for word in name.words}
        for another in other.names:
            shared = frames.keys() & {word.frame for word in another.words}
            if shared:
                rows.append((name, another, sum(frames[frame] for frame in shared)))
    rows.sort(key=lambda row: (-row[2], row[0].name.text, row[1].name.text))
    return rows[:_COMPARED_MOST]


def _share_a_word(one: Profile, other: Profile) -> bool:
    mine = {word.frame for name in one.names for word in name.words}
    return any(word.frame in mine for name in other.names for word in name.words)


def _legal_forms_agree(one: ComparedName, other: ComparedName) -> bool:
    return not one.legal_forms or not other.legal_forms or not one.legal_forms.isdisjoint(other.legal_forms)


def _number(one: Profile, other: Profile) -> tuple[float, str, bool] | None:
    """A number that both have, and how much it says: less where one of them does not say of which country it is."""
    best = None
    for key in sorted(one.numbers.keys() & other.numbers.keys()):
        mine, its = one.numbers[key], other.numbers[key]
        label = mine.kind.replace("_", " ") if mine.kind in NATIONAL else mine.kind.upper()
        reason = f"{label} {mine.value}"
        if mine.kind not in NATIONAL:
            return _NUMBER, reason, True
        if mine.detail and its.detail:
            if mine.detail.casefold() == its.detail.casefold():
                return _NUMBER, reason, False
            continue
        best = best or (_NUMBER_OF_UNKNOWN_COUNTRY, reason, False)
    return best


def _facts(one: Profile, other: Profile) -> tuple[list[tuple[float, str]], list[str]]:
    """What agrees and what does not beside the names, each with its weight and in words; and what is hard of it."""
    told: list[tuple[float, str]] = []
    hard: list[str] = []
    if (number := _number(one, other)) is not None:
        told.append(number[:2])
        hard.append(number[1])
    if references := sorted(one.references & other.references):
        told.append((_REFERENCE, f"UN reference {references[0]}"))
        hard.append(references[0])
    if one.kind == Schema.PERSON:
        told += _born(one, other)
    told += _places(one, other)
    return told, hard


def _born(one: Profile, other: Profile) -> Iterator[tuple[float, str]]:
    agreement = one.births.against(other.births)
    if agreement is Agreement.DAY:
        days = sorted(one.births.days & other.births.days, key=lambda day: (day.endswith("-01-01"), day))
        yield _FIRST_OF_JANUARY if days[0].endswith("-01-01") else _DAY, f"date of birth {days[0]}"
    elif agreement is Agreement.YEAR:
        years = sorted(one.births.years & other.births.years)
        vague = max(len(one.births.years), len(other.births.years)) - 1
        yield max(0.0, _YEAR - _VAGUE * vague), f"year of birth {years[0]}"


def _places(one: Profile, other: Profile) -> Iterator[tuple[float, str]]:
    person = one.kind == Schema.PERSON
    if shared := sorted(one.countries & other.countries):
        yield _COUNTRY.get(one.kind, _COUNTRY_OF_BODY), f"country {shared[0]}"
    elif one.countries and other.countries:
        yield (_OTHER_COUNTRY if person else _OTHER_COUNTRY_OF_BODY), ""
    if shared := sorted((one.cause | one.countries) & other.cause | one.cause & other.countries):
        yield _CAUSE, f"sanctions over {shared[0]}"
    elif one.cause_words & other.cause_words:
        yield _CAUSE_WORD, "cause of listing"
    elif one.cause and other.cause:
        yield _OTHER_CAUSE, ""


def _sentence(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
