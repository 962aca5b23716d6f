"""Why an alert comes now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchlist.alerts.occasion import Occasion, listing_note, look_back_note, occasion_of
from watchlist.model import Article, LookBack, LookBackReason

SEEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
FRESH = timedelta(days=2)


def occasion(age: timedelta | None, *, first: bool) -> Occasion:
    published = SEEN - age if age is not None else None
    found = Article("a", "T", "", published_at=published, fetched_at=SEEN, first_reading=first)
    return occasion_of(found, "Bay News", FRESH)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("hours", [-30, 0, 47, 48])
def test_what_is_young_is_news_from_a_first_reading_too(first: bool, hours: int) -> None:
    assert occasion(timedelta(hours=hours), first=first) == Occasion()


def test_what_is_old_or_undated_in_a_first_reading_goes_into_the_digest_with_its_date() -> None:
    old = occasion(timedelta(days=3), first=True)
    assert old == Occasion(digest=True, note="from the first reading of Bay News, published on 2026-02-26")
    undated = occasion(None, first=True)
    assert undated == Occasion(digest=True, note="from the first reading of Bay News, without a date")


def test_later_an_old_article_alerts_at_once_with_its_date_and_an_undated_one_as_news() -> None:
    old = occasion(timedelta(days=3), first=False)
    assert old == Occasion(note="an older article, published on 2026-02-26")
    assert occasion(None, first=False) == Occasion()


def test_an_article_that_is_in_no_feed_is_news() -> None:
    assert occasion_of(Article("a", "T", ""), "its feed", FRESH) == Occasion()


@pytest.mark.parametrize(
    ("reason", "note"),
    [
        (LookBackReason.CHANGE, None),
        (LookBackReason.NEW_LIST, "its list is watched since 2026-03-01"),
        (LookBackReason.REQUEST, "found by screening stored articles again"),
    ],
)
def test_a_look_back_gives_its_own_reason(reason: LookBackReason, note: str | None) -> None:
    assert look_back_note(LookBack(1, reason, None, None, SEEN - FRESH, SEEN, "")) == note


def test_an_entity_is_newly_listed_on_the_list_s_own_day_or_listed_in_another_way() -> None:
    assert listing_note("2026-02-20", SEEN, SEEN) == "newly listed on 2026-02-20"
    assert listing_note(None, SEEN, SEEN) == "newly listed on 2026-03-01"
    assert listing_note("2012", SEEN, SEEN + FRESH) == "listed in another way since 2026-03-03"
