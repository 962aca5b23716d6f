"""How severe an alert is: a pure decision from its score, its list and programs, and how prominent the mention is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from watchlist.model import Assessment, Band, Entity, Mention, Severity, SeverityRules

#: From this score on it is as good as sure; below the other it may well be wrong.
SURE, DOUBTFUL = 0.90, 0.80
#: Up to here (characters) an article's first paragraphs go: who is named only later is named in passing.
LEAD = 600
#: So many sources tell a story that many read.
MANY_SOURCES = 3
#: With this sum of what is told below an alert is high; with that one, or less, low.
HIGH, LOW = 3, -1

#: Lists that forbid some dealings only, and freeze nothing.
_PARTIAL_LISTS = frozenset({"us_ofac_cons"})
#: How authorities call what they list for terror, and for weapons of mass destruction.
_GRAVE = re.compile(
    r"\b(?:sdgt|sdt|fto|terr(?:orism|orist|orists)?|taqa|isil|isis|da'?esh|al-?qa(?:i|e)da|qdi|qde"
    r"|npwmd|wmd|proliferation|nuclear|chemical weapons|dprk\d*|prk|north korea)\b",
    re.IGNORECASE,
)
_WEIGHT = {Severity.HIGH: 1, Severity.NORMAL: 0, Severity.LOW: -1}


class Whereabouts(StrEnum):
    """Where in an article a subject is named first."""

    HEADLINE = "headline"
    LEAD = "first paragraphs"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class Prominence:
    """How much of a story is about a subject, and how many tell it."""

    place: Whereabouts
    #: Articles of the story, and the sources they are from.
    articles: int = 1
    sources: int = 1


def place_of(mention: Mention) -> Whereabouts:
    """Where a subject is named first: in the headline, in the first paragraphs, or in passing."""
    if any(span.field == "title" for span in mention.spans) or mention.field == "title":
        return Whereabouts.HEADLINE
    first = min((span.start for span in mention.spans), default=mention.start)
    return Whereabouts.LEAD if first < LEAD else Whereabouts.PASSING


def assess(
    mention: Mention, listings: Iterable[Entity], prominence: Prominence, rules: SeverityRules | None = None
) -> Assessment:
    """How severe an alert is, with the reasons in words.

    ``listings`` are the entries of the subject: the gravest of their lists and programs counts. What ``rules`` say of
    a list or a program goes before what is known of it here.
    """
    parts = (
        _by_score(mention),
        _by_listing(tuple(listings), rules or SeverityRules()),
        _by_place(prominence.place),
        _by_sources(prominence),
    )
    total = sum(weight for weight, _ in parts)
    severity = Severity.HIGH if total >= HIGH else Severity.LOW if total <= LOW else Severity.NORMAL
    return Assessment(
        severity, tuple(f"{words} ({weight:+d})" if weight else words for weight, words in parts if words)
    )


def _by_score(mention: Mention) -> tuple[int, str]:
    if mention.score >= SURE and mention.band is Band.ALERT:
        return 1, f"a score of {mention.score:.2f} is as good as sure"
    if mention.score < DOUBTFUL:
        return -1, f"a score of {mention.score:.2f} may well be wrong"
    return 0, f"a score of {mention.score:.2f}"


def _by_listing(listings: tuple[Entity, ...], rules: SeverityRules) -> tuple[int, str]:
    """The gravest of what is said of any entry of the subject."""
    found = [each for entity in listings for each in _of_entry(entity, rules)]
    return max(found, key=lambda each: each[0], default=(0, ""))


def _of_entry(entity: Entity, rules: SeverityRules) -> list[tuple[int, str]]:
    told = [(_WEIGHT[rules.programs[p]], f"program {p}, by your rule") for p in entity.programs if p in rules.programs]
    if entity.list_id in rules.lists:
        told.append((_WEIGHT[rules.lists[entity.list_id]], f"list {entity.list_id}, by your rule"))
    if told:
        return told
    if grave := next((program for program in entity.programs if _GRAVE.search(program)), None):
        return [(1, f"listed for terror or weapons: {grave}")]
    if entity.list_id in _PARTIAL_LISTS:
        return [(-1, f"list {entity.list_id} forbids some dealings only")]
    return [(0, f"list {entity.list_id}")]


def _by_place(place: Whereabouts) -> tuple[int, str]:
    if place is Whereabouts.HEADLINE:
        return 1, "named in the headline"
    return (0, "named in the first paragraphs") if place is Whereabouts.LEAD else (-1, "named in passing")


def _by_sources(prominence: Prominence) -> tuple[int, str]:
    if prominence.articles <= 1:
        return 0, ""
    sources = " from one source" if prominence.sources == 1 else f" from {prominence.sources} sources"
    told = f"{prominence.articles} articles{sources if prominence.sources else ''} tell it"
    return (1, told) if prominence.sources >= MANY_SOURCES else (0, told)
