"""What is new about an article: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.model import Article
from watchlist.news.wording import (
    MAX_SEEN,
    SAME_STORY,
    Edited,
    Known,
    Met,
    after,
    same_article,
    same_story,
    settle,
    words_hash,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TITLE = "Tanker held in port"
SUMMARY = "A tanker of Grey Harbour Shipping was held in port on Monday after a search."
FULL = (
    SUMMARY + " The owner, Ilya Marrow, said that the papers were in order and that the ship would sail again soon." * 2
)


def found(title: str = TITLE, text: str = SUMMARY, **changes: object) -> Article:
    plain = Article("a", title, text, url="https://x.example/1", feed_id=1, guid="g1", fetched_at=NOW)
    return replace(plain, **changes)


def stored(title: str = TITLE, text: str = SUMMARY, **changes: object) -> Known:
    plain = Known("a", 1, "g1", title, text, NOW, None, (words_hash(title, text),))
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Blue  Heron” held", '"Blue Heron" held'),
        ("Heron’s crew – all of it…", "Heron's crew - all of it..."),
        ("Blue\u00a0Heron\n held\u200b", "Blue Heron held"),
        ("ﬁnal", "final"),
    ],
)
def test_typography_is_no_edit(one, other):
    assert words_hash(TITLE, one) == words_hash(TITLE, other)
    assert settle(found(text=one), stored(text=other)) == Met(stored(text=other), None)


@pytest.mark.parametrize("other", ["Blue Herons held", "blue heron held", "Blue Heron held 1"])
def test_another_word_is_an_edit(other):
    assert words_hash(TITLE, "Blue Heron held") != words_hash(TITLE, other)


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


def test_a_guid_and_alike_words_are_the_same_article_at_another_address():
    moved = found(TITLE + " and searched", id="b", url="https://x.example/2")
    assert same_article(moved, [stored()]) == stored()
    assert same_article(replace(moved, feed_id=2), [stored()]) is None
    assert same_article(replace(moved, guid="g2", title="Other"), [stored()]) is None


def test_a_guid_alone_is_none():
    # A feed that counts its entries from one each time.
    other = found("Bank fined", "The bank paid a fine of two million for its letters of credit.", id="b")
    assert same_article(other, [stored()]) is None
    assert same_article(found("Vessel seized", "", id="b"), [stored("Vessel detained", "")]) is None


def test_the_same_words_at_another_address_are_the_same_article_published_again():
    again = found(id="b", guid="g2", fetched_at=NOW + SAME_STORY)
    assert same_article(again, [stored()]) == stored()
    assert same_article(replace(again, feed_id=2), [stored()]) is None
    assert same_article(replace(again, fetched_at=NOW + SAME_STORY + timedelta(days=1)), [stored()]) is None
    # Too few words to tell.
    assert same_article(found("Update", "", id="b", guid="g2"), [stored("Update", "")]) is None


def test_long_words_in_another_feed_are_the_same_story():
    copy = found(text=FULL, id="b", feed_id=2)
    assert same_story(copy, [stored(text=FULL)]) == "a"
    assert same_story(copy, [stored(text=FULL, story_id="first")]) == "first"
    assert same_story(replace(copy, title="Another title"), [stored(text=FULL)]) is None
    assert same_story(found(id="b", feed_id=2), [stored()]) is None
    later = replace(copy, fetched_at=NOW + SAME_STORY + timedelta(days=1))
    assert same_story(later, [stored(text=FULL)]) is None


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
