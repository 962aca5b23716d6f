"""Later articles of a story join its alert, and nothing opens twice; frequent subjects are told in short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text

from tests.examples import few
from watchlist.alerts.frequent import end_of_day
from watchlist.model import (
    Alert,
    Article,
    Band,
    Entity,
    FeedFetchIntent,
    Frequent,
    GroupMember,
    ListChange,
    Mention,
    Relation,
    Scan,
    stable_id,
)
from watchlist.storage.database.connect import writing
from watchlist.storage.store import Store, open_store

HOUR = timedelta(hours=1)
TITLE = "Freighter detained in Brevik over forged papers"
DETAINED = (
    "Port police in Brevik detained the freighter Sorrel Dawn late on Sunday after inspectors found forged "
    "insurance papers and a second transponder hidden behind panels on its bridge, the harbour master said. The "
    "vessel is run by Quay Lines 1, a company that was put under sanctions last spring. Its captain refused to "
    "answer questions."
)
RETOLD = (
    "A freighter run by sanctioned Quay Lines 1 is being held in Brevik. Inspectors said the Sorrel Dawn sailed "
    "with forged insurance papers and carried a hidden transponder, according to the harbour master."
)
CHARGED = (
    "The captain of the freighter Sorrel Dawn, which Quay Lines 1 runs, was charged with carrying forged "
    "insurance papers. The harbour master of Brevik said that the man would stay with the ship and its "
    "transponder until a hearing."
)
COURT = (
    "A commercial court in Lund ordered Quay Lines 1 to pay unpaid wages to forty sailors who were left without "
    "food in Tunis two years ago. Lawyers of the crew called the ruling a relief and asked for interest on every "
    "month."
)

Tell = Callable[..., tuple[Alert, ...]]


@pytest.fixture
def listed(
    store: Store, own_list: str, entity: Callable[..., Entity], fill: Callable[..., ListChange]
) -> tuple[Entity, ...]:
    """Two entities on a list."""
    both = entity("1"), entity("2")
    fill(store, *both)
    return both


@pytest.fixture
def told(now: datetime, article: Callable[..., Article]) -> Callable[..., Article]:
    """An article with this title and text, so many hours after the first, at an outlet of its own."""

    def make(number: int, title: str, body: str, hours: float = 0.0, **changes: Any) -> Article:
        at = now + timedelta(hours=hours)
        values = {"url": f"https://outlet{number}.example/{number}", "published_at": at, "fetched_at": at}
        return article(number, body, **{"title": title, **values, **changes})

    return make


@pytest.fixture
def tell(
    store: Store,
    listed: tuple[Entity, ...],
    mention: Callable[..., Mention],
    scan: Callable[..., Scan],
    now: datetime,
) -> Tell:
    """Stores an article and what was found in it, the first entity where nothing else is said; gives new alerts."""

    feeds: dict[str, int] = {}

    def take(
        found: Article, *mentions: Mention, at: datetime = now, by: Store = store, **changes: Any
    ) -> tuple[Alert, ...]:
        outlet = (found.url or "").split("/")[2]
        if outlet not in feeds:
            feeds[outlet] = store.add_feed(f"https://{outlet}/feed.xml", outlet.split(".")[0].capitalize()).id
        when = found.fetched_at or now
        found = replace(found, feed_id=feeds[outlet])
        store.record_fetch(FeedFetchIntent(feeds[outlet], when, when, status=200, articles=(found,)))
        opened = by.record_scan(scan(found, *(mentions or (mention(found, listed[0]),)), **changes), at)
        assert opened is not None
        return opened

    return take


def test_a_copy_a_report_and_a_development_join_the_first(
    store: Store, tell: Tell, told: Callable[..., Article]
) -> None:
    (alert,) = tell(told(1, TITLE, DETAINED))
    assert tell(told(2, f"UPDATE 1-{TITLE}", f"{DETAINED} The consul came.", 1)) == ()
    assert tell(told(3, "Brevik holds freighter with forged papers", RETOLD, 2)) == ()
    assert tell(told(4, "Captain of freighter held in Brevik charged over forged papers", CHARGED, 8)) == ()
    (other,) = tell(told(5, "Court orders shipping firm to pay sailors", COURT, 3))
    story = store.alert(alert.id).story
    assert story.id == alert.story_id
    assert [(each.title[:12], each.relation) for each in story.articles] == [
        ("Freighter de", Relation.FIRST),
        ("UPDATE 1-Fre", Relation.COPY),
        ("Brevik holds", Relation.REPORT),
        ("Captain of f", Relation.DEVELOPMENT),
    ]
    assert [bool(each.reason) for each in story.articles] == [False, True, True, True]
    assert story.sources == ("Outlet1", "Outlet2", "Outlet3", "Outlet4")
    assert [each.title for each in store.alert(other.id).story.articles] == [
        "Court orders shipping firm to pay sailors"
    ]


def test_a_copy_that_names_a_new_subject_alerts_for_it(
    store: Store, tell: Tell, told: Callable[..., Article], mention: Callable[..., Mention], listed: tuple[Entity, ...]
) -> None:
    (first,) = tell(told(1, TITLE, DETAINED))
    copy = told(2, TITLE, f"{DETAINED} Quay Lines 2 owns it.", 1)
    (second,) = tell(copy, mention(copy, listed[0]), mention(copy, listed[1], score=0.8))
    assert second.entity_id == "own:2"
    assert [each.id for each in store.alert(first.id).story.articles] == [stable_id("1"), copy.id]
    assert [each.id for each in store.alert(second.id).story.articles] == [copy.id]


def test_an_article_that_joined_and_is_edited_opens_nothing(
    store: Store, tell: Tell, told: Callable[..., Article]
) -> None:
    (alert,) = tell(told(1, TITLE, DETAINED))
    joined = told(2, TITLE, DETAINED, 1)
    assert tell(joined) == ()
    assert tell(replace(joined, title="Court orders firm to pay", text=COURT)) == ()
    assert tell(told(1, "Something else", COURT)) == ()
    assert [each.relation for each in store.alert(alert.id).story.articles] == [Relation.FIRST, Relation.COPY]
    # What it says now is what later ones are compared with.
    assert tell(told(3, "Court orders shipping firm to pay", COURT, 2)) == ()


def test_a_doubtful_mention_joins_with_a_copy_and_not_with_a_report(
    store: Store, tell: Tell, told: Callable[..., Article], mention: Callable[..., Mention], listed: tuple[Entity, ...]
) -> None:
    (alert,) = tell(told(1, TITLE, DETAINED))
    for found in (told(2, TITLE, DETAINED[:250], 1), told(3, "Brevik holds freighter with papers", RETOLD, 2)):
        assert tell(found, mention(found, listed[0], band=Band.REVIEW, score=0.5)) == ()
    assert [each.id for each in store.alert(alert.id).story.articles] == [stable_id("1"), stable_id("2")]


def test_the_story_of_a_closed_alert_is_joined(store: Store, tell: Tell, told: Callable[..., Article]) -> None:
    tell(told(1, TITLE, DETAINED))
    with writing(store._engine) as connection:
        connection.execute(text("UPDATE alerts SET status = 'closed'"))
    assert tell(told(2, TITLE, DETAINED, 1)) == ()


def test_entries_of_one_subject_have_one_story(
    store: Store, tell: Tell, told: Callable[..., Article], mention: Callable[..., Mention], listed: tuple[Entity, ...]
) -> None:
    store.replace_groups([GroupMember(each.id, "g", "the same name") for each in listed])
    tell(told(1, TITLE, DETAINED))
    copy = told(2, TITLE, DETAINED, 1)
    assert tell(copy, mention(copy, listed[1])) == ()
    assert tell(
        told(3, "Report", "Quay Lines 2 sailed.", 2), mention(told(3, "Report", "Quay Lines 2 sailed.", 2), listed[1])
    )


def test_past_its_share_a_subject_is_told_in_short(
    store: Store, tell: Tell, told: Callable[..., Article], now: datetime
) -> None:
    matters = ["wages in Lund", "grain at Sfax", "a fire on deck", "a new flag"]
    opened = [
        alert
        for n, matter in enumerate(matters)
        for alert in tell(told(n, f"Line and {matter}", f"Quay Lines 1 had {matter}."), frequent=Frequent(2), at=now)
    ]
    assert [each.rolled_up for each in opened] == [False, False, True, True]
    assert [each.alert.rolled_up for each in reversed(store.alerts())] == [False, False, True, True]
    # All are in messages, those in short in one that waits for the end of the day; and the next day is another.
    gathered, at_once = store.deliveries()
    assert (at_once.alert_ids, gathered.alert_ids) == ((1, 2), (3, 4))
    assert (at_once.next_attempt_at, gathered.next_attempt_at) == (now, end_of_day(now))
    (next_day,) = tell(
        told(9, "Line and a strike", "Quay Lines 1 had a strike."), frequent=Frequent(2), at=now + 24 * HOUR
    )
    assert not next_day.rolled_up


def test_copies_are_sought_by_their_words_and_not_among_all_that_was_told_of_a_subject(
    store: Store, tell: Tell, told: Callable[..., Article]
) -> None:
    if store._engine.dialect.name != "sqlite":
        pytest.skip("plans of SQLite, which takes the first index that fits")
    asked: list[tuple[str, Any]] = []
    with patched(store._engine, asked):
        tell(told(1, TITLE, DETAINED))
        tell(told(2, f"UPDATE 1-{TITLE}", DETAINED, 1))
    sought = [each for each in asked if "story_prints" in each[0] and each[0].startswith("SELECT")]
    assert len(sought) == 2
    with store._engine.connect() as connection:
        for statement, values in sought:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = [str(row[3]) for row in plan]
            assert any("story_articles USING INDEX ix_story_articles_article_id" in step for step in steps), steps
            assert not any("ix_story_articles_entity_id_told_at" in step for step in steps), steps


@contextmanager
def patched(database: Engine, asked: list[tuple[str, Any]]) -> Iterator[None]:
    """Takes down what the database is asked."""

    def note(*call: Any) -> None:
        asked.append((call[2], call[3]))

    event.listen(database, "before_cursor_execute", note)
    yield
    event.remove(database, "before_cursor_execute", note)


def test_alerts_of_an_earlier_version_are_joined(
    store: Store, tell: Tell, told: Callable[..., Article], database: str
) -> None:
    (alert,) = tell(told(1, TITLE, DETAINED))
    with writing(store._engine) as connection:
        connection.execute(text("DELETE FROM story_signatures"))
        connection.execute(text("DELETE FROM story_prints"))
    # A process that has not looked yet.
    with closing(open_store(database)) as again:
        assert tell(told(2, TITLE, DETAINED, 30), by=again) == ()
    assert len(store.alert(alert.id).story.articles) == 2


def test_of_two_workers_with_copies_one_opens_the_alert(
    store: Store,
    listed: tuple[Entity, ...],
    feed_id: int,
    told: Callable[..., Article],
    mention: Callable[..., Mention],
    scan: Callable[..., Scan],
    now: datetime,
    database: str,
) -> None:
    copies = [told(n, TITLE, f"{DETAINED} Told by desk {n}.", n / 60) for n in range(6)]
    store.record_fetch(FeedFetchIntent(feed_id, now, now, status=200, articles=tuple(copies)))
    scans = [scan(each, mention(each, listed[0])) for each in copies]
    start = Barrier(2)
    opened: list[Alert] = []

    def work(some: list[Scan]) -> None:
        with closing(open_store(database)) as own:
            start.wait()
            for each in some:
                opened.extend(own.record_scan(each, now) or ())

    workers = [Thread(target=work, args=(scans[n::2],)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(opened) == 1
    assert len(store.alert(opened[0].id).story.articles) == 6


BODIES = (DETAINED, RETOLD, COURT, f"{COURT} The firm has thirty days.", DETAINED[:200])


@settings(max_examples=few(most=40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrivals=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(BODIES), st.integers(0, 30), st.booleans()),
        min_size=1,
        max_size=10,
    )
)
def test_whatever_comes_nothing_opens_twice_and_nothing_is_lost(
    arrivals: list[tuple[int, str, int, bool]],
    new_sqlite_database: Callable[[bool], str],
    entity: Callable[..., Entity],
    mention: Callable[..., Mention],
    now: datetime,
) -> None:
    """An article stands with an alert of each subject it names, whatever came before; an edit of it opens none."""
    from watchlist.model import ListDeclaration

    with closing(open_store(new_sqlite_database(True))) as store:
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        both = entity("1"), entity("2")
        store.apply_entities("own", both, now, lambda _: None)
        feed = store.add_feed("https://news.example/feed.xml", "News").id
        alerted: set[tuple[str, str]] = set()
        before: set[int] = set()
        for n, (number, body, hours, names_both) in enumerate(arrivals):
            at = now + timedelta(hours=hours)
            id = stable_id(str(number))
            found = Article(
                id,
                f"Title {number} {body[:30]} {n}",
                body,
                url=f"https://n{number}.example/",
                feed_id=feed,
                published_at=at,
                fetched_at=at,
            )
            store.record_fetch(FeedFetchIntent(feed, at, at, status=200, articles=(found,)))
            named = both if names_both else both[:1]
            scanned = Scan(found, tuple(mention(found, each) for each in named), id, (), 50, store.revisions())
            opened = store.record_scan(scanned, at)
            if opened is None:
                # The very words are another article's, which is this one.
                continue
            assert not alerted & {(id, alert.entity_id) for alert in opened}
            details = store.alerts()
            for each in named:
                stands = [d for d in details if d.alert.entity_id == each.id and id in {a.id for a in d.story.articles}]
                assert len(stands) == 1
                alerted.add((id, each.id))
            now_there = {detail.alert.id for detail in details}
            assert before <= now_there
            before = now_there
