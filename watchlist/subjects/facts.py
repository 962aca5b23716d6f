"""What two entries of different lists agree in beside their names, and what each agreement says.

What an agreement is worth is counted in bits, the binary logarithm of how many others it rules out: a day of birth
rules out some eight thousand, a year thirty. What speaks against counts below zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from watchlist.model import Schema
from watchlist.subjects.births import Agreement
from watchlist.subjects.profiles import NATIONAL, Profile

#: A number that one thing has, and a national one of which a list does not say of which country it is.
NUMBER: Final = 30.0
_OF_UNKNOWN_COUNTRY: Final = 16.0
_REFERENCE: Final = 14.0
_DAY: Final = 13.0
#: Where only the year is known, some lists write its first day.
_FIRST_OF_JANUARY: Final = 6.0
_YEAR: Final = 5.0
#: A day with one digit mistaken; of no weight by itself.
_SLIP: Final = 4.0
#: Both are said to be born on other days, or in years next to each other.
_OTHER_DAY: Final = -4.0
#: For each further year that a list names.
_VAGUE: Final = -0.4
_COUNTRY: Final = 3.0
_COUNTRY_OF_BODY: Final = 5.0
_CAUSE: Final = 3.0
_CAUSE_WORD: Final = 1.5
_OFFICE: Final = 1.0
_OTHER_OFFICE: Final = -3.0
_OTHER_COUNTRY: Final = -3.0
#: Bodies of one name in two countries are as a rule two.
_OTHER_COUNTRY_OF_BODY: Final = -12.0
_OTHER_CAUSE: Final = -3.0


class Fact(NamedTuple):
    """One thing that two entries agree in, or not."""

    bits: float
    #: In words; empty for what speaks against.
    words: str
    #: Whether it is a number or a reference, which only one has.
    hard: bool = False
    #: Whether it is a number that names one thing in the whole world.
    worldwide: bool = False


def contradicts(one: Profile, other: Profile) -> bool:
    """Whether two entries cannot be one, whatever they share: things of two kinds, persons of two ages."""
    return are_of_two_kinds(one, other) or one.births.against(other.births) is Agreement.CONFLICT


def are_of_two_kinds(one: Profile, other: Profile) -> bool:
    """Whether one is a person and the other a body, or a ship."""
    return one.kind != other.kind and not _may_be_one_ship(one, other)


def facts_of(one: Profile, other: Profile) -> tuple[Fact, ...]:
    """All that two entries agree in, or not, beside their names; the hardest first."""
    found = (*_number(one, other), *_reference(one, other), *_born(one, other), *_places(one, other))
    return (*found, *_office(one, other)) if one.kind == Schema.PERSON else found


def _may_be_one_ship(one: Profile, other: Profile) -> bool:
    """Some lists put ships among the bodies; the IMO number tells a ship, unless it is said to be a company's."""
    if {one.schema, other.schema} != {Schema.VESSEL, Schema.LEGAL_ENTITY}:
        return False
    shared = one.numbers.keys() & other.numbers.keys()
    return any(
        kind == "imo" and not (one.numbers[kind, v].detail or other.numbers[kind, v].detail) for kind, v in shared
    )


def _number(one: Profile, other: Profile) -> Iterator[Fact]:
    best: Fact | None = None
    for key in sorted(one.numbers.keys() & other.numbers.keys()):
        mine, its = one.numbers[key], other.numbers[key]
        national = mine.kind in NATIONAL
        words = f"{mine.kind.replace('_', ' ') if national else mine.kind.upper()} {mine.value}"
        countries = {each.detail.casefold() for each in (mine, its) if each.detail}
        if national and len(countries) > 1:
            continue
        known = not national or bool(mine.detail and its.detail)
        found = Fact(NUMBER if known else _OF_UNKNOWN_COUNTRY, words, hard=True, worldwide=not national)
        best = found if best is None or found.bits > best.bits else best
    if best is not None:
        yield best


def _reference(one: Profile, other: Profile) -> Iterator[Fact]:
    if shared := sorted(one.references & other.references):
        yield Fact(_REFERENCE, f"UN reference {shared[0]}", hard=True)


def _born(one: Profile, other: Profile) -> Iterator[Fact]:
    agreement = one.births.against(other.births)
    if agreement is Agreement.DAY:
        day = min(one.births.days & other.births.days, key=lambda day: (day.endswith("-01-01"), day))
        yield Fact(_FIRST_OF_JANUARY if day.endswith("-01-01") else _DAY, f"date of birth {day}")
    elif agreement is Agreement.YEAR:
        year = min(one.births.years & other.births.years)
        further = max(len(one.births.years), len(other.births.years)) - 1
        yield Fact(max(0.0, _YEAR + _VAGUE * further), f"year of birth {year}")
    elif agreement is Agreement.SLIP:
        yield Fact(_SLIP, "")
    elif one.births.years and other.births.years:
        yield Fact(_OTHER_DAY, "")


def _office(one: Profile, other: Profile) -> Iterator[Fact]:
    if one.offices and other.offices:
        yield Fact(_OTHER_OFFICE if one.offices.isdisjoint(other.offices) else _OFFICE, "")


def _places(one: Profile, other: Profile) -> Iterator[Fact]:
    person = one.kind == Schema.PERSON
    if shared := sorted(one.countries & other.countries):
        yield Fact(_COUNTRY if person else _COUNTRY_OF_BODY, f"country {shared[0]}")
    elif one.countries and other.countries:
        yield Fact(_OTHER_COUNTRY if person else _OTHER_COUNTRY_OF_BODY, "")
    if shared := sorted((one.cause & other.cause) | (one.cause & other.countries) | (one.countries & other.cause)):
        yield Fact(_CAUSE, f"sanctions over {shared[0]}")
    elif one.cause_words & other.cause_words:
        yield Fact(_CAUSE_WORD, "cause of listing")
    elif one.cause and other.cause:
        yield Fact(_OTHER_CAUSE, "")
