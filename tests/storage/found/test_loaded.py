"""What was found in an archive comes in with its articles, once, and takes nothing away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchlist.model import Article, Band, Entity, ListChange, Mention, Scan
from watchlist.storage.store import Store

EntityFactory = Callable[..., Entity]
ArticleFactory = Callable[..., Article]
MentionFactory = Callable[..., Mention]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def listed(store: Store, own_list: str, entity: EntityFactory, fill: Callable[..., ListChange]) -> tuple[Entity, ...]:
    two = entity("1"), entity("2")
    fill(store, *two)
    return two


def test_articles_come_in_with_their_alerts_in_a_digest_and_once(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Callable[..., Scan],
) -> None:
    one, two = article(1, "Quay Lines 1 sailed."), article(2, "Quay Lines 2 was sold to somebody else altogether.")
    note = {"own:1": "found in the archive a, published on 2020-01-01"}
    scans = [
        scan(one, mention(one, listed[0]), digest=True, notes=note),
        scan(two, mention(two, listed[1]), digest=True),
    ]
    loaded = store.record_loaded(scans, now)
    assert (len(loaded.alerts), loaded.not_kept, loaded.reworded) == (2, 0, 0)
    assert {each.alert.note for each in store.alerts()} == {note["own:1"], None}
    (delivery,) = store.deliveries()
    assert (delivery.digest, set(delivery.alert_ids)) == (True, {each.id for each in loaded.alerts})
    again = store.record_loaded(scans, now + MINUTE)
    assert (again.alerts, len(store.alerts()), len(store.deliveries())) == ((), 2, 1)
    # They wait to be screened with the present lists, as whatever is handed over.
    assert {each.id for each in store.unscanned_articles(9)} == {one.id, two.id}
    assert store.record_scan(scan(one, mention(one, listed[0])), now + MINUTE) == ()


def test_nothing_is_taken_from_an_article_that_is_there(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Callable[..., int],
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Callable[..., Scan],
) -> None:
    known = article(1)
    pull(known)
    kept = mention(known, listed[0], band=Band.REVIEW)
    store.record_scan(scan(known, kept), now)
    more = mention(known, listed[1])
    loaded = store.record_loaded([scan(replace(known, feed_id=None), more)], now + MINUTE)
    assert [each.entity_id for each in loaded.alerts] == ["own:2"]
    assert set(store.mentions(known.id)) == {kept, more}
    assert store.unscanned_articles(1) == ()


def test_copies_of_one_article_are_told_and_open_one_alert(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Callable[..., Scan],
) -> None:
    text = (
        "Quay Lines 1 sailed from Valletta on Monday with forty crates of lemons, a grand piano and one passenger. " * 4
    )
    one = article(1, text, guid="a", url=None)
    copy = replace(article(2, guid="b", url=None), title=one.title, text=one.text)
    loaded = store.record_loaded([scan(each, mention(each, listed[0])) for each in (one, copy)], now)
    assert len(store.alerts()) == 1
    assert len(loaded.alerts) == 1
    assert loaded.reworded == 0
