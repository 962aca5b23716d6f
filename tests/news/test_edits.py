"""What becomes of a known article that is found with other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news.samples import FULL, SUMMARY, TITLE, found, stored
from watchlist.news.edits import MAX_SEEN, Edited, Met, after, settle


def test_typography_is_no_edit():
    assert settle(found(text="Heron’s crew"), stored(text="Heron's crew")) == Met(stored(text="Heron's crew"), None)


def test_its_own_feed_rewords_an_article():
    change = settle(found(text="Shorter, with Ilya Marrow."), stored())
    assert isinstance(change, Edited)
    assert (change.text, change.feed_id) == ("Shorter, with Ilya Marrow.", 1)


def test_a_cut_off_text_is_no_edit():
    for cut in (FULL[:90], FULL[:88] + "…", FULL[:91] + " [...]", ""):
        assert isinstance(settle(found(text=cut), stored(text=FULL)), Met)
    # The title says something else.
    assert isinstance(settle(found("Other", FULL[:90]), stored(text=FULL)), Edited)


def test_going_back_and_forth_screens_each_wording_once():
    known, screened = stored(), 0
    for title in ("A new title", TITLE, "A new title", TITLE):
        change = settle(found(title), known)
        screened += isinstance(change, Edited)
        known = after(change)
    assert screened == 1


@pytest.mark.parametrize("order", [(SUMMARY, FULL), (FULL, SUMMARY)])
def test_of_two_feeds_the_longer_text_wins_and_stays(order):
    first, second = order
    known = stored(text=first)
    changes = [settle(found(text=second, feed_id=2), known)]
    known = after(changes[0])
    for _ in range(3):
        for text, feed_id in ((first, 1), (second, 2)):
            changes.append(settle(found(text=text, feed_id=feed_id), known))
            known = after(changes[-1])
    assert known.text == FULL
    assert sum(isinstance(change, Edited) for change in changes) == (1 if first == SUMMARY else 0)


def test_what_only_the_shorter_text_of_another_feed_says_is_screened_too():
    change = settle(found(text="Boris Tidewell was on board.", feed_id=2), stored(text=FULL))
    assert isinstance(change, Edited)
    assert change.text == f"{FULL}\nBoris Tidewell was on board."
    assert change.feed_id == 1
    assert isinstance(settle(found("Tidewell on board", SUMMARY, feed_id=2), stored(text=FULL)), Edited)


def test_what_only_the_old_text_says_is_kept_when_another_feed_has_a_longer_one():
    change = settle(found(text=FULL, feed_id=2), stored(text="Boris Tidewell was on board."))
    assert isinstance(change, Edited)
    assert change.text == f"{FULL}\nBoris Tidewell was on board."
    assert change.feed_id == 2


def test_no_more_wordings_are_remembered_than_a_few():
    known = stored()
    for number in range(MAX_SEEN + 5):
        known = after(settle(found(text=f"Edit {number}, reworded."), known))
    assert len(known.seen) == MAX_SEEN


@given(st.text(max_size=80), st.text(max_size=80), st.booleans())
def test_settling_again_changes_nothing(title, text, own):
    change = settle(found(title, text, feed_id=1 if own else 2), stored())
    known = after(change)
    assert settle(found(title, text, feed_id=1 if own else 2), known) == Met(known, None)
