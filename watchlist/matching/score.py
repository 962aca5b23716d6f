"""The one table of weights and thresholds. A score is the sum of finding times weight, kept between 0 and 1."""

from __future__ import annotations

from typing import NamedTuple

from watchlist.matching import features as f
from watchlist.matching.reading import Candidate
from watchlist.model import FeatureScore, Schema


class Rule(NamedTuple):
    """A feature and what it weighs; weights below zero speak against."""

    feature: f.Feature
    weight: float


RULES: tuple[Rule, ...] = (
    Rule(f.alignment, 0.82),
    Rule(f.weak_alias, -0.25),
    Rule(f.one_word, -0.25),
    Rule(f.cut_to_one_word, -0.20),
    Rule(f.ordinary_word, -0.55),
    Rule(f.written_small, -0.40),
    Rule(f.known_otherwise, -0.35),
    Rule(f.used_as_place, -0.35),
    Rule(f.longer_name, -0.40),
    Rule(f.another_person, -0.60),
    Rule(f.common_name, -0.30),
    Rule(f.no_support, -0.20),
    Rule(f.family_name_only, -0.25),
    Rule(f.sentence_start, -0.10),
    Rule(f.lower_case, -0.40),
    Rule(f.fitting_context, 0.10),
    Rule(f.no_context, -0.40),
    Rule(f.country, 0.08),
    Rule(f.program, 0.07),
    Rule(f.title, 0.10),
    Rule(f.designation, 0.06),
    Rule(f.identifier, 0.30),
    Rule(f.other_identifier, -0.60),
    Rule(f.other_name, 0.15),
    Rule(f.namesake, -0.45),
)

#: From this score on a mention alerts, and from this one it is kept for review.
ALERT = 0.70
REVIEW = 0.50
#: What a name that the user trusts is no longer held against.
_FORGIVEN = frozenset(
    {
        f.weak_alias,
        f.one_word,
        f.ordinary_word,
        f.written_small,
        f.known_otherwise,
        f.used_as_place,
        f.no_context,
        f.no_support,
    }
)


#: What can be said of a match without the article around it, and the most that the article can add.
_INTRINSIC = frozenset({f.alignment, f.one_word, f.ordinary_word, f.known_otherwise})
_CONTEXTUAL = frozenset({f.fitting_context, f.country, f.program})
_PERSONAL = _CONTEXTUAL | {f.title, f.designation}


def ceiling(candidate: Candidate) -> float:
    """The most that an ordinary article can make of this match: what stays below review need not be looked at."""
    helpful = _PERSONAL if candidate.schema is Schema.PERSON else _CONTEXTUAL
    total = 0.0
    for feature, weight in RULES:
        if feature in helpful:
            total += weight
        elif feature in _INTRINSIC:
            finding = feature(candidate)
            total += finding[0] * weight if finding is not None else 0.0
    return total


def score(candidate: Candidate, *, trusted: bool = False) -> tuple[float, tuple[FeatureScore, ...]]:
    """The candidate's score and its parts, those that apply, in the order of the table."""
    parts = []
    total = 0.0
    for feature, weight in RULES:
        if trusted and feature in _FORGIVEN:
            continue
        finding = feature(candidate)
        if finding is not None:
            parts.append(FeatureScore(feature.__name__, round(finding[0], 3), weight, finding[1]))
            total += finding[0] * weight
    return round(min(1.0, max(0.0, total)), 3), tuple(parts)
