"""Words are compared without what a newsroom puts around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.alerts.story.words import headline, without_dateline, words


@pytest.mark.parametrize(
    "title",
    [
        "UPDATE 2-Freighter held in Brevik over papers",
        "CORRECTED-Freighter held in Brevik over papers",
        "(CORRECTED) Freighter held in Brevik over papers",
        "Live: Freighter held in Brevik over papers",
        "UPDATE 1-CORRECTED-Freighter held in Brevik over papers",
        "Freighter held in Brevik over papers | Harbour Times",
        "Freighter held in Brevik over papers - The Coastal Post",
        "Freighter’s held in Brevik over papers",
    ],
)
def test_labels_and_outlets_are_no_part_of_a_headline(title: str) -> None:
    assert headline(title) == ("freighter", "held", "in", "brevik", "over", "papers")


def test_what_only_looks_like_a_label_or_an_outlet_stays() -> None:
    assert headline("Update on ships at sea") == ("update", "on", "ships", "at", "sea")
    assert headline("West blocks cargo at sea — presidential aide")[-2:] == ("presidential", "aide")
    assert headline("Oil falls - Reuters") == ("oil", "falls", "reuters")
    assert headline("UPDATE 1-") == ("update", "1")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BREVIK, March 1 (Wire) - Port police", "Port police"),
        ("March 1 (Wire Views) - Port police", "Port police"),
        ("BREVIK, 1 March. /WIRE/. Port police", "Port police"),
        ("BREVIK — Port police", "Port police"),
        ("The well-known port - a harbour - is", "The well-known port - a harbour - is"),
        ("Port police in Brevik", "Port police in Brevik"),
    ],
)
def test_place_and_date_before_a_text_are_taken_off(text: str, rest: str) -> None:
    assert without_dateline(text) == rest


def test_words_of_scripts_without_spaces_go_in_pairs() -> None:
    assert words("港口扣押 ship") == ("港口", "口扣", "扣押", "ship")
    assert words("Café–Noël, 20\u00ad26") == ("cafe", "noel", "2026")


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert all(word == word.casefold() or not word.isascii() for word in words(text))
    headline(text)
    assert text.endswith(without_dateline(text))
