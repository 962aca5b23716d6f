"""A candidate to its score: the plain sum of each rule's finding times its weight, told as a probability.

`score` is the definition. `score_from` gives the same to whoever wants to know only of scores from some value on: it
asks the rules in another order, and stops when what is left to ask cannot bring the sum there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features import support
from watchlist.matching.evidence.features.finding import Feature
from watchlist.matching.evidence.probability import evidence_for, probability
from watchlist.matching.evidence.score import RULES, AsListed, Reads, Rule, anyhow, described
from watchlist.matching.search.alignment import Alignment, Settled
from watchlist.model import FeatureScore

Scored = tuple[float, tuple[FeatureScore, ...]]
#: What one rule found: its place in the table, how far it holds, and in what words.
Found = tuple[int, float, str]

_ASKED = tuple((rule.feature, rule.weight) for rule in RULES)
#: Where an identifier is asked for, and what it adds.
_IDENTIFIER = next(place for place, rule in enumerate(RULES) if rule.feature is support.identifier)
_OF_AN_IDENTIFIER = RULES[_IDENTIFIER].weight
#: A score is rounded to this many places, and a score below a value by less may reach it.
_PLACES, _NEARLY = 3, 1e-3


def score(c: Candidate, *, trusted: bool = False) -> Scored:
    """The score and its parts, those that apply, in the order of the rules.

    ``trusted`` leaves out what a name that the user trusts is no longer held to.
    """
    found: list[Found] = []
    for place, rule in enumerate(RULES):
        finding = rule.feature(c) if rule.applies(c, trusted=trusted) else None
        if finding is not None:
            found.append((place, *finding))
    return _sum(found)


def _sum(found: Iterable[Found]) -> Scored:
    # Added up one by one: no score may hang on how a version of Python rounds in sum().
    total, parts = 0.0, []
    for place, value, detail in found:
        rule = RULES[place]
        total += value * rule.weight
        parts.append(FeatureScore(rule.name, round(value, _PLACES), rule.weight, detail, rule.label))
    return round(probability(total), _PLACES), tuple(parts)


def score_from(c: Candidate, least: float, *, trusted: bool = False) -> Scored | None:
    """What `score` says, if that is not below ``least``."""
    settled = _settled(c, trusted)
    found, total, gain = [*settled.found], settled.total, settled.gain
    enough = _evidence_for(least)
    for place in settled.open:
        if total + gain < enough:
            return None
        feature, weight = _ASKED[place]
        finding = feature(c)
        if weight > 0:
            gain -= weight
        if finding is not None:
            found.append((place, *finding))
            total += finding[0] * weight
    scored = _sum(sorted(found))
    return scored if scored[0] >= least else None


def may_reach(c: Candidate, least: float, *, trusted: bool = False) -> bool:
    """Whether any article can make this much of a candidate, as far as its alignment and its entity tell.

    But for one that has its identifier: there that is a candidate of its own, and no worse one.
    """
    enough = _evidence_for(least)
    known = c.alignment.settled.get(trusted)
    if known is None:
        # Most come to so little that it is not worth asking which of the other rules apply.
        questions = _questions(described(c), trusted)
        found, total = _found_by_alignment(c, questions)
        if total + questions.gain < enough:
            return False
        known = c.alignment.settled[trusted] = _settle(c, questions, found, total)
    gain = known.gain - _OF_AN_IDENTIFIER if _IDENTIFIER in known.open else known.gain
    return known.total + gain >= enough


@lru_cache(maxsize=1 << 8)
def _evidence_for(least: float) -> float:
    return evidence_for(least - _NEARLY) if least > _NEARLY else -inf


def _settled(c: Candidate, trusted: bool) -> Settled:
    """What the alignment and the entity say by themselves, found out once."""
    settled = c.alignment.settled.get(trusted)
    if settled is None:
        questions = _questions(described(c), trusted)
        settled = c.alignment.settled[trusted] = _settle(c, questions, *_found_by_alignment(c, questions))
    return settled


def _found_by_alignment(c: Candidate, questions: _Questions) -> tuple[list[Found], float]:
    """What the rules find that hold whatever the article, and what that comes to."""
    found: list[Found] = []
    total = 0.0
    for place, feature, weight, where in questions.of_alignments:
        if (where is None or where(c.alignment)) and (finding := feature(c)):
            found.append((place, *finding))
            total += finding[0] * weight
    return found, total


def _settle(c: Candidate, questions: _Questions, found: list[Found], total: float) -> Settled:
    """What is known whatever the article, and what is left to ask, in this order."""
    left: list[int] = []
    gain = 0.0
    for place, _, weight, where in questions.of_articles:
        if where is None or where(c.alignment):
            left.append(place)
            if weight > 0:
                gain += weight
    return Settled(tuple(found), total, gain, tuple(left))


class _Question(NamedTuple):
    """A rule, by its place, as it is asked: without a condition where it has none."""

    place: int
    feature: Feature
    weight: float
    where: Callable[[Alignment], bool] | None


class _Questions(NamedTuple):
    """What is asked of candidates that are described alike, in the order of asking."""

    #: What an alignment and its entity answer.
    of_alignments: tuple[_Question, ...]
    #: What reads the article, and the most that it can add, but for an identifier.
    of_articles: tuple[_Question, ...]
    gain: float


@cache
def _questions(described: AsListed, trusted: bool) -> _Questions:
    asked = [(place, rule) for place, rule in enumerate(RULES) if rule.is_asked(described, trusted=trusted)]
    asked.sort(key=lambda row: _turn(row[1]))
    questions = [
        (rule.reads, _Question(place, rule.feature, rule.weight, None if rule.where is anyhow else rule.where))
        for place, rule in asked
    ]
    first = tuple(question for reads, question in questions if reads is Reads.ALIGNMENT)
    rest = tuple(question for reads, question in questions if reads is not Reads.ALIGNMENT)
    gain = sum(each.weight for each in rest if each.weight > 0 and each.place != _IDENTIFIER)
    return _Questions(first, rest, gain)


def _turn(rule: Rule) -> tuple[Reads, float]:
    """What is quick to find out first, and the weightiest of it."""
    return rule.reads, -abs(rule.weight)
