"""Comparing words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.news.wording import adds, alike, is_cut_off, join, words_hash

TITLE = "Tanker held in port"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Blue  Heron” held", '"Blue Heron" held'),
        ("Heron’s crew – all of it…", "Heron's crew - all of it..."),
        ("Blue\u00a0Heron\n held\u200b", "Blue Heron held"),
        ("ﬁnal", "final"),
    ],
)
def test_typography_is_no_other_word(one, other):
    assert words_hash(TITLE, one) == words_hash(TITLE, other)


@pytest.mark.parametrize("other", ["Blue Herons held", "blue heron held", "Blue Heron held 1"])
def test_another_word_is_another_wording(other):
    assert words_hash(TITLE, "Blue Heron held") != words_hash(TITLE, other)


def test_wordings_are_alike_that_share_most_words_and_not_only_a_few():
    assert alike((TITLE, ""), (TITLE + " and searched", ""))
    assert not alike(("Vessel seized", ""), ("Vessel detained", ""))
    assert not alike(("Vessel", ""), ("Vessel", ""))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_what_is_joined_lacks_no_word_of_either(title, text, other_title, other_text):
    joined = join((title, text), (other_title, other_text))
    assert not adds((title, text), joined)
    assert not adds((other_title, other_text), joined)
    assert joined == (title, text) or adds((other_title, other_text), (title, text))


@given(st.text(max_size=80), st.integers(0, 80))
def test_a_beginning_is_cut_off(text, length):
    assert is_cut_off((TITLE, text[:length] + "…"), (TITLE, text)) or text[:length].strip() != text[:length]
    assert not is_cut_off((TITLE + " now", text), (TITLE, text))
