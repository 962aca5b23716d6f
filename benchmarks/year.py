"""Does a year of runs lose an alert, or anything grow without end?

    python -m benchmarks.year [--days 365] [--hours 6]

Fifty feeds live through a year by a clock that is moved on, with a whole run every few hours: feeds fail, are damaged,
fall silent, move and vanish; an own list gains names that are looked back for; mail is down for a day, a week, a month;
the machine sleeps for two days, and its clock is wrong for one run. Nothing is fetched and nothing mailed: documents
are read in this process, and a channel that fails when it is to keeps the messages. What is older than a month goes.

Wanted: what ``check`` says. The tests take it as it is, with `make crash`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select

from benchmarks.month import InProcess
from watchlist.config import Config
from watchlist.errors import DeliveryError, FeedFetchError
from watchlist.feeds import poll as polling
from watchlist.feeds.fetch import FeedUnchanged, FetchedFeed
from watchlist.feeds.schedule import is_due
from watchlist.http.inflate import Packed
from watchlist.model import (
    AlertStatus,
    DeliveryStatus,
    Entity,
    FeedForFetch,
    IntakeOptions,
    ListDeclaration,
    Name,
    Schema,
)
from watchlist.pipeline import run
from watchlist.ports import Message
from watchlist.steps.at_work import at_work
from watchlist.steps.health.standing import present_faults
from watchlist.steps.parts import Parts
from watchlist.storage.database.connect import reading
from watchlist.storage.database.tables import alerts, articles, deliveries, delivery_alerts, story_articles
from watchlist.storage.store import Store, open_store

START = datetime(2025, 1, 1, 6, 0, tzinfo=UTC)
FEEDS = 50
#: A feed shows its last entries only.
SHOWN = 40
#: An article of so many names somebody.
NAMING = 60
#: Who is on the list from which day on.
LISTED: tuple[tuple[int, str], ...] = (
    (0, "KAVERON SHIPPING LINES"),
    (20, "ORLUNDA TRADING HOUSE"),
    (130, "BRONTEX MINING COMPANY"),
    (260, "TALVERRA STEEL HOLDINGS"),
)
#: From which to which day mail is down: for an hour or so, for three days, for longer than messages are tried.
DOWN = ((15.0, 15.2), (60.0, 63.0), (200.0, 231.0))
#: When the machine sleeps for two days, and when its clock is wrong for one run, and by how much.
ASLEEP, SLEEP = 90, timedelta(days=2)
WRONG, ERROR = 240, timedelta(days=400)
#: From which day on a feed is gone for good, and one silent.
GONE, SILENT = 100, 150.0
KEPT = "30d"


@dataclass(slots=True)
class Mail:
    """A channel that takes messages unless it is down."""

    year: Year
    channel: str = "mail"
    recipients: tuple[str, ...] = ("desk@news.example",)
    #: How often each message was handed over, by its key; and the alerts that were told, in them or as missed.
    keys: Counter[str] = field(default_factory=Counter)
    told: set[int] = field(default_factory=set)

    def send(self, message: Message, said: object = None) -> str | None:
        """Take a message."""
        if any(first <= self.year.day < last for first, last in DOWN):
            raise DeliveryError(self.channel, "no answer", blame="channel")
        self.keys[message.idempotency_key] += 1
        self.told.update(each.alert.id for each in message.alerts)
        return "taken"

    def preview(self, message: Message) -> str:
        """Nothing is shown."""
        return ""


class Year:
    """Feeds that publish and fail by the clock."""

    def __init__(self) -> None:
        self.now = START
        self.error = timedelta(0)
        #: The addresses of the articles that name somebody and were shown to a poll.
        self.named: set[str] = set()

    @property
    def day(self) -> float:
        """How many days have passed."""
        return (self.now - START) / timedelta(days=1)

    def clock(self) -> datetime:
        """What the machine's clock says."""
        return self.now + self.error

    @contextmanager
    def instead_of_the_net(self) -> Iterator[None]:
        """In the block, feeds are fetched from here, and read in this process."""
        with patch.object(polling, "fetch", self.fetch), patch.object(polling, "Sandbox", InProcess):
            yield

    def fetch(self, feed: FeedForFetch, *_: object, **__: object) -> FetchedFeed | FeedUnchanged:
        """What a feed answers now."""
        number, day = int(feed.url.rsplit("/", 1)[1]), self.day
        address = feed.moved_to or feed.url
        if number % 10 == 0 and 30 * (number // 10 + 1) <= day < 30 * (number // 10 + 1) + 10:
            raise FeedFetchError(address, "answered 500 Internal Server Error", status=500)
        if number == 7 and day >= GONE:
            raise FeedFetchError(address, "answered 410 Gone", status=410, permanent=True)
        # Half of them publish twice a day, one stops.
        count = int(min(day, SILENT if number == 3 else day) * (1 + number % 2)) + 1
        if feed.etag == str(count):
            return FeedUnchanged()
        body = self.document(number, count)
        if number % 9 == 1 and int(day) % 20 == 0:
            body = body[: len(body) // 2]
        else:
            self.named.update(_url(number, n) for n in _shown(count) if _who(number, n) is not None)
        moved = f"https://new.example/{number}" if number == 5 and day >= 50 and feed.moved_to is None else None
        return FetchedFeed(address, 200, "application/feed+json", Packed(body, ""), str(count), None, None, moved)

    def document(self, number: int, count: int) -> bytes:
        """A feed that has had so many entries."""
        items = [
            {
                "id": _url(number, n),
                "url": _url(number, n),
                "title": _words(number, n, 5).title(),
                "summary": f"{(_who(number, n) or 'Nobody').title()} {_words(number, n, 30)}.",
                "date_published": (START + timedelta(days=n / (1 + number % 2))).isoformat(),
            }
            for n in _shown(count)
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"News {number}", "items": items}
        return json.dumps(feed).encode()


def _shown(count: int) -> range:
    return range(max(0, count - SHOWN), count)


def _url(number: int, entry: int) -> str:
    return f"https://news{number}.example/{number}/{entry}"


def _who(number: int, entry: int) -> str | None:
    """Whom an article names, if anybody."""
    place = number * 31 + entry
    return LISTED[place // NAMING % len(LISTED)][1] if place % NAMING == 0 else None


def _words(number: int, entry: int, count: int) -> str:
    """Words that no other article has: each is a story of its own."""
    made = random.Random(number * 10_000 + entry)
    return " ".join("".join(made.choices("bdfgklmnprstvz", k=5)) + made.choice("aeiou") + "rel" for _ in range(count))


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process and its files take at one time."""

    memory: float
    handles: int
    database: int
    files: int


def sample(store: Store, folder: Path) -> Sample:
    """What is taken now, in MB, and in handles and files."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    memory = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    return Sample(memory, sum(1 for _ in Path("/proc/self/fd").iterdir()), store.size(), files)


def live(year: Year, parts: Parts, store: Store, days: int, step: timedelta, folder: Path) -> list[Sample]:
    """Run through the year; gives a sample of each tenth of it."""
    samples: list[Sample] = []
    waiting, slept = list(LISTED), False
    store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    for number in range(FEEDS):
        store.add_feed(f"https://news{number}.example/{number}", None)
    with year.instead_of_the_net(), at_work(parts):
        while year.day < days:
            while waiting and waiting[0][0] <= year.day:
                waiting.pop(0)
                _list(store, [name for day, name in LISTED if day <= year.day], year.clock())
            year.error = ERROR if WRONG <= year.day < WRONG + step / timedelta(days=1) else timedelta(0)
            run(parts, is_due)
            year.now += step
            if not slept and year.day >= ASLEEP:
                slept, year.now = True, year.now + SLEEP
            if year.day >= days * (len(samples) + 1) / 10:
                samples.append(sample(store, folder))
    return samples


def _list(store: Store, names: list[str], now: datetime) -> None:
    listed = [Entity("own", str(n), Schema.COMPANY, (Name(name),)) for n, name in enumerate(names)]
    store.apply_entities("own", listed, now, lambda _: None, IntakeOptions(look_back=timedelta(days=20)))


def check(year: Year, parts: Parts, store: Store, mail: Mail, samples: list[Sample]) -> None:
    """Hold what is stored, told and taken against what it should be."""
    with reading(store._engine) as connection:  # noqa: SLF001

        def count(of: Any, *where: Any) -> int:
            return int(connection.execute(select(func.count()).select_from(of).where(*where)).scalar_one())

        # Every alert is told: in a message that was taken, or in one that said what never came.
        sent = select(delivery_alerts.c.alert_id).join(deliveries, deliveries.c.id == delivery_alerts.c.delivery_id)
        taken = sent.where((deliveries.c.status == DeliveryStatus.SENT) | deliveries.c.told_at.is_not(None))
        assert count(alerts, alerts.c.id.not_in(taken)) == 0
        # Figures are what there is.
        assert store.article_counts() == (count(articles), count(articles, articles.c.scanned_at.is_(None)))
        assert store.article_counts()[1] == 0
        assert store.alert_counts() == {AlertStatus.OPEN: count(alerts)}
        assert sum(store.delivery_counts().values()) == count(deliveries)
        assert sum(each.article_count for each in store.watched_feeds()) == count(articles)
        told = select(articles.c.url).join(story_articles, story_articles.c.article_id == articles.c.id)
        found = set(connection.execute(told).scalars())
    # Who was named while listed, or at most the time of a look-back before, has an alert.
    missing = {url for url in _expected(year) if url not in found}
    assert not missing, sorted(missing)[:5]
    assert store.untold_alerts() == 0
    assert max(mail.keys.values()) == 1
    # What is wrong at the end is what is wrong in this world: one is gone, one is silent, and what mail was down for
    # longer than it is tried waits for somebody to send it.
    lasting = [fault.fault.text for fault in present_faults(parts, year.clock()) if fault.fault.lasting]
    world = (("gone for good", GONE), ("silent for", SILENT + 15), ("could not be told", DOWN[-1][0] + 10))
    wanted = {words for words, day in world if year.day > day}
    assert {words for words in wanted if any(words in text for text in lasting)} == wanted, lasting
    assert len(lasting) == len(wanted), lasting
    # Nothing grows: from the time on when what is old goes.
    early, late = samples[2:5], samples[-3:]
    assert max(each.handles for each in late) <= max(each.handles for each in early) + 3
    assert max(each.memory for each in late) <= 1.15 * max(each.memory for each in early) + 10
    assert max(each.files for each in late) <= max(each.files for each in early) + 3


def _expected(year: Year) -> set[str]:
    """The articles that name somebody who was listed by then."""
    since = {name: day for day, name in LISTED}
    expected = set()
    for url in year.named:
        number, entry = map(int, url.rsplit("/", 2)[1:])
        name = _who(number, entry)
        day = entry / (1 + number % 2)
        if name is not None and day >= since[name] - 10 and since[name] <= year.day:
            expected.add(url)
    return expected


def live_and_check(days: int, step: timedelta, folder: Path) -> tuple[Mail, list[Sample]]:
    """A year in a folder; raises AssertionError where a rule is broken."""
    year = Year()
    mail = Mail(year)
    settings = {
        "alerts": {"fresh": "30d", "look_back": "20d", "frequent": {"per_day": 1000}},
        "fetch": {"full_text": "never"},
        "retention": {"articles": KEPT, "screenings": KEPT, "polls": KEPT, "notices": KEPT, "deliveries": KEPT},
    }
    with closing(open_store(f"sqlite:///{folder}/year.db")) as store:
        parts = Parts(Config.model_validate(settings), store, {"mail": mail}, folder / "index", year.clock, Event())
        samples = live(year, parts, store, days, step, folder)
        check(year, parts, store, mail, samples)
    return mail, samples


def main() -> None:
    """Live through it, check, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--hours", type=float, default=6.0)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        mail, samples = live_and_check(options.days, timedelta(hours=options.hours), Path(folder))
    print(f"{len(mail.told):,} alerts were told in {len(mail.keys):,} messages")
    for each in samples:
        print(
            f"{each.memory:6.0f} MB of memory, {each.handles:3} handles,"
            f" {each.database / 1e6:6.1f} MB in the database, {each.files:3} files"
        )


if __name__ == "__main__":
    main()
