from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.evidence.probability import evidence_for, knots, probability


def test_more_evidence_is_always_a_better_score() -> None:
    assert all(left < right and low < high for (left, low), (right, high) in pairwise(knots()))


@given(st.floats(-6, 6), st.floats(-6, 6))
def test_a_score_is_a_probability_and_never_falls(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= probability(low) <= probability(high) <= 1.0


@given(st.floats(0.01, 0.99))
def test_the_evidence_for_a_probability_gives_it(wanted: float) -> None:
    assert probability(evidence_for(wanted)) == pytest.approx(wanted, abs=1e-6)


def test_a_knot_is_met_as_it_was_measured() -> None:
    for evidence, share in knots()[1:-1]:
        assert probability(evidence) == pytest.approx(share)
