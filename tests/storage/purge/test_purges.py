"""What is old goes and what an alert rests on stays, on both databases; what would go is what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, literal, select, update

from watchlist.errors import NotFoundError
from watchlist.model import (
    Access,
    AccessEvent,
    AccessKind,
    Act,
    Action,
    Alert,
    Article,
    Band,
    Capture,
    CaptureKind,
    Cutoffs,
    Entity,
    Fault,
    FeedFetchIntent,
    Mention,
    PageForFetch,
    PageHost,
    PageIntent,
    PageStatus,
    Purgeable,
    Scan,
    UserRole,
)
from watchlist.storage.database.connect import writing
from watchlist.storage.database.tables import (
    alerts,
    articles,
    captures,
    changes,
    deliveries,
    evidence,
    feed_polls,
    lookbacks,
    mentions,
    notices,
    past_articles,
    past_screenings,
    screenings,
)
from watchlist.storage.purge import taking
from watchlist.storage.store import Store

ArticleFactory = Callable[..., Article]
OpenAlerts = Callable[..., tuple[Alert, ...]]
DAY = timedelta(days=1)
K = Purgeable


def count(store: Store, table: Any) -> int:
    with store._reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.fixture
def later(now: datetime) -> datetime:
    """When everything of ``now`` is old."""
    return now + 10 * DAY


@pytest.fixture
def purge(store: Store, now: datetime, later: datetime) -> Callable[..., dict[Purgeable, int]]:
    """Removes what is a day old of some kinds, and holds the count against what was to be expected."""

    def run(*kinds: Purgeable, at: datetime = later) -> dict[Purgeable, int]:
        cutoffs = dict.fromkeys(kinds or tuple(K), at - DAY)
        expected = {kind: n for kind, n in store.purgeable(cutoffs, at).items() if n}
        number = store.start_purge(at)
        removed: Counter[Purgeable] = Counter()
        for kind in K:
            for part in store.purge(number, kind, cutoffs, at):
                removed += Counter(part)
        store.finish_purge(number, at)
        noted = store.last_purge()
        assert noted is not None
        assert dict(noted.removed) == {kind.value: n for kind, n in removed.items()}
        assert dict(removed) == expected
        assert not any(store.purgeable(cutoffs, at).values())
        return dict(removed)

    return run


Purge = Callable[..., dict[Purgeable, int]]


@pytest.fixture
def screened(
    store: Store, pull: Callable[..., int], scan: Callable[..., Scan], now: datetime
) -> Callable[..., tuple[Article, ...]]:
    """Articles that a feed brought and in which nothing was found, with the bytes of their entries."""

    def take_in(*found: Article, at: datetime = now) -> tuple[Article, ...]:
        pull(*found, at=at)
        for each in found:
            assert store.record_scan(scan(each), at) == ()
        return found

    return take_in


def entry(
    payload: bytes, at: datetime, kind: CaptureKind = CaptureKind.ENTRY, url: str = "https://n.example/"
) -> Capture:
    return Capture(kind, url, at, "text/xml", payload, b"HTTP/1.1 200 OK\r\n\r\n" if kind is CaptureKind.PAGE else b"")


class TestArticles:
    def test_those_without_an_alert_go_and_those_with_one_stay_with_all_that_is_theirs(
        self, store: Store, open_alerts: OpenAlerts, screened: Any, article: ArticleFactory, purge: Purge
    ) -> None:
        (alert,) = open_alerts()
        screened(article(1), article(2))
        before = (store.alert(alert.id), store.audit_article(alert.article_id), store.deliveries_about(alert.id))
        assert purge() == {K.ARTICLES: 2, K.SCREENINGS: 2, K.POLLS: 2}
        assert (
            store.alert(alert.id),
            store.audit_article(alert.article_id),
            store.deliveries_about(alert.id),
        ) == before
        assert count(store, articles) == 1

    def test_one_that_waits_stays_however_old(self, pull: Any, article: ArticleFactory, purge: Purge) -> None:
        pull(article(1))
        assert K.ARTICLES not in purge()

    def test_one_that_joined_a_story_stays(
        self,
        store: Store,
        open_alerts: OpenAlerts,
        pull: Any,
        article: ArticleFactory,
        mention: Any,
        scan: Any,
        entity: Callable[..., Entity],
        now: datetime,
        purge: Purge,
    ) -> None:
        (alert,) = open_alerts()
        copy = article(2)
        pull(copy)
        assert store.record_scan(scan(copy, mention(copy, entity("1")), story_id=alert.story_id), now) == ()
        assert K.ARTICLES not in purge()
        assert [each.id for each in store.alert(alert.id).story.articles] == [alert.article_id, copy.id]

    def test_what_was_kept_for_review_goes_with_its_article(
        self,
        store: Store,
        own_list: str,
        fill: Any,
        pull: Any,
        article: ArticleFactory,
        mention: Any,
        scan: Any,
        entity: Callable[..., Entity],
        now: datetime,
        purge: Purge,
    ) -> None:
        fill(store, entity("1"))
        found = article(1)
        pull(found)
        store.record_scan(scan(found, mention(found, entity("1"), band=Band.REVIEW)), now)
        assert purge()[K.ARTICLES] == 1
        assert count(store, mentions) == 0

    def test_it_is_still_known_that_it_was_screened(
        self, store: Store, screened: Any, article: ArticleFactory, purge: Purge, later: datetime
    ) -> None:
        (one,) = screened(article(1))
        before = store.audit_article(one.url or "")
        purge(K.ARTICLES)
        after = store.audit_article(one.url or "")
        assert after == replace(before, removed_at=later)
        assert after.screenings[0].screened_with == before.screenings[0].screened_with
        assert [url for _, url in store.screenings()] == [one.url]
        assert (count(store, screenings), count(store, past_screenings)) == (0, 1)
        # Until that is over as well.
        assert purge(K.SCREENINGS) == {K.SCREENINGS: 1}
        with pytest.raises(NotFoundError, match=r"or longer ago than retention\.screenings"):
            store.audit_article(one.url or "")
        assert (count(store, past_articles), count(store, past_screenings)) == (0, 0)

    def test_both_at_once_are_counted_as_both(self, screened: Any, article: ArticleFactory, purge: Purge) -> None:
        screened(article(1), article(2))
        assert purge() == {K.ARTICLES: 2, K.SCREENINGS: 2, K.POLLS: 1}

    def test_one_that_its_feed_still_has_is_no_news_until_it_has_other_words(
        self, store: Store, screened: Any, pull: Any, article: ArticleFactory, purge: Purge, later: datetime
    ) -> None:
        (one,) = screened(article(1))
        purge(K.ARTICLES)
        assert pull(replace(one, fetched_at=later), at=later) == 0
        assert count(store, articles) == 0
        (other,) = screened(replace(one, text="Quay Lines 9 sank.", fetched_at=later), at=later)
        found = store.audit_article(one.id)
        assert (found.removed_at, found.text_hash) == (None, other.content_hash)
        assert [each.text_hash for each in found.screenings] == [one.content_hash, other.content_hash]
        purge(K.ARTICLES, at=later + 10 * DAY)
        assert [each.text_hash for each in store.audit_article(one.id).screenings] == [
            one.content_hash,
            other.content_hash,
        ]

    def test_one_that_could_not_be_screened_says_so_to_the_end(
        self, store: Store, pull: Any, article: ArticleFactory, now: datetime, purge: Purge
    ) -> None:
        one = article(1)
        pull(one)
        store.record_scan_error(one, "it was too odd", now)
        purge(K.ARTICLES)
        assert store.audit_article(one.id).scan_error == "it was too odd"

    def test_a_look_back_that_has_read_one_goes_on_without_it(
        self,
        store: Store,
        open_alerts: OpenAlerts,
        screened: Any,
        article: ArticleFactory,
        mention: Any,
        scan: Any,
        entity: Callable[..., Entity],
        now: datetime,
        later: datetime,
        purge: Purge,
    ) -> None:
        open_alerts()
        one, two = screened(article(1), article(2, fetched_at=later), at=now)
        back = store.start_look_back(later, now - DAY)
        found = [scan(each, mention(each, entity("1"))) for each in (one, two)]
        purge(K.ARTICLES)
        opened = store.record_look_back(back, found, two.id, later)
        assert [each.article_id for each in opened] == [two.id]

    def test_many_go_in_parts_and_what_was_left_half_done_is_gone_on_with(
        self,
        store: Store,
        screened: Any,
        article: ArticleFactory,
        later: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(taking, "CHUNK", 50)
        screened(*(article(n) for n in range(120)))
        cutoffs: Cutoffs = {K.ARTICLES: later}
        number = store.start_purge(later)
        parts = store.purge(number, K.ARTICLES, cutoffs, later)
        first = next(parts)[K.ARTICLES]
        del parts
        left = store.last_purge()
        assert left is not None
        assert (left.finished_at, dict(left.removed)) == (None, {"articles": first})
        assert count(store, articles) == 120 - first == store.purgeable(cutoffs, later)[K.ARTICLES]
        assert sum(part[K.ARTICLES] for part in store.purge(number, K.ARTICLES, cutoffs, later)) == 120 - first
        done = store.last_purge()
        assert done is not None
        assert dict(done.removed) == {"articles": 120}


class TestEvidence:
    @pytest.fixture
    def take(self, store: Store, feed_id: int, scan: Callable[..., Scan]) -> Callable[..., None]:
        """An article with its bytes, screened with these mentions."""

        def take_in(found: Article, capture: Capture, *found_in_it: Mention, at: datetime) -> None:
            found = replace(found, fetched_at=at)
            intent = FeedFetchIntent(feed_id, at, at, status=200, articles=(found,), captures={found.id: capture})
            assert store.record_fetch(intent) == 1
            store.record_scan(scan(found, *found_in_it), at)

        return take_in

    @pytest.fixture
    def listed(self, store: Store, own_list: str, fill: Any, entity: Callable[..., Entity]) -> Entity:
        found = entity("1")
        fill(store, found)
        return found

    def test_what_an_alert_rests_on_stays_and_the_rest_goes_with_its_time(
        self,
        store: Store,
        take: Any,
        listed: Entity,
        article: ArticleFactory,
        mention: Any,
        now: datetime,
        purge: Purge,
    ) -> None:
        one, two = article(1), article(2)
        take(one, entry(b"<one/>", now), mention(one, listed), at=now)
        take(two, entry(b"<two/>", now), at=now)
        assert purge(K.EVIDENCE) == {K.EVIDENCE: 1}
        (kept,) = store.evidence(1)
        assert (kept.article_id, kept.sha256) == (one.id, entry(b"<one/>", now).sha256)
        assert (count(store, captures), count(store, evidence), count(store, articles)) == (1, 1, 2)

    def test_the_same_bytes_stay_as_long_as_one_of_their_articles_needs_them(
        self,
        store: Store,
        take: Any,
        listed: Entity,
        article: ArticleFactory,
        mention: Any,
        now: datetime,
        purge: Purge,
    ) -> None:
        one, two = article(1), article(2)
        take(one, entry(b"<same/>", now, url="https://n.example/1"), at=now)
        take(two, entry(b"<same/>", now, url="https://n.example/2"), mention(two, listed), at=now)
        assert (count(store, captures), count(store, evidence)) == (2, 1)
        assert purge(K.EVIDENCE) == {K.EVIDENCE: 1}
        (kept,) = store.evidence(1)
        assert kept.url == "https://n.example/2"
        assert kept.record

    def test_they_go_with_their_article(
        self, store: Store, take: Any, article: ArticleFactory, now: datetime, purge: Purge
    ) -> None:
        take(article(1), entry(b"<one/>", now), at=now)
        assert purge(K.ARTICLES, K.EVIDENCE) == {K.ARTICLES: 1, K.EVIDENCE: 1}
        assert (count(store, captures), count(store, evidence)) == (0, 0)

    def test_those_of_words_that_others_took_the_place_of_go_after_a_day(
        self,
        store: Store,
        take: Any,
        listed: Entity,
        article: ArticleFactory,
        mention: Any,
        now: datetime,
        purge: Purge,
    ) -> None:
        one, two = article(1), article(2)
        for n, word in enumerate(("sailed", "lay", "sank")):
            at = now + n * timedelta(hours=1)
            take(replace(one, text=f"The harbour {word}."), entry(word.encode(), at), at=at)
            alerted = replace(two, text=f"Quay Lines 1 {word}.")
            take(alerted, entry(b"2" + word.encode(), at), *([] if n else [mention(alerted, listed)]), at=at)
        # No time of theirs is over here.
        assert purge(K.CHANGES, at=now + timedelta(hours=20)) == {}
        assert purge(K.CHANGES, at=now + DAY + timedelta(hours=3)) == {K.EVIDENCE: 2}
        assert len(store.evidence(1)) == 3
        assert count(store, captures) == 4

    def test_each_wording_of_an_article_with_an_alert_stays_and_so_does_its_page(
        self,
        store: Store,
        take: Any,
        listed: Entity,
        article: ArticleFactory,
        mention: Any,
        now: datetime,
        purge: Purge,
    ) -> None:
        one = article(1)
        take(one, entry(b"1", now), mention(one, listed), at=now)
        other = replace(one, text="Quay Lines 1 sailed again.")
        take(other, entry(b"2", now + DAY), at=now + DAY)
        page = PageForFetch(one.id, one.url or "", one.title, other.text, other.content_hash)
        store.record_page(
            PageIntent(page, now + DAY, PageStatus.PLAIN, capture=entry(b"page", now + DAY, CaptureKind.PAGE))
        )
        assert K.EVIDENCE not in purge()
        assert [each.kind.value for each in store.evidence(1)] == ["entry", "entry", "page"]

    def test_bytes_of_no_article_are_swept_up(self, store: Store, now: datetime, purge: Purge) -> None:
        with store._writing() as connection:
            connection.execute(insert(evidence).values(sha256="0" * 64, size=1, record=b"x"))
        purge(K.EVIDENCE)
        assert count(store, evidence) == 0


class TestTheRest:
    def test_messages_go_but_for_those_that_told_of_an_alert(
        self, store: Store, open_alerts: OpenAlerts, now: datetime, purge: Purge
    ) -> None:
        (alert,) = open_alerts()
        store.record_faults([Fault("feed:1", "broken")], ["email", "webhook"], now)
        with store._writing() as connection:
            connection.execute(update(deliveries).values(status="sent", sent_at=now))
            connection.execute(update(deliveries).where(deliveries.c.channel == "webhook").values(status="failed"))
        # Of a fault that lasts the notice stays; of the parked message both.
        assert purge(K.DELIVERIES, K.NOTICES) == {K.DELIVERIES: 1}
        assert len(store.deliveries_about(alert.id)) == 1
        assert store.untold_alerts() == 0
        store.record_faults([], [], now)
        # The notice of its end was told to nobody, that of the fault waits with the parked message.
        assert purge(K.NOTICES) == {K.NOTICES: 1}
        with store._writing() as connection:
            connection.execute(update(deliveries).values(status="dropped"))
        assert purge(K.NOTICES, K.DELIVERIES) == {K.NOTICES: 1, K.DELIVERIES: 1}
        assert count(store, notices) == 0

    def test_polls_go(self, store: Store, pull: Any, article: ArticleFactory, later: datetime, purge: Purge) -> None:
        pull(article(1))
        pull(article(1), at=later)
        assert purge(K.POLLS) == {K.POLLS: 1}
        assert count(store, feed_polls) == 1

    def test_look_backs_go_once_they_are_done(
        self, store: Store, screened: Any, article: ArticleFactory, now: datetime, later: datetime, purge: Purge
    ) -> None:
        screened(article(1))
        done, waits = (store.start_look_back(now, now - DAY) for _ in range(2))
        store.record_look_back(done, (), None, now)
        assert purge(K.LOOK_BACKS) == {K.LOOK_BACKS: 1}
        assert store.unfinished_look_back() == waits
        assert count(store, lookbacks) == 1

    def test_what_is_known_of_sites_goes_once_it_no_longer_holds(
        self, store: Store, now: datetime, later: datetime, purge: Purge
    ) -> None:
        old = PageHost("https://old.example", Access.RULES, "User-agent: *", now, now + DAY)
        kept = (
            replace(old, origin="https://good.example", expires_at=later + DAY),
            replace(old, origin="https://patient.example", hold_until=later + DAY),
        )
        for host in (old, *kept):
            store.record_page_host(host)
        assert purge(K.SITES) == {K.SITES: 1}
        assert set(store.page_hosts(each.origin for each in (old, *kept))) == set(kept)

    def test_lines_of_the_record_of_accounts_go_and_the_accounts_stay(
        self, store: Store, now: datetime, later: datetime, purge: Purge
    ) -> None:
        store.add_account("ada", UserRole.ADMIN, None, "root", now)
        store.note_access(AccessEvent(later, AccessKind.LOG_IN, "ada"))
        assert purge(K.ACCESS_LOG) == {K.ACCESS_LOG: 1}
        assert [each.kind for each in store.access_log(9)] == [AccessKind.LOG_IN]
        assert [each.name for each in store.accounts()] == ["ada"]

    def test_changes_go_but_for_those_of_who_has_an_alert(
        self, store: Store, open_alerts: OpenAlerts, fill: Any, entity: Callable[..., Entity], purge: Purge
    ) -> None:
        open_alerts()
        listed = [entity("1", "Quay Lines"), entity("2", "Other Lines")]
        fill(store, *listed, version="2")
        fill(store, *(replace(each, programs=("IFSR",)) for each in listed), version="3")
        before = count(store, changes)
        removed = purge(K.CHANGES)[K.CHANGES]
        with store._reading() as connection:
            left = list(connection.execute(select(changes.c.entity_id)).scalars())
        assert set(left) == {"own:1"}
        assert removed + len(left) == before
        assert removed

    def test_by_default_alerts_stay_and_with_a_time_of_theirs_closed_ones_go(
        self, store: Store, open_alerts: OpenAlerts, now: datetime, later: datetime, purge: Purge
    ) -> None:
        closed, reopened, escalated, still_open = open_alerts(4)
        for alert, actions in (
            (closed, [Action.CONFIRM]),
            (reopened, [Action.CONFIRM, Action.REOPEN]),
            (escalated, [Action.ESCALATE]),
        ):
            for action in actions:
                store.judge([alert.id], Act(action, "ann"), now)
        assert K.ALERTS not in purge(K.ARTICLES)
        removed = purge(K.ALERTS, K.ARTICLES, K.DELIVERIES)
        assert (removed[K.ALERTS], removed[K.ARTICLES]) == (1, 1)
        assert {each.alert.id for each in store.alerts()} == {reopened.id, escalated.id, still_open.id}

    def test_nothing_goes_where_everything_is_kept_for_good(
        self, store: Store, open_alerts: OpenAlerts, screened: Any, article: ArticleFactory, later: datetime
    ) -> None:
        open_alerts()
        screened(article(1))
        assert not any(store.purgeable({}, later).values())
        assert [part for kind in K for part in store.purge(store.start_purge(later), kind, {}, later)] == []


class TestBeside:
    def test_an_article_on_which_an_alert_is_just_opening_stays(
        self,
        store: Store,
        open_alerts: OpenAlerts,
        screened: Any,
        article: ArticleFactory,
        later: datetime,
        backend: str,
    ) -> None:
        if backend == "sqlite":
            pytest.skip("SQLite has one writer at a time")
        open_alerts()
        one, two = screened(article(1), article(2))
        with writing(store._engine) as connection:
            # What opening an alert begins with: the mention, whose article is held by its key.
            changed = {"id": "new", "article_id": one.id}
            columns = [column.name for column in mentions.columns]
            copied = [literal(changed[name]) if name in changed else mentions.c[name] for name in columns]
            connection.execute(insert(mentions).from_select(columns, select(*copied).limit(1)))
            removed: Counter[Purgeable] = Counter()
            for part in store.purge(store.start_purge(later), K.ARTICLES, {K.ARTICLES: later}, later):
                removed += Counter(part)
            values: dict[str, Any] = {
                "entity_id": "own:1",
                "story_id": one.id,
                "article_id": one.id,
                "mention_id": "new",
            }
            values |= {"status": "open", "opened_at": later, "severity": "high"}
            connection.execute(insert(alerts).values(**values))
        assert removed == {K.ARTICLES: 1}
        with store._reading() as connection:
            left: Sequence[str] = list(connection.execute(select(articles.c.id)).scalars())
            assert one.id in left
            assert two.id not in left
            assert connection.execute(select(func.count()).select_from(alerts)).scalar_one() == 2
