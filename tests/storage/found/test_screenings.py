"""Every screening is kept with what it was made with; and what was made before of a subject is found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError
from watchlist.model import Act, Action, Alert, Article, Entity, ListChange, Mention, Outcome, Reach, Scan
from watchlist.storage.store import Store

MINUTE = timedelta(minutes=1)


@pytest.fixture
def listed(own_list: str, store: Store, entity: Callable[..., Entity], fill: Callable[..., ListChange]) -> Entity:
    """An entity of a list with a snapshot."""
    found = entity("1")
    fill(store, found, version="20260301")
    return found


def test_a_screening_is_kept_where_nothing_was_found(
    store: Store,
    listed: Entity,
    now: datetime,
    pull: Callable[..., int],
    article: Callable[..., Article],
    scan: Callable[..., Scan],
    feed_id: int,
) -> None:
    told = article(1, feed_id=feed_id)
    pull(told)
    waiting = store.audit_article(told.url or "")
    assert (waiting.screenings, waiting.scanned_at) == ((), None)
    store.record_scan(scan(told, engine_version="2.0", settings='{"alert": 0.8}'), now)
    found = store.audit_article(told.id)
    (screening,) = found.screenings
    assert (screening.at, screening.text_hash, screening.opened) == (now, told.content_hash, 0)
    used = screening.screened_with
    assert (used.engine_version, used.settings) == ("2.0", {"alert": 0.8})
    assert [(id, snapshot) for id, snapshot, _ in used.lists] == [("own", "20260301")]
    assert (found.feed, found.scanned_at, found.alert_ids) == ("News", now, ())
    assert [(each.article_id, url) for each, url in store.screenings(now)] == [(told.id, told.url)]
    assert list(store.screenings(now + MINUTE)) == []


def test_what_was_found_opened_and_held_back_is_counted(
    store: Store,
    listed: Entity,
    now: datetime,
    pull: Callable[..., int],
    article: Callable[..., Article],
    mention: Callable[..., Mention],
    scan: Callable[..., Scan],
) -> None:
    texts = {1: "Quay Lines 1 sailed.", 2: "In Oslo brokers sold the hull of Quay Lines 1 for scrap."}
    for n, text in texts.items():
        told = article(n, text=text, published_at=now - n * timedelta(days=9))
        pull(told)
        opened = store.record_scan(scan(told, mention(told, listed)), now) or ()
        if opened:
            store.judge([opened[0].id], Act(Action.DISMISS, "ann", scope=Reach.SURFACE), now)
    first, second = (store.audit_article(article(n).id) for n in texts)
    assert [(each.alert_band, each.opened, each.held) for each in first.screenings] == [(1, 1, 0)]
    assert [(each.alert_band, each.opened, each.held) for each in second.screenings] == [(1, 0, 1)]
    assert (first.alert_ids, second.alert_ids) == ((1,), ())


def test_an_article_that_is_not_stored_was_never_screened(store: Store) -> None:
    with pytest.raises(NotFoundError, match="it was never screened"):
        store.audit_article("https://news.example/none")


def test_what_was_made_before_of_a_subject_and_of_the_words_is_found(
    store: Store,
    own_list: str,
    now: datetime,
    entity: Callable[..., Entity],
    fill: Callable[..., ListChange],
    pull: Callable[..., int],
    article: Callable[..., Article],
    mention: Callable[..., Mention],
    scan: Callable[..., Scan],
) -> None:
    one, other = entity("1"), entity("2")
    fill(store, one, other)

    def found(n: int, of: Entity, surface: str) -> tuple[Mention, Alert]:
        told = article(n, text=f"{surface} was there, number {n}.", published_at=now - n * timedelta(days=40))
        pull(told)
        named = mention(told, of, surface=surface)
        (alert,) = store.record_scan(scan(told, named), now) or ()
        return named, alert

    named, own = found(1, one, "Quay Lines")
    (_, same), (_, words), (_, neither) = found(2, one, "QL"), found(3, other, "QUAY LINES"), found(4, other, "QL 2")
    assert store.judged_before(named, 10) == ()
    for at, alert in enumerate((own, same, words, neither)):
        store.judge([alert.id], Act(Action.DISMISS, "ann", "no"), now + at * MINUTE)
    store.judge([same.id], Act(Action.CONFIRM, "bob"), now + timedelta(hours=1))
    earlier = store.judged_before(named, 10)
    assert [(each.alert_id, each.same_subject, each.same_surface) for each in earlier] == [
        (same.id, True, False),
        (words.id, False, True),
    ]
    assert (earlier[0].outcome, earlier[0].by, earlier[1].why) == (Outcome.TRUE_MATCH, "bob", "no")
    assert len(store.judged_before(named, 1)) == 1
