"""A scan's outcome is stored all or nothing, and an alert is opened once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError, StorageError
from watchlist.model import AlertStatus, Article, Band, DeliveryStatus, Entity, GroupMember, ListChange, Mention, Scan
from watchlist.storage.found import joining
from watchlist.storage.store import Store

EntityFactory = Callable[..., Entity]
ArticleFactory = Callable[..., Article]
MentionFactory = Callable[..., Mention]
Pull = Callable[..., int]
Scanning = Callable[..., Scan]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def listed(store: Store, own_list: str, entity: EntityFactory, fill: Callable[..., ListChange]) -> tuple[Entity, ...]:
    """Three entities on a list."""
    three = entity("1"), entity("2"), entity("3")
    fill(store, *three)
    return three


def test_a_mention_and_its_alert_come_back_as_they_went_in(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
    feed_id: int,
) -> None:
    found = article(1, feed_id=feed_id, published_at=now - MINUTE)
    pull(found)
    named = mention(found, listed[0])
    (alert,) = store.record_scan(scan(found, named), now) or ()
    assert store.mentions(found.id) == (named,)
    detail = store.alert(alert.id)
    assert detail.alert == alert
    assert (alert.status, alert.opened_at, alert.entity_id) == (AlertStatus.OPEN, now, "own:1")
    assert (detail.mention, detail.entity, detail.list_title) == (named, listed[0], "Own list")
    assert (detail.article_title, detail.article_url) == (found.title, found.url)
    assert (detail.article_published_at, detail.feed_title) == (now - MINUTE, "News")
    (delivery,) = store.deliveries()
    assert (delivery.alert_ids, delivery.status, delivery.channel) == ((alert.id,), DeliveryStatus.PENDING, "email")
    assert store.unscanned_articles(1) == ()


def test_a_mention_for_review_opens_no_alert(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    assert store.record_scan(scan(found, mention(found, listed[0], band=Band.REVIEW)), now) == ()
    assert len(store.mentions(found.id)) == 1
    assert store.deliveries() == ()


def test_screening_again_opens_nothing_twice_and_a_name_that_is_new_opens_one_more(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    first = mention(found, listed[0])
    assert len(store.record_scan(scan(found, first), now) or ()) == 1
    edited = article(text="Quay Lines 1 and Quay Lines 2 sailed.")
    pull(edited)
    second = mention(edited, listed[1])
    (opened,) = store.record_scan(scan(edited, first, second), now + MINUTE) or ()
    assert opened.entity_id == "own:2"
    assert [each.alert.entity_id for each in store.alerts()] == ["own:2", "own:1"]
    assert store.record_scan(scan(edited, first, second), now + MINUTE) == ()


def test_a_name_that_an_edit_took_out_keeps_its_mention_only_where_an_alert_stands_on_it(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    store.record_scan(
        scan(found, mention(found, listed[0]), mention(found, listed[1], band=Band.REVIEW), mention(found, listed[2])),
        now,
    )
    edited = article(text="Quay Lines 3 sailed.")
    pull(edited)
    store.record_scan(scan(edited, mention(edited, listed[2], score=0.95)), now)
    assert {each.entity_id for each in store.mentions(found.id)} == {"own:1", "own:3"}
    assert {each.alert.entity_id: each.mention.score for each in store.alerts()} == {"own:1": 0.9, "own:3": 0.95}


def test_an_article_edited_between_reading_and_recording_comes_again(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    read = article()
    pull(read)
    pull(article(text="Other words."))
    assert store.record_scan(scan(read, mention(read, listed[0])), now) is None
    assert store.mentions(read.id) == ()
    assert [each.text for each in store.unscanned_articles(5)] == ["Other words."]


def test_an_article_screened_against_lists_that_have_changed_since_comes_again(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    screened = scan(found, mention(found, listed[0]))
    store.remove_entity("own:1", now)
    assert store.record_scan(screened, now) is None
    assert len(store.unscanned_articles(5)) == 1


def test_a_scan_that_fails_half_way_leaves_nothing_of_itself(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = article()
    pull(found)
    named = mention(found, listed[0])

    def decide(*_: object) -> tuple[Mention, ...]:
        raise RuntimeError("a fault in the decision")

    monkeypatch.setattr(joining, "new_alerts", decide)
    with pytest.raises(RuntimeError):
        store.record_scan(scan(found, named), now)
    # The same entity twice in one story: the second alert breaks the rule, after the first was written.
    monkeypatch.setattr(joining, "new_alerts", lambda mentions, *_: mentions * 2)
    with pytest.raises(StorageError):
        store.record_scan(scan(found, named), now)
    assert store.mentions(found.id) == ()
    assert store.alerts() == ()
    assert store.deliveries() == ()
    assert store.unscanned_articles(5) == (replace(found, first_reading=True),)


def test_each_channel_gets_a_delivery_of_its_own(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    store.record_scan(scan(found, mention(found, listed[0]), channels=("email", "chat")), now)
    assert {each.channel for each in store.deliveries()} == {"email", "chat"}
    assert len({each.idempotency_key for each in store.deliveries()}) == 2


def test_without_a_channel_alerts_open_all_the_same(
    store: Store, open_alerts: Callable[..., tuple[object, ...]]
) -> None:
    open_alerts(2, channels=())
    assert len(store.alerts()) == 2
    assert store.deliveries() == ()


class TestAlerts:
    def test_they_come_newest_first_and_can_be_narrowed(
        self,
        store: Store,
        now: datetime,
        listed: tuple[Entity, ...],
        pull: Pull,
        article: ArticleFactory,
        mention: MentionFactory,
        scan: Scanning,
    ) -> None:
        for n, each in enumerate(listed):
            found = article(n)
            pull(found)
            store.record_scan(scan(found, mention(found, each)), now + n * MINUTE)
        assert [each.entity.source_id for each in store.alerts()] == ["3", "2", "1"]
        assert [each.entity.source_id for each in store.alerts(limit=1)] == ["3"]
        assert [each.entity.source_id for each in store.alerts(since=now + MINUTE)] == ["3", "2"]
        assert [each.entity.source_id for each in store.alerts(entity_id="own:2")] == ["2"]
        assert store.alert_counts() == {AlertStatus.OPEN: 3}

    def test_details_come_in_the_order_asked_for_without_those_not_on_record(
        self, store: Store, open_alerts: Callable[..., tuple[object, ...]]
    ) -> None:
        open_alerts(3)
        assert [each.alert.id for each in store.alert_details((3, 99, 1))] == [3, 1]

    def test_one_that_is_not_there_is_named(self, store: Store) -> None:
        with pytest.raises(NotFoundError, match="no alert '7'"):
            store.alert(7)

    def test_they_outlive_their_feed(
        self, store: Store, open_alerts: Callable[..., tuple[object, ...]], feed_id: int
    ) -> None:
        open_alerts(1)
        store.remove_feed(str(feed_id))
        (alert,) = store.alerts()
        assert alert.feed_title is None
        assert alert.story.sources == ("news.example",)


def test_an_article_screened_against_groups_that_have_changed_since_comes_again(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    read = article()
    pull(read)
    screened = scan(read, mention(read, listed[0]))
    store.replace_groups([GroupMember("own:1", "own:1", "by hand"), GroupMember("own:2", "own:1", "by hand")])
    assert store.record_scan(screened, now) is None
    assert [each.id for each in store.unscanned_articles(5)] == [read.id]
    assert store.record_scan(scan(read, mention(read, listed[0])), now)


def test_a_subject_has_one_alert_whichever_of_its_entries_fits_best_in_which_version(
    store: Store,
    now: datetime,
    listed: tuple[Entity, ...],
    pull: Pull,
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Scanning,
) -> None:
    found = article()
    pull(found)
    (alert,) = store.record_scan(scan(found, mention(found, listed[0])), now) or ()
    # It joins a group later, and an edit makes the other entry fit better.
    store.replace_groups([GroupMember("own:1", "own:1", "by hand"), GroupMember("own:2", "own:1", "by hand")])
    edited = article(text="Quay Lines 2, once Quay Lines 1, sailed.")
    pull(edited)
    assert store.record_scan(scan(edited, mention(edited, listed[1], listings=("own:2", "own:1"))), now) == ()
    assert store.mentions(found.id)[-1].listings in {("own:1",), ("own:2", "own:1")}
    # It is found by either.
    for id in ("own:1", "own:2"):
        assert [each.alert.id for each in store.alerts(entity_id=id)] == [alert.id]
    assert store.alerts(entity_id="own:3") == ()
