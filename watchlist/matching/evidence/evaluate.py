"""A candidate to its score: the sum of finding times weight, and what spares asking features that cannot matter."""

from __future__ import annotations

from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features import craft, name, neighbours, ordinary, people, support, usage
from watchlist.matching.evidence.features.finding import Feature
from watchlist.matching.evidence.programs import known_programs
from watchlist.matching.evidence.score import FORGIVEN, RULES, Rule
from watchlist.model import FeatureScore

#: What can be said of a match without the article around it.
_INTRINSIC = tuple(
    rule
    for rule in RULES
    if rule.feature in {name.one_word, ordinary.ordinary_word, ordinary.known_otherwise, name.alignment}
)
#: What hangs on the article, but holds so far in any.
_LEAST = tuple(
    (weight, least)
    for rule, least in (
        (ordinary.ordinary_words, ordinary.least_ordinary_words),
        (ordinary.legal_form_lost, ordinary.least_legal_form_lost),
        (name.cut_to_one_word, name.least_cut_to_one_word),
    )
    for weight in [next(each.weight for each in RULES if each.feature is rule)]
)
#: What an alignment settles by itself, whatever the article.
_SETTLED = frozenset(
    {name.alignment, ordinary.ordinary_word, ordinary.known_otherwise, people.common_name, people.family_name_only}
)
#: What is known before the article is looked into.
_AT_ONCE = frozenset({support.other_name, support.identifier})
#: What is asked last since it takes long to find out; most candidates have fallen before.
_COSTLY = frozenset(
    {
        ordinary.ordinary_words,
        support.no_support,
        neighbours.longer_name,
        people.another_person,
        usage.used_as_place,
        usage.title_of_a_work,
    }
)
#: What is asked before that although it speaks for a candidate: without it most can be given up.
_SUPPORT = frozenset({support.country, support.program})
#: Two sums of the same numbers may differ by this much.
_ROUNDING = 1e-9
#: What speaks for a candidate and hangs on the article.
_IN_FAVOUR = tuple(rule for rule in RULES if rule.weight > 0 and rule.feature not in _AT_ONCE | _SETTLED)


def _potential(c: Candidate, rule: Rule) -> float:
    """The most that a feature can add in any article; nothing for what is known at once and needs no bound."""
    if rule.weight < 0 or rule.feature in _AT_ONCE:
        return 0.0
    if rule.feature is support.country:
        return rule.weight if c.subject.countries or known_programs(c.subject.programs)[0] else 0.0
    if rule.feature is support.program:
        return rule.weight if known_programs(c.subject.programs)[1] else 0.0
    if rule.feature is support.designation:
        return rule.weight if c.subject.designations else 0.0
    return rule.weight * (craft.most_kind_before(c) if rule.feature is craft.kind_before else 1.0)


def ceiling(candidate: Candidate) -> float:
    """The most that an ordinary article can make of this match: what stays below review need not be looked at."""
    total = sum(
        _potential(candidate, rule)
        for rule in _IN_FAVOUR
        if candidate.schema in rule.of and rule.where(candidate.alignment)
    )
    for rule in _INTRINSIC:
        finding = rule.feature(candidate)
        if finding is not None:
            total += finding[0] * rule.weight
    return total + sum(weight * least(candidate) for weight, least in _LEAST)


class _Step(NamedTuple):
    """A feature to ask."""

    place: int
    feature: Feature
    weight: float
    #: The most it can add.
    potential: float


class _Plan(NamedTuple):
    """What an alignment settles by itself, and what is left to ask of each article that has it, in this order."""

    settled: tuple[tuple[int, float, str], ...]
    total: float
    potential: float
    at_once: tuple[_Step, ...]
    steps: tuple[_Step, ...]


def _plan(c: Candidate, trusted: bool) -> _Plan:
    """The plan for an alignment, made for its first candidate and remembered with it."""
    kept: _Plan | None = c.alignment.memory.get(trusted)
    if kept is not None:
        return kept
    settled, at_once, steps = [], [], []
    for place, rule in enumerate(RULES):
        if c.schema not in rule.of or not rule.where(c.alignment) or (trusted and rule.feature in FORGIVEN):
            continue
        step = _Step(place, rule.feature, rule.weight, _potential(c, rule))
        if rule.feature in _SETTLED:
            settled += [(place, *found)] if (found := rule.feature(c)) else []
        elif rule.feature in _AT_ONCE:
            at_once.append(step)
        elif step.weight < 0 or step.potential:
            steps.append(step)
    plan = c.alignment.memory[trusted] = _Plan(
        tuple(settled),
        sum(value * RULES[place].weight for place, value, _ in settled),
        sum(step.potential for step in steps),
        tuple(at_once),
        tuple(sorted(steps, key=_turn)),
    )
    return plan


def _turn(step: _Step) -> int:
    if step.feature in _SUPPORT:
        return 1
    if step.weight > 0:
        return 3
    return 2 if step.feature in _COSTLY else 0


Scored = tuple[float, tuple[FeatureScore, ...]]


def score(candidate: Candidate, *, least: float = 0.0, trusted: bool = False) -> Scored | None:
    """The candidate's score and its parts, those that apply, in the order of the table.

    None as soon as it is plain that the score stays below ``least``. ``trusted`` leaves out what a name that the user
    trusts is no longer held to.
    """
    settled, total, gain, at_once, steps = _plan(candidate, trusted)
    found = [*settled]
    for place, feature, weight, _ in at_once:
        finding = feature(candidate)
        if finding is not None:
            found.append((place, *finding))
            total += finding[0] * weight
    least -= _ROUNDING
    if total + gain < least:
        return None
    for place, feature, weight, potential in steps:
        finding = feature(candidate)
        gain -= potential
        if finding is not None:
            value, detail = finding
            found.append((place, value, detail))
            total += value * weight
        if total + gain < least:
            return None
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
