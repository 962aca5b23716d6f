"""The one table of weights and thresholds. A score is the sum of finding times weight, kept between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import starmap
from operator import attrgetter
from typing import NamedTuple

from watchlist.matching import features as f
from watchlist.matching import support as s
from watchlist.matching import usage as u
from watchlist.matching.align import Alignment
from watchlist.matching.finding import Feature
from watchlist.matching.names import Role
from watchlist.matching.reading import Candidate, known_programs
from watchlist.model import FeatureScore, Schema

_PEOPLE = frozenset({Schema.PERSON})
_THINGS = frozenset(Schema) - _PEOPLE
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
_ALL = frozenset(Schema)


def _of_one_word(a: Alignment) -> bool:
    return len(a.matches) == 1


def _of_one_telling_word(a: Alignment) -> bool:
    return len(a.strong) == 1


def _partly_small(a: Alignment) -> bool:
    return not all(match.word.meaning.capital for match in a.matches)


def _any(_: Alignment) -> bool:
    return True


class Rule(NamedTuple):
    """A feature and what it weighs; weights below zero speak against.

    Other schemas than ``of`` are not asked, nor alignments that are not as ``where`` says: there it never holds.
    """

    feature: Feature
    weight: float
    of: frozenset[Schema] = _ALL
    where: Callable[[Alignment], object] = _any


#: In the order in which findings are told: what speaks against comes first.
RULES: tuple[Rule, ...] = (
    Rule(f.alignment, 0.82),
    Rule(f.one_word, -0.26, where=_of_one_telling_word),
    Rule(f.ordinary_word, -0.55),
    Rule(f.ordinary_words, -0.55, where=attrgetter("commonness_together")),
    Rule(f.legal_form_lost, -0.25, _THINGS, where=attrgetter("legal_form_lost")),
    Rule(f.known_otherwise, -0.38),
    Rule(f.common_name, -0.30, _PEOPLE),
    Rule(f.family_name_only, -0.25, _PEOPLE),
    Rule(s.namesake, -0.45),
    Rule(s.other_identifier, -0.60),
    Rule(f.no_support, -0.20),
    Rule(f.no_context, -0.40, _CRAFT),
    Rule(f.cut_to_one_word, -0.20, _THINGS, where=_of_one_telling_word),
    Rule(f.weak_alias, -0.25),
    Rule(f.longer_name, -0.40),
    Rule(f.another_person, -0.60, _PEOPLE, where=attrgetter("family_name_only")),
    Rule(u.used_as_place, -0.35, _THINGS, where=_of_one_word),
    Rule(u.title_of_a_work, -0.35, _THINGS, where=_of_one_word),
    Rule(u.lower_case, -0.40, where=_partly_small),
    Rule(u.sentence_start, -0.10, where=_of_one_word),
    Rule(u.written_small, -0.40, where=_of_one_telling_word),
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
        u.written_small,
        f.known_otherwise,
        u.used_as_place,
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
#: What an alignment settles by itself, whatever the article.
_SETTLED = frozenset({f.alignment, f.ordinary_word, f.known_otherwise, f.common_name, f.family_name_only})
#: What is asked last since it takes long to find out; most candidates have fallen before.
_DEAR = frozenset({f.ordinary_words, f.no_support, f.longer_name, f.another_person, u.used_as_place, u.title_of_a_work})
_WEIGHTS = {rule.feature: rule.weight for rule in RULES}


def _most_gain(c: Candidate) -> float:
    """The most that what speaks for a candidate can add, but for what else the article says of the entity."""
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
    if schema in _CRAFT:
        most += _WEIGHTS[f.kind_before] * f.most_kind_before(c)
    return most


def _more_gain(c: Candidate) -> float:
    """What else the article may say of the entity."""
    return (_WEIGHTS[s.other_name] if c.other_names else 0.0) + (_WEIGHTS[s.identifier] if c.identifier else 0.0)


def ceiling(candidate: Candidate) -> float:
    """The most that an ordinary article can make of this match: what stays below review need not be looked at."""
    total = _most_gain(candidate) + _more_gain(candidate)
    for rule in _INTRINSIC:
        finding = rule.feature(candidate)
        if finding is not None:
            total += finding[0] * rule.weight
    return total + sum(weight * least(candidate) for weight, least in _LEAST)


class _Plan(NamedTuple):
    """What an alignment settles by itself, and what is left to ask of each article that has it."""

    settled: tuple[tuple[int, float, str], ...]
    total: float
    gain: float
    against: tuple[tuple[int, Feature, float], ...]
    in_favour: tuple[tuple[int, Feature], ...]


def _plan(c: Candidate, trusted: bool) -> _Plan:
    """The plan for an alignment, made for its first candidate and remembered with it."""
    kept: _Plan | None = c.alignment.memory.get(trusted)
    if kept is not None:
        return kept
    rules = [
        (place, rule)
        for place, rule in enumerate(RULES)
        if c.schema in rule.of and rule.where(c.alignment) and not (trusted and rule.feature in _FORGIVEN)
    ]
    settled = [(place, *found) for place, rule in rules if rule.feature in _SETTLED and (found := rule.feature(c))]
    asked = [(place, rule) for place, rule in rules if rule.feature not in _SETTLED]
    plan = c.alignment.memory[trusted] = _Plan(
        tuple(settled),
        sum(value * RULES[place].weight for place, value, _ in settled),
        _most_gain(c),
        tuple(
            (place, rule.feature, rule.weight)
            for place, rule in sorted(asked, key=lambda row: row[1].feature in _DEAR)
            if rule.weight < 0
        ),
        tuple((place, rule.feature) for place, rule in asked if rule.weight > 0),
    )
    return plan


Scored = tuple[float, tuple[FeatureScore, ...]]


def score(candidate: Candidate, *, least: float = 0.0, trusted: bool = False) -> Scored | None:
    """The candidate's score and its parts, those that apply, in the order of the table.

    None as soon as it is plain that the score stays below ``least``. ``trusted`` leaves out what a name that the user
    trusts is no longer held to.
    """
    settled, total, gain, against, in_favour = _plan(candidate, trusted)
    gain += _more_gain(candidate)
    if total + gain < least:
        return None
    found = [*settled]
    for place, feature, weight in against:
        finding = feature(candidate)
        if finding is not None:
            value, detail = finding
            found.append((place, value, detail))
            total += value * weight
            if total + gain < least:
                return None
    for place, feature in in_favour:
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
