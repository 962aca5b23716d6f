"""Which mentions open an alert."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pytest

from watchlist.alerts.decide import new_alerts, story_of
from watchlist.model import Article, Band, Mention, Name, Quote, Schema

NONE: frozenset[str] = frozenset()

MentionFactory = Callable[..., Mention]


@pytest.fixture
def mention() -> MentionFactory:
    """A mention of an entity by its id."""

    def make(entity_id: str, band: Band = Band.ALERT, *others: str) -> Mention:
        name = Name("Quay Lines")
        return Mention(
            "a", entity_id, (entity_id, *others), name.text, Schema.COMPANY, name, "text", 0, 10, name.text, (),
            Quote("", 0, 0), 0.9, band, (), "1", "1",
        )  # fmt: skip

    return make


def test_a_clear_mention_opens_an_alert_and_one_for_review_does_not(mention: MentionFactory) -> None:
    clear, unclear = mention("own:1"), mention("own:2", Band.REVIEW)
    assert new_alerts((clear, unclear), NONE) == (clear,)


def test_an_entity_that_has_an_alert_in_the_story_opens_none(mention: MentionFactory) -> None:
    known, new = mention("own:1"), mention("own:2")
    assert new_alerts((known, new), frozenset({"own:1"})) == (new,)


def test_an_entity_that_was_only_for_review_before_opens_one(mention: MentionFactory) -> None:
    assert new_alerts((mention("own:1", Band.REVIEW),), NONE) == ()
    clear = mention("own:1")
    assert new_alerts((clear,), NONE) == (clear,)


def test_of_entities_that_are_one_the_best_opens_the_only_alert(mention: MentionFactory) -> None:
    best, second, other = mention("us:1"), mention("uk:7"), mention("us:2")
    one = MappingProxyType({"us:1": "g", "uk:7": "g"})
    assert new_alerts((best, second, other), NONE, one) == (best, other)
    assert new_alerts((best, second, other), frozenset({"uk:7"}), one) == (other,)


def test_a_subject_that_was_alerted_under_any_of_its_entries_opens_none(mention: MentionFactory) -> None:
    # In the version before, the entry of the UN fitted best; since then they have been split, or never were grouped.
    assert new_alerts((mention("us:1", Band.ALERT, "un:7"),), frozenset({"un:7"})) == ()
    # The other entry has joined a group that has an alert.
    assert new_alerts((mention("us:1", Band.ALERT, "un:7"),), frozenset({"uk:3"}), {"un:7": "g", "uk:3": "g"}) == ()
    assert new_alerts((mention("us:1", Band.ALERT, "un:7"),), frozenset({"un:8"})) != ()


def test_a_copy_is_of_the_story_of_the_first() -> None:
    assert story_of(Article("a2", "Title", "Text", story_id="a1")) == story_of(Article("a1", "Title", "Text"))


def test_an_article_is_a_story_of_its_own() -> None:
    assert story_of(Article("a1", "Title", "Text")) != story_of(Article("a2", "Title", "Text"))
