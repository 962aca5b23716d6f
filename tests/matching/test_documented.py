"""docs/tuning.md tells what the engine does."""

from __future__ import annotations

import re
from pathlib import Path

from watchlist.matching.evidence.score import RULES
from watchlist.matching.table import ALERT, NAME_PREDICTED, REVIEW, WEIGHTS

_TUNING = Path(__file__).parents[2] / "docs" / "tuning.md"


def test_every_rule_is_documented_with_its_label_its_weight_and_its_question() -> None:
    row = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^ |]+) \| (.+) \|$", re.MULTILINE)
    published = row.findall(_TUNING.read_text(encoding="utf-8"))
    told = [(name, label, float(weight.replace("−", "-")), question) for name, label, weight, question in published]
    assert told == [(rule.name, rule.label, rule.weight, rule.question) for rule in RULES]


def test_every_weight_of_the_table_is_a_rules() -> None:
    assert list(WEIGHTS) == [rule.name for rule in RULES]


def test_the_documented_thresholds_are_those_in_force() -> None:
    text = _TUNING.read_text(encoding="utf-8")
    assert f"`alert` from {ALERT:.2f}" in text
    assert f"`review` from {REVIEW:.2f}" in text
    assert f"from {NAME_PREDICTED:.2f}" in text
