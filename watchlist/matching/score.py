"""The one table of weights and thresholds. A score is the sum of finding times weight, kept between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from watchlist.matching import features as f
from watchlist.matching import support as s
from watchlist.matching.finding import Feature
from watchlist.matching.names import Role
from watchlist.matching.reading import Candidate, known_programs
from watchlist.model import FeatureScore, Schema

_PEOPLE = frozenset({Schema.PERSON})
_THINGS = frozenset(Schema) - _PEOPLE
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
_ALL = frozenset(Schema)


class Rule(NamedTuple):
    """A feature and what it weighs; weights below zero speak against. Other schemas than ``of`` are not asked."""

    feature: Feature
    weight: float
    of: frozenset[Schema] = _ALL


#: In the order in which findings are told: what speaks against comes first.
RULES: tuple[Rule, ...] = (
    Rule(f.alignment, 0.82),
    Rule(f.one_word, -0.26),
    Rule(f.ordinary_word, -0.55),
    Rule(f.ordinary_words, -0.55),
    Rule(f.legal_form_lost, -0.25, _THINGS),
    Rule(f.known_otherwise, -0.38, _THINGS),
    Rule(f.common_name, -0.30, _PEOPLE),
    Rule(f.family_name_only, -0.25, _PEOPLE),
    Rule(s.namesake, -0.45),
    Rule(s.other_identifier, -0.60),
    Rule(f.no_support, -0.20),
    Rule(f.no_context, -0.40, _CRAFT),
    Rule(f.cut_to_one_word, -0.20, _THINGS),
    Rule(f.weak_alias, -0.25),
    Rule(f.longer_name, -0.40),
    Rule(f.another_person, -0.60, _PEOPLE),
    Rule(f.used_as_place, -0.35, _THINGS),
    Rule(f.title_of_a_work, -0.35, _THINGS),
    Rule(f.lower_case, -0.40),
    Rule(f.sentence_start, -0.10),
    Rule(f.written_small, -0.40),
    Rule(s.fitting_context, 0.10),
    Rule(s.country, 0.08),
    Rule(s.program, 0.07),
    Rule(s.title, 0.10, _PEOPLE),
    Rule(s.designation, 0.06),
    Rule(s.other_name, 0.15),
    Rule(s.identifier, 0.30),
    Rule(f.kind_before, 0.20, _CRAFT),
)

#: Name to name: the same idea, with features of their own.
NAME_WEIGHTS = {
    "alignment": 1.0,
    "conflict": -0.25,
    "one_word": -0.15,
    "father_and_son": -0.40,
    "number": -0.10,
    "other_sign": -0.35,
}
#: What a word weighs in a comparison of two names by its role; a word of a person's name weighs 1.
PART_WEIGHTS = {Role.LEGAL: 0.1, Role.PARTICLE: 0.05, Role.GENERIC: 0.8, Role.NUMBER: 0.6, Role.PLACE: 0.9}
#: From this score on two names are taken for one.
NAME_PREDICTED = 0.70

#: From this score on a mention alerts, and from this one it is kept for review.
ALERT = 0.70
REVIEW = 0.50
#: What a name that the user trusts is no longer held against.
_FORGIVEN = frozenset(
    {
        f.weak_alias,
        f.one_word,
        f.ordinary_word,
        f.ordinary_words,
        f.written_small,
        f.known_otherwise,
        f.used_as_place,
        f.no_context,
        f.no_support,
    }
)


#: What can be said of a match without the article around it.
_INTRINSIC = tuple(
    rule for rule in RULES if rule.feature in {f.alignment, f.one_word, f.ordinary_word, f.known_otherwise}
)
#: What hangs on the article, but holds so far in any.
_LEAST = tuple(
    (weight, least)
    for rule, least in (
        (f.ordinary_words, f.least_ordinary_words),
        (f.legal_form_lost, f.least_legal_form_lost),
        (f.cut_to_one_word, f.least_cut_to_one_word),
    )
    for weight in [next(each.weight for each in RULES if each.feature is rule)]
)
_BY_SCHEMA = {schema: tuple(rule for rule in RULES if schema in rule.of) for schema in Schema}
#: What is asked first, and what last since it takes long to find out; most candidates have fallen before.
_CHEAP = frozenset({f.alignment, s.namesake, f.ordinary_word, f.known_otherwise, f.family_name_only})
_DEAR = frozenset({f.ordinary_words, f.no_support, f.longer_name, f.another_person, f.used_as_place})
_PLACES = {rule.feature: place for place, rule in enumerate(RULES)}
#: For each schema the features to ask, each with its place in the table and its weight.
_Asked = Mapping[Schema, tuple[tuple[int, Feature, float], ...]]


def _asked(wanted: Callable[[Rule], bool]) -> _Asked:
    return {
        schema: tuple(
            (_PLACES[rule.feature], rule.feature, rule.weight)
            for rule in sorted(filter(wanted, rules), key=lambda r: (r.feature not in _CHEAP, r.feature in _DEAR))
        )
        for schema, rules in _BY_SCHEMA.items()
    }


_AGAINST = _asked(lambda rule: rule.feature is f.alignment or rule.weight < 0)
_AGAINST_TRUSTED = _asked(lambda r: (r.feature is f.alignment or r.weight < 0) and r.feature not in _FORGIVEN)
_FOR = _asked(lambda rule: rule.feature is not f.alignment and rule.weight > 0)
_WEIGHTS = {rule.feature: rule.weight for rule in RULES}


def _most_gain(c: Candidate) -> float:
    """The most that what speaks for a candidate can add."""
    most = _WEIGHTS[s.fitting_context]
    schema = c.entity.schema
    codes, words = known_programs(c.entity.programs)
    if codes or c.entity.countries:
        most += _WEIGHTS[s.country]
    if words:
        most += _WEIGHTS[s.program]
    if schema is Schema.PERSON:
        most += _WEIGHTS[s.title]
    if c.entity.designations:
        most += _WEIGHTS[s.designation]
    if c.other_names:
        most += _WEIGHTS[s.other_name]
    if schema in _CRAFT:
        most += _WEIGHTS[f.kind_before]
    if c.identifier:
        most += _WEIGHTS[s.identifier]
    return most


def ceiling(candidate: Candidate) -> float:
    """The most that an ordinary article can make of this match: what stays below review need not be looked at."""
    total = _most_gain(candidate)
    for rule in _INTRINSIC:
        finding = rule.feature(candidate)
        if finding is not None:
            total += finding[0] * rule.weight
    return total + sum(weight * least(candidate) for weight, least in _LEAST)


Scored = tuple[float, tuple[FeatureScore, ...]]


def score(candidate: Candidate, *, least: float = 0.0, trusted: bool = False) -> Scored | None:
    """The candidate's score and its parts, those that apply, in the order of the table.

    None as soon as it is plain that the score stays below ``least``. ``trusted`` leaves out what a name that the user
    trusts is no longer held to.
    """
    found: list[tuple[int, float, str]] = []
    total = 0.0
    gain = _most_gain(candidate)
    schema = candidate.entity.schema
    for place, feature, weight in (_AGAINST_TRUSTED if trusted else _AGAINST)[schema]:
        finding = feature(candidate)
        if finding is not None:
            value, detail = finding
            found.append((place, value, detail))
            total += value * weight
            if total + gain < least:
                return None
    for place, feature, _ in _FOR[schema]:
        finding = feature(candidate)
        if finding is not None:
            found.append((place, *finding))
    found.sort()
    # Added up in the order of the table, one by one: no score may hang on the order in which the features were asked,
    # nor on how a version of Python rounds in sum().
    total = 0.0
    for place, value, _ in found:
        total += value * RULES[place].weight
    return round(min(1.0, max(0.0, total)), 3), tuple(starmap(_part, found))


@lru_cache(maxsize=1 << 14)
def _part(place: int, value: float, detail: str) -> FeatureScore:
    rule = RULES[place]
    return FeatureScore(rule.feature.__name__, round(value, 3), rule.weight, detail)
