"""Feeds made to keep the program busy, with two honest ones in the same run: those are screened and told on time."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.scripted_server import ScriptedServer, serving
from watchlist.app import make_app
from watchlist.config import FetchConfig
from watchlist.delivery.transports import full_config
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.feeds.schedule import may_ask
from watchlist.model import Entity, FeedFetchIntent, FeedForFetch, ListDeclaration, Name, Schema
from watchlist.pipeline import run
from watchlist.steps.parts import Parts

Rss = Callable[..., str]

LISTED = (
    Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
    Entity("own", "2", Schema.PERSON, (Name("MARROVSKY, Ilya Petrovich"),)),
)
ONE = ("https://news.example/1", "Voyages suspended", "Kaveron Shipping Lines suspended its voyages on Monday.")
TWO = ("https://paper.example/2", "Talks", "Ilya Petrovich Marrovsky suspended his talks on Monday.")
ITEM = "<item><title>x</title></item>"


def feed_of(inside: str, before: str = "", after: str = "") -> bytes:
    return f"{before}<rss version='2.0'><channel><title>T</title>{inside}</channel></rss>{after}".encode()


def same_guid(count: int) -> bytes:
    return feed_of("".join(f"<item><guid>g</guid><title>Title {n} of many</title></item>" for n in range(count)))


def same_link(count: int) -> bytes:
    link = "<link>https://x.example/story</link>"
    return feed_of("".join(f"<item>{link}<guid>{n}</guid><title>Title {n}</title></item>" for n in range(count)))


#: What a hostile feed sends, by how much of it.
ATTACKS: dict[str, Callable[[int], bytes]] = {
    "gzip members": lambda count: gzip.compress(b"") * count + gzip.compress(feed_of(ITEM)),
    "comments before": lambda count: feed_of(ITEM, before="<!-- a -->" * count),
    "comments after": lambda count: feed_of(ITEM, after="<!-- a -->" * count + "<"),
    "instructions": lambda count: feed_of(ITEM, before="<?a b?>" * count),
    "comments in a page": lambda count: b"<!-- wp:paragraph -->" * count + b"<p>no feed",
    "comments in text": lambda count: feed_of(
        "<item><title>x</title><description><![CDATA["
        + "<!-- wp:paragraph --><p>a</p>" * count
        + "]]></description></item>"
    ),
    "open comments": lambda count: feed_of(
        f"<item><title>x</title><description>{'&lt;!-- ' * count}</description></item>"
    ),
    "nesting": lambda count: feed_of(f"<item><title>x</title><description>{'<b>' * count}</description></item>"),
    "nested items": lambda count: feed_of("<item><title>x</title>" * min(count, 2000)),
    "pictures": lambda count: feed_of("<image " * count + ITEM),
    "open pictures": lambda count: feed_of(f"<item><title>x</title>{'<image><title>y</title>' * count}</item>"),
    "attributes": lambda count: feed_of(f"<item {' '.join(f'a{n}=1' for n in range(count))}><title>x</title></item>"),
    "entries": lambda count: feed_of(ITEM * count),
    "one guid": same_guid,
    "one link": same_link,
    "deep elements": lambda count: feed_of("<a>" * count + ITEM),
    "deep lists": lambda count: feed_of(
        f"<item><title>x</title><description>{'&lt;ul>&lt;li>' * count}</description></item>"
    ),
    "namespaces": lambda count: feed_of(
        "<item " + " ".join(f"xmlns:a{n}='urn:{n}'" for n in range(count)) + "><title>x</title></item>"
    ),
    "sections": lambda count: feed_of(f"<item><title>{'<![CDATA[a]]>' * count}</title></item>"),
    "unknown entities": lambda count: feed_of(f"<item><title>x{'&bogus;' * count}</title></item>"),
    "declared entities": lambda count: (
        b"<!DOCTYPE rss [" + b"".join(b"<!ENTITY e%d 'x'>" % n for n in range(count)) + b"]>" + feed_of(ITEM)
    ),
    "lists in JSON": lambda count: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * count,
    "objects in JSON": lambda count: b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b'{"a":' * count,
    "marks on a letter": lambda count: feed_of(f"<item><title>x{chr(0x301) * count}</title></item>"),
    "categories": lambda count: feed_of("<item><title>x</title>" + "<category>a b c</category>" * count + "</item>"),
}
#: What grows with the square of its length takes seconds at the last of these, and is not yet left for it.
SIZES = [24, 1_000, 10_000]
#: Far more than that, of what costs little to send.
FAR_MORE = {
    "gzip members": 400_000,
    "comments before": 400_000,
    "nesting": 100_000,
    "attributes": 400_000,
    "open pictures": 400_000,
}
#: The plain suite takes the one that is refused for its parts; to be left for the time it takes, one has to take it.
PLAIN_ONE = "gzip members"
#: Those that take seconds, being read to the end: of entries "nested items" is one as well, and of pictures "pictures".
DEAR = ("one link", "one guid", "entries", "open pictures", "namespaces")


@pytest.fixture
def server(lent_readers: None) -> Iterator[ScriptedServer]:
    with serving() as server:
        yield server


#: Seconds after which a document is left: enough for a good one on a busy machine.
LEFT_AFTER = 15.0


def polled(urls: list[str], deadline: float = LEFT_AFTER) -> dict[int, FeedFetchIntent]:
    feeds = [FeedForFetch(number, url) for number, url in enumerate(urls)]
    options = PollOptions(FetchConfig(deadline=60, concurrency=4), parse_deadline=deadline)
    return {intent.feed_id: intent for intent in poll_all(feeds, lambda: datetime(2026, 3, 1, tzinfo=UTC), options)}


@pytest.mark.parametrize(
    "attack", [pytest.param(each, marks=pytest.mark.thorough) if each in DEAR else each for each in ATTACKS]
)
def test_what_a_feed_sends_costs_this_process_next_to_nothing(server: ScriptedServer, rss: Rss, attack: str) -> None:
    """Unpacking and reading happen where they can be stopped; what is left to do here grows with the entries alone."""
    hostile = [server.answer(f"/{count}", ATTACKS[attack](count), content_encoding="gzip") for count in SIZES]
    good = [server.answer("/one", rss(ONE)), server.answer("/two", rss(TWO))]
    started = time.process_time()
    intents = polled([*hostile, *good])
    assert time.process_time() - started < 10
    assert [intents[len(hostile) + n].articles[0].title for n in (0, 1)] == ["Voyages suspended", "Talks"]
    # Small ones of any kind are read, or refused for what they are; none is lost to the deadline.
    assert "took more" not in (intents[0].error or "")
    assert set(intents) == set(range(len(hostile) + len(good)))


@pytest.mark.parametrize(
    "attack",
    [each if each == PLAIN_ONE else pytest.param(each, marks=pytest.mark.thorough) for each in FAR_MORE],
)
def test_far_more_is_read_or_left_for_a_reason_in_bounded_time(server: ScriptedServer, rss: Rss, attack: str) -> None:
    body = ATTACKS[attack](FAR_MORE[attack])
    good = [server.answer("/one", rss(ONE)), server.answer("/two", rss(TWO))]
    started = time.process_time()
    intents = polled([server.answer("/f", body[:9_000_000], content_encoding="gzip"), *good])
    assert time.process_time() - started < 5
    assert [intents[n].articles[0].title for n in (1, 2)] == ["Voyages suspended", "Talks"]
    known = ("is packed in more than 10,000 parts", f"took more than {LEFT_AFTER:g} s to read")
    assert intents[0].articles or (intents[0].error or "").startswith(known), intents[0].error


@pytest.mark.parametrize("attack", ["gzip members", "comments before", "comments in a page", "comments in text"])
def test_what_is_only_much_is_read_in_time(server: ScriptedServer, attack: str) -> None:
    """What took minutes or for ever, and has nothing else wrong with it, is read."""
    count = 9_000 if attack == "gzip members" else 60_000
    (intent,) = polled([server.answer("/f", ATTACKS[attack](count), content_encoding="gzip")], 300).values()
    assert intent.error in (None, "neither RSS, Atom nor JSON Feed")
    assert intent.articles or attack == "comments in a page"


def test_bodies_in_crumbs_are_left(server: ScriptedServer) -> None:
    def crumbs(request: Any, connection: Any) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(200):
            if not connection.send(b"1\r\n \r\n" * 1000):
                return

    (intent,) = polled([server.script("/f", crumbs)]).values()
    assert intent.error == "comes in more than 10,000 pieces of hardly any bytes"


@pytest.fixture
def parts(sqlite_database: str, smtp_port: int) -> Iterator[Parts]:
    email = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    people = {"sender": "watchlist@news.example", "recipients": ["desk@news.example"]}
    config = full_config().model_validate(
        {"database": {"url": sqlite_database}, "fetch": {"deadline": 120}, "email": email | people}
    )
    made = make_app(config, declares=True)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    made.store.apply_entities("own", LISTED, datetime.now(UTC), lambda _: None)
    yield made
    made.store.close()


def test_alerts_are_told_while_a_feed_is_still_slow(parts: Parts, web: Any, rss: Rss, mailbox: Any) -> None:
    told_before_its_end = []

    def slow(request: Any, connection: Any) -> None:
        told_before_its_end.append(mailbox.arrived.wait(100))
        connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    with serving() as server:
        parts.store.add_feed(server.script("/slow", slow), "slow")
        parts.store.add_feed(web.put("/one.xml", rss(ONE)), "one")
        parts.store.add_feed(web.put("/two.xml", rss(TWO)), "two")
        report = run(parts, may_ask)
    assert told_before_its_end == [True]
    assert report.errors == [f"feed {server.url}/slow: answered 404 Not Found"]
    assert sorted(alert.entity_id for alert in report.alerts) == ["own:1", "own:2"]
    # In one mail, and not a second time at the end of the run.
    assert len(mailbox.messages) == 1


def test_documents_that_take_for_ever_hold_up_no_others(rss: Rss) -> None:
    attributes = " ".join(f"a{number}=''" for number in range(60_000))
    bomb = feed_of(f"<item><title {attributes}>x</title></item>")
    with serving() as server:
        urls = [server.answer("/slow", bomb)]
        urls += [server.answer("/one", rss(ONE)), server.answer("/two", rss(TWO))]
        feeds = [FeedForFetch(number, url) for number, url in enumerate(urls)]
        options = PollOptions(FetchConfig(deadline=60, concurrency=3), parse_deadline=300)
        intents = poll_all(feeds, lambda: datetime(2026, 3, 1, tzinfo=UTC), options)
        assert {next(intents).feed_id, next(intents).feed_id} == {1, 2}
        intents.close()
