"""The one table of weights and thresholds. A score is the sum of finding times weight, kept between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import starmap
from operator import attrgetter
from typing import NamedTuple

from watchlist.matching.evidence import craft
from watchlist.matching.evidence import features as f
from watchlist.matching.evidence import support as s
from watchlist.matching.evidence import usage as u
from watchlist.matching.evidence.finding import Feature
from watchlist.matching.evidence.reading import Candidate, known_programs
from watchlist.matching.language.parts import Role
from watchlist.matching.search.align import Alignment
from watchlist.model import FeatureScore, Schema

_PEOPLE = frozenset({Schema.PERSON})
_THINGS = frozenset(Schema) - _PEOPLE
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
_ALL = frozenset(Schema)


def _of_one_word(a: Alignment) -> bool:
    return len(a.matches) == 1


def _of_one_strong_word(a: Alignment) -> bool:
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
    Rule(f.one_word, -0.26, where=_of_one_strong_word),
    Rule(f.ordinary_word, -0.55),
    Rule(f.ordinary_words, -0.55, where=attrgetter("commonness_together")),
    Rule(f.legal_form_lost, -0.25, _THINGS, where=attrgetter("legal_form_lost")),
    Rule(f.known_otherwise, -0.38),
    Rule(f.common_name, -0.30, _PEOPLE),
    Rule(f.family_name_only, -0.25, _PEOPLE),
    Rule(s.namesake, -0.45),
    Rule(s.other_identifier, -0.60),
    Rule(f.no_support, -0.20),
    Rule(craft.no_context, -0.40, _CRAFT),
    Rule(f.cut_to_one_word, -0.20, _THINGS, where=_of_one_strong_word),
    Rule(f.weak_alias, -0.25),
    Rule(f.longer_name, -0.40),
    Rule(f.another_person, -0.60, _PEOPLE, where=_of_one_strong_word),
    Rule(u.used_as_place, -0.35, _THINGS, where=_of_one_word),
    Rule(u.title_of_a_work, -0.35, _THINGS, where=_of_one_word),
    Rule(u.lower_case, -0.40, where=_partly_small),
    Rule(u.sentence_start, -0.10, where=_of_one_word),
    Rule(u.written_small, -0.40, where=_of_one_strong_word),
    Rule(s.fitting_context, 0.10),
    Rule(s.country, 0.08),
    Rule(s.program, 0.07),
    Rule(s.title, 0.10, _PEOPLE),
    Rule(s.initial, 0.15, _PEOPLE, where=attrgetter("family_name_only")),
    Rule(s.designation, 0.06),
    Rule(s.other_name, 0.15),
    Rule(s.identifier, 0.30),
    Rule(craft.kind_before, 0.20, _CRAFT),
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
        craft.no_context,
        f.no_support,
    }
)


#: What can be said of a match without the article around it.
_INTRINSIC = tuple(
    rule for rule in RULES if rule.feature in {f.one_word, f.ordinary_word, f.known_otherwise, f.alignment}
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
#: What is known before the article is looked into.
_AT_ONCE = frozenset({s.other_name, s.identifier})
#: What is asked last since it takes long to find out; most candidates have fallen before.
_DEAR = frozenset({f.ordinary_words, f.no_support, f.longer_name, f.another_person, u.used_as_place, u.title_of_a_work})
#: What is asked before that although it speaks for a candidate: without it most can be given up.
_SUPPORT = frozenset({s.country, s.program})
#: Two sums of the same numbers may differ by this much.
_ROUNDING = 1e-9
#: What speaks for a candidate and hangs on the article.
_IN_FAVOUR = tuple(rule for rule in RULES if rule.weight > 0 and rule.feature not in _AT_ONCE | _SETTLED)


def _potential(c: Candidate, rule: Rule) -> float:
    """The most that a feature can add in any article; nothing for what is known at once and needs no bound."""
    if rule.weight < 0 or rule.feature in _AT_ONCE:
        return 0.0
    if rule.feature is s.country:
        return rule.weight if c.entity.countries or known_programs(c.entity.programs)[0] else 0.0
    if rule.feature is s.program:
        return rule.weight if known_programs(c.entity.programs)[1] else 0.0
    if rule.feature is s.designation:
        return rule.weight if c.entity.designations else 0.0
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
        if c.schema not in rule.of or not rule.where(c.alignment) or (trusted and rule.feature in _FORGIVEN):
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
    return 2 if step.feature in _DEAR else 0


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
