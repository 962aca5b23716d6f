"""The last step of a score: from the sum of the evidence to the share of such mentions that are right.

A line through measured knots that never falls (`benchmarks/calibrate.py` fits them), level at both ends but for a slope
too small to see, so that more evidence is always a better score.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("calibration.tsv")
#: Where the line ends: evidence with which nothing, and with which everything, is said.
_ENDS: Final = ((-4.0, 0.0), (4.0, 1.0))


def probability(evidence: float) -> float:
    """The probability that a mention with this evidence is right."""
    line = knots()
    at = bisect_right(line, (evidence, 2.0))
    if at == 0:
        return line[0][1]
    if at == len(line):
        return line[-1][1]
    (left, low), (right, high) = line[at - 1], line[at]
    return low + (high - low) * (evidence - left) / (right - left)


def evidence_for(wanted: float) -> float:
    """The least evidence with which a mention is as probable as this."""
    for (left, low), (right, high) in pairwise(knots()):
        if wanted <= high:
            return left + (right - left) * (wanted - low) / (high - low) if wanted > low else left
    return knots()[-1][0]


@cache
def knots() -> tuple[tuple[float, float], ...]:
    """Evidence and probability, both growing."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    measured = (tuple(map(float, line.split("\t"))) for line in lines if not line.startswith("#"))
    return (_ENDS[0], *((at, share) for at, share in measured), _ENDS[1])
