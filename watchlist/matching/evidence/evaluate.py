"""A candidate to its score: the plain sum of each rule's finding times its weight, kept between 0 and 1.

`score` is the definition. `score_from` gives the same to whoever wants to know only of scores from some value on: it
asks the rules in another order, and stops when what is left to ask cannot bring the sum there.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.score import RULES, Reads
from watchlist.matching.search.alignment import Settled
from watchlist.model import FeatureScore

Scored = tuple[float, tuple[FeatureScore, ...]]
#: What one rule found: its place in the table, how far it holds, and in what words.
Found = tuple[int, float, str]

_ASKED = tuple((rule.feature, rule.weight) for rule in RULES)
#: A score is rounded to this many places, and a sum below a value by less may reach it.
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
    return round(min(1.0, max(0.0, total)), _PLACES), tuple(parts)


def score_from(c: Candidate, least: float, *, trusted: bool = False) -> Scored | None:
    """What `score` says, if that is not below ``least``."""
    settled = c.alignment.settled.get(trusted)
    if settled is None:
        settled = c.alignment.settled[trusted] = _settle(c, trusted)
    found, total, gain = [*settled.found], settled.total, settled.gain
    enough = least - _NEARLY if least > 0 else -inf
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


def _settle(c: Candidate, trusted: bool) -> Settled:
    """What is known whatever the article, and what is left to ask, in this order."""
    found: list[Found] = []
    left = []
    for place, rule in enumerate(RULES):
        if not rule.applies(c, trusted=trusted):
            continue
        if rule.reads is not Reads.ALIGNMENT:
            left.append(place)
        elif finding := rule.feature(c):
            found.append((place, *finding))
    total = sum(value * RULES[place].weight for place, value, _ in found)
    gain = sum(max(0.0, RULES[place].weight) for place in left)
    return Settled(tuple(found), total, gain, tuple(sorted(left, key=_turn)))


def _turn(place: int) -> tuple[Reads, float]:
    """What is quick to find out first, and the weightiest of it."""
    return RULES[place].reads, -abs(RULES[place].weight)
