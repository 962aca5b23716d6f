"""What two entities agree in beside their names, or not, as parts of a score."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from watchlist.model import Entity, Schema, Subject
from watchlist.subjects.births import Agreement, Births
from watchlist.subjects.profiles import number_key

NAME: Final = "name"
#: What each part adds, times what was found of it (0 to 1). With another number somebody may weigh otherwise.
WEIGHTS: Final = MappingProxyType(
    {
        NAME: 1.0,
        "identifier": 0.95,
        "birth_date": 0.05,
        "birth_date_conflict": -0.30,
        "country": 0.03,
        "country_mismatch": -0.10,
    }
)
#: What each part means, for people.
DOCS: Final = MappingProxyType(
    {
        NAME: "how alike the names are, of all pairs the most alike",
        "identifier": "a number or code that names one thing alone agrees",
        "birth_date": "the day of birth agrees, or half of that where only the year does",
        "birth_date_conflict": "the births given cannot be of one person",
        "country": "a country agrees",
        "country_mismatch": "both give countries, and none agrees",
    }
)

#: What was found of each part, and in what words.
Parts = dict[str, tuple[float, str]]


def facts(asked: Entity, subject: Subject) -> Parts:
    """What an entity that somebody describes agrees in with a listed subject, or not."""
    found: Parts = {}
    mine = {key for each in asked.identifiers if (key := number_key(each))}
    shared = mine & {key for each in subject.identifiers if (key := number_key(each))}
    if shared:
        kind, value = min(shared)
        found["identifier"] = (1.0, f"{kind} {value}")
    if asked.schema is Schema.PERSON:
        found |= _births(asked, subject)
    here, there = set(asked.countries), set(subject.countries)
    if here & there:
        found["country"] = (1.0, ", ".join(sorted(here & there)))
    elif here and there:
        found["country_mismatch"] = (1.0, f"{', '.join(sorted(here))} against {', '.join(sorted(there))}")
    return found


def _births(asked: Entity, subject: Subject) -> Parts:
    agreement = Births.of(asked.birth_dates).against(Births.of(subject.birth_dates))
    words = f"{', '.join(asked.birth_dates)} and {', '.join(subject.birth_dates)}"
    if agreement is Agreement.DAY:
        return {"birth_date": (1.0, words)}
    if agreement in (Agreement.YEAR, Agreement.SLIP):
        return {"birth_date": (0.5, words)}
    return {"birth_date_conflict": (1.0, words)} if agreement is Agreement.CONFLICT else {}
