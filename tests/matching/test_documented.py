"""docs/tuning.md tells what the engine does."""

from __future__ import annotations

import re
from pathlib import Path

from watchlist.matching.evidence.score import ALERT, NAME_PREDICTED, REVIEW, RULES

_TUNING = Path(__file__).parents[2] / "docs" / "tuning.md"


def test_every_feature_is_documented_with_its_docstring_and_weight() -> None:
    published = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", _TUNING.read_text(encoding="utf-8"), re.MULTILINE))
    weights = dict(re.findall(r"^\| `(\w+)` \| ([^ |]+) \|", _TUNING.read_text(encoding="utf-8"), re.MULTILINE))
    assert list(published) == [rule.feature.__name__ for rule in RULES]
    for rule in RULES:
        first = (rule.feature.__doc__ or "").strip().split("\n")[0]
        assert published[rule.feature.__name__] == first
        assert float(weights[rule.feature.__name__].replace("−", "-")) == rule.weight


def test_the_documented_thresholds_are_those_in_force() -> None:
    text = _TUNING.read_text(encoding="utf-8")
    assert f"`alert` from {ALERT:.2f}" in text
    assert f"`review` from {REVIEW:.2f}" in text
    assert f"from {NAME_PREDICTED:.2f}" in text
