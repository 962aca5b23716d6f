"""Signatures: when an article was told and where, its runs of words, and the furniture of an outlet's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from watchlist.alerts.story.signature import Signature, furniture_of, outlet_of, shingles, signature_of, told_at
from watchlist.model import Article

FETCHED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, FETCHED),
        (FETCHED - timedelta(hours=3), FETCHED - timedelta(hours=3)),
        (FETCHED + timedelta(days=2), FETCHED),
        # A date alone.
        (datetime(2026, 3, 1, tzinfo=UTC), FETCHED),
        (datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC)),
    ],
)
def test_an_article_is_told_when_it_was_published_if_that_can_be(published: datetime | None, told: datetime) -> None:
    assert told_at(Article("a", "T", "t", published_at=published, fetched_at=FETCHED)) == told


def test_an_article_without_any_time_has_no_place_in_a_story() -> None:
    with pytest.raises(ValueError, match="fetched"):
        told_at(Article("a", "T", "t"))


def test_an_outlet_is_the_host_or_else_the_feed() -> None:
    assert outlet_of(Article("a", "", "", url="https://www.news.example/x")) == "news.example"
    assert outlet_of(Article("a", "", "", feed_id=7)) == "feed 7"
    assert outlet_of(Article("a", "", "", url="https://[broken/x", feed_id=7)) == "feed 7"


def test_what_stands_in_two_stories_of_an_outlet_is_furniture() -> None:
    menu, one, other = (shingles(text.split()) for text in ("a b c d e f", "one two three four", "v w x y z"))
    pages = [("story 1", {*menu, *one}), ("story 2", {*menu, *other})]
    assert furniture_of(pages) == frozenset(menu)
    # Two versions of one story have everything in common, and none of it is furniture.
    assert furniture_of([("story 1", {*menu, *one}), ("story 1", {*menu, *one})]) == frozenset()


def test_furniture_is_left_out_of_the_beginning(told: Callable[..., Article], texts: dict[str, str]) -> None:
    raw = signature_of(told("a", "Freighter held", texts["menu"] + texts["detained"]))
    furniture = signature_of(told("b", "Menu", texts["menu"])).shingles
    clean = signature_of(told("a", "Freighter held", texts["menu"] + texts["detained"]), furniture)
    assert raw.lead[:2] == ("notifications", "can")
    assert clean.lead[:3] == ("port", "police", "in")
    assert clean.furniture == furniture
    assert clean.shingles | clean.furniture == raw.shingles


def test_a_common_run_of_words_has_a_print_in_common(signed: Callable[..., Signature], texts: dict[str, str]) -> None:
    whole = signed("a", "Freighter held in Brevik", texts["detained"])
    run = " ".join(texts["detained"].split()[20:45])
    part = signed("b", "Other headline", f"Said by others before it. {run} And by yet others after.")
    assert set(whole.prints) & set(part.prints)
    assert len(whole.prints) < len(whole.shingles) / 2
