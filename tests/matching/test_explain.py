from __future__ import annotations

import re
from pathlib import Path

from watchlist.alerts.explain import explain
from watchlist.matching.evidence.score import ALERT, NAME_PREDICTED, REVIEW, RULES

_TUNING = Path(__file__).parents[2] / "docs" / "tuning.md"


def test_an_explanation_names_the_listed_name_and_what_spoke_for_and_against(screen) -> None:
    mention = screen("The army fought Hezbollah militants in southern Lebanon. Hezbollah did not comment.")["hzb"]
    sentences = explain(mention)
    assert sentences[0] == "“Hezbollah” matches the listed name “HIZBALLAH”, 2 times in the article."
    assert any(s.startswith("For it: Country: the article speaks of LB") for s in sentences)
    assert any(s.startswith("Against it: One word:") for s in sentences)
    assert sentences[-1].endswith("it raises an alert.")


def test_a_press_name_is_explained_as_one(screen) -> None:
    mention = screen("A drone fired by the Houthis in Yemen hit the ship.")["ans"]
    assert "“Houthis” (as the press writes it) of ANSARALLAH" in explain(mention)[0]


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
