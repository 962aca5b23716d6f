"""Which mentions open an alert, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from watchlist.alerts.decide import Telling, new_alerts, story_of, telling
from watchlist.model import Article, Band, Mention, Name, Quote, Schema

NONE: frozenset[str] = frozenset()

MentionFactory = Callable[..., Mention]


@pytest.fixture
def mention() -> MentionFactory:
    """A mention of an entity by its id."""

    def make(entity_id: str, band: Band = Band.ALERT) -> Mention:
        name = Name("Quay Lines")
        return Mention(
            "a", entity_id, name.text, Schema.COMPANY, name, "text", 0, 10, name.text, (), Quote("", 0, 0), 0.9, band,
            (), "1", "1",
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


def test_a_copy_is_of_the_story_of_the_first() -> None:
    assert story_of(Article("a2", "Title", "Text", story_id="a1")) == story_of(Article("a1", "Title", "Text"))


def test_an_article_is_a_story_of_its_own() -> None:
    assert story_of(Article("a1", "Title", "Text")) != story_of(Article("a2", "Title", "Text"))


class TestTelling:
    SEEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
    FRESH = timedelta(days=2)

    def told(self, age: timedelta | None, *, first: bool) -> Telling:
        published = self.SEEN - age if age is not None else None
        found = Article("a", "T", "", published_at=published, fetched_at=self.SEEN, first_reading=first)
        return telling(found, "Bay News", self.FRESH)

    @pytest.mark.parametrize("first", [True, False])
    @pytest.mark.parametrize("hours", [-30, 0, 47, 48])
    def test_what_is_young_is_news_from_a_first_reading_too(self, first: bool, hours: int) -> None:
        assert self.told(timedelta(hours=hours), first=first) == Telling()

    def test_what_is_old_or_undated_in_a_first_reading_goes_into_the_digest_with_its_date(self) -> None:
        old = self.told(timedelta(days=3), first=True)
        assert old == Telling(digest=True, note="from the first reading of Bay News, published on 2026-02-26")
        undated = self.told(None, first=True)
        assert undated == Telling(digest=True, note="from the first reading of Bay News, without a date")

    def test_later_an_old_article_alerts_at_once_with_its_date_and_an_undated_one_as_news(self) -> None:
        old = self.told(timedelta(days=3), first=False)
        assert old == Telling(note="an older article, published on 2026-02-26")
        assert self.told(None, first=False) == Telling()

    def test_an_article_that_is_in_no_feed_is_news(self) -> None:
        assert telling(Article("a", "T", ""), "its feed", self.FRESH) == Telling()
