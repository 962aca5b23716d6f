"""Several `watchlist run` on one PostgreSQL: they share the work, and go on when one is killed or it restarts."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from watchlist.errors import StorageError
from watchlist.model import DeliveryStatus, Entity, FeedDeclaration, ListDeclaration, Name, Schema
from watchlist.storage.database.connect import reading
from watchlist.storage.database.tables import runs
from watchlist.storage.store import Store, open_store

LISTED = Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),))
WORKERS = 3
#: Workers that are killed one after another.
KILLS = 200
#: Seconds within which anything waited for happens, on a busy machine.
PATIENCE = 400.0
#: The shortest lease there is.
LEASE = 5


def article(number: int, *, named: bool) -> tuple[str, str, str]:
    """An article with no other word that another such article has: each is a story."""
    made = random.Random(number)
    words = ["".join(made.choices("bdfgklmnprstvz", k=4)) + made.choice("aeiou") + str(number) for _ in range(12)]
    who = "Kaveron Shipping Lines" if named else "Nobody"
    return f"https://news.example/{number}", " ".join(words[:4]).title(), f"{who} {' '.join(words[4:])}."


class Crew:
    """Workers on one database, each a program of its own."""

    def __init__(self, url: str, folder: Path, web: Any, rss: Callable[..., str], smtp_port: int) -> None:
        self.store: Store = open_store(url)
        self.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        self.store.apply_entities("own", [LISTED], datetime.now(UTC), lambda _: None)
        self.web, self._rss = web, rss
        self._config = folder / "config.yaml"
        email = {"host": "127.0.0.1", "port": smtp_port, "security": "none", "sender": "watchlist@news.example"}
        settings = {
            "database": url,
            "email": {**email, "recipients": ["desk@news.example"]},
            "fetch": {"full_text": "never"},
            "matching": {"index_dir": str(folder / "index")},
            "worker": {"lease": LEASE},
        }
        self._config.write_text(json.dumps(settings))
        self.started: list[subprocess.Popen[bytes]] = []
        self.log = folder / "log"

    def start(self, *options: str) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "watchlist", "--config", str(self._config), "run", *options]
            self.started.append(subprocess.Popen(command, stdout=log, stderr=log))

    def start_all(self, count: int = WORKERS) -> None:
        for _ in range(count):
            self.start()
        self.wait(lambda: len(self.store.workers()) == count)

    def publish(self, feeds: int, named: int) -> None:
        """So many feeds at once, an article in each, of which so many name the listed company."""
        served = self._served(range(feeds), range(named))
        self.store.declare_feeds((FeedDeclaration(url=url, title=None) for url in served), datetime.now(UTC))

    def publish_more(self, feeds: range, named: range) -> None:
        """The same of these, beside what is there; workers that start later know them too."""
        for url in self._served(feeds, named):
            self.store.add_feed(url, None)

    def _served(self, feeds: range, named: range) -> list[str]:
        return [
            self.web.put(f"/{n}.xml", self._rss(article(n, named=n in named)), etag=f'"{n}"', delay=0.02) for n in feeds
        ]

    def wait(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if happened():
                    return
            except StorageError:
                # The server is just being restarted.
                pass
            time.sleep(0.2)
        pytest.fail(f"what was waited for did not happen\n{self.log.read_text()[-3000:]}")

    def is_done(self, feeds: int) -> bool:
        """Whether everything is polled, screened and told."""
        done = self.store.article_counts() == (feeds, 0) and all(
            each.last_success_at for each in self.store.watched_feeds()
        )
        return done and {each.status for each in self.store.deliveries()} == {DeliveryStatus.SENT}

    def done(self) -> int:
        """How many articles are screened; 0 while the database does not answer."""
        try:
            stored, waiting = self.store.article_counts()
        except StorageError:
            return 0
        return stored - waiting

    def polled(self) -> Counter[str]:
        """How many feeds each worker polled, as its runs tell."""
        found: Counter[str] = Counter()
        with reading(self.store._engine) as connection:
            for row in connection.execute(select(runs.c.worker_id, runs.c.counts)):
                found[row.worker_id] += row.counts.get("feeds_polled", 0)
        return found

    def assert_all_told(self, mailbox: Any, named: Iterable[int]) -> None:
        """Each article that names somebody has one alert, each is in one delivery, and was mailed recognisably."""
        alerts, deliveries = self.store.alerts(), self.store.deliveries()
        assert sorted(each.article_url or "" for each in alerts) == sorted(article(n, named=True)[0] for n in named)
        assert sorted(id for each in deliveries for id in each.alert_ids) == sorted(each.alert.id for each in alerts)
        told = {each.idempotency_key: each for each in deliveries}
        assert set(mailbox.keys) <= set(told)
        # A notice of what a worker found out meanwhile may be in the queue still.
        sent = {
            key
            for key, each in told.items()
            if each.alert_ids or (each.notice_ids and each.status is DeliveryStatus.SENT)
        }
        assert sent <= set(mailbox.keys), [told[key] for key in sent - set(mailbox.keys)]

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()
        self.store.close()


@pytest.fixture
def crew(
    new_postgresql_database: Callable[[bool], str], tmp_path: Path, web: Any, rss: Callable[..., str], smtp_port: int
) -> Iterator[Crew]:
    with closing(Crew(new_postgresql_database(True), tmp_path, web, rss, smtp_port)) as made:
        yield made


@pytest.mark.thorough
def test_three_share_the_feeds_evenly_and_poll_none_twice(crew: Crew, mailbox: Any) -> None:
    feeds, named = 120, 10
    crew.start_all()
    crew.publish(feeds, named)
    crew.wait(lambda: crew.is_done(feeds) and sum(crew.polled().values()) >= feeds)
    polled = crew.polled()
    assert sum(polled.values()) == len(crew.web.answered) == feeds
    assert len(polled) == WORKERS
    assert all(abs(n - feeds / WORKERS) <= 0.2 * feeds / WORKERS for n in polled.values()), polled
    crew.assert_all_told(mailbox, range(named))
    assert len(mailbox.keys) == len(set(mailbox.keys))
    # Told to stop, each ends well, and nobody is missed.
    for process in crew.started:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(PATIENCE) for process in crew.started] == [0] * WORKERS
    assert crew.store.workers() == ()


@pytest.mark.thorough
def test_one_is_killed_and_the_others_do_what_it_had_in_hand(crew: Crew, mailbox: Any) -> None:
    feeds, named = 40, 16
    crew.start_all(2)
    crew.publish(feeds, named)
    crew.wait(lambda: len(crew.store.alerts(limit=5)) >= 5)
    victim = crew.started[0]
    victim.kill()
    victim.wait()
    killed_at = time.monotonic()
    crew.wait(lambda: any(each.lost for each in crew.store.workers()))
    # A lease, and the sign of life of another that notices; the rest is for a busy machine.
    assert time.monotonic() - killed_at < 10 * LEASE
    crew.wait(lambda: crew.is_done(feeds))
    crew.assert_all_told(mailbox, range(named))
    lost = [each.name for each in crew.store.workers() if each.lost]
    assert lost == [f"process {victim.pid} on {os.uname().nodename}"]


@pytest.mark.crash
def test_the_server_is_restarted_in_the_middle_and_nobody_notices(
    crew: Crew, mailbox: Any, restart_postgresql: Callable[[], None]
) -> None:
    feeds, named = 120, 40
    crew.start_all()
    crew.publish(feeds, named)
    crew.wait(lambda: len(crew.store.alerts(limit=5)) >= 5)
    restart_postgresql()
    crew.wait(lambda: crew.is_done(feeds))
    crew.wait(lambda: len([each for each in crew.store.workers() if not each.lost]) == WORKERS)
    crew.assert_all_told(mailbox, range(named))
    assert [process.poll() for process in crew.started] == [None] * WORKERS


@pytest.mark.crash
@pytest.mark.timeout(7200)
def test_workers_killed_two_hundred_times_lose_nothing_and_tell_nothing_twice(
    crew: Crew, mailbox: Any, restart_postgresql: Callable[[], None]
) -> None:
    """One of three after another, at any moment, while there is always something to poll, screen and mail.

    Now and then the database goes as well.
    """
    kills, at_a_time, named = KILLS, 12, 4
    chance, published = random.Random(), 0
    crew.start_all()
    for kill in range(kills):
        # As fast as they come, so that there is some of everything in hand.
        if crew.done() > published - at_a_time:
            crew.publish_more(range(published, published + at_a_time), range(published, published + named))
            published += at_a_time
        time.sleep(chance.uniform(0, 4))
        victim = crew.started.pop(chance.randrange(WORKERS))
        victim.kill()
        # None but who is killed ends.
        assert victim.wait() == -signal.SIGKILL, crew.log.read_text()[-3000:]
        if kill % 60 == 30:
            restart_postgresql()
        crew.start()
    crew.wait(lambda: crew.is_done(published))
    crew.assert_all_told(mailbox, [n for n in range(published) if n % at_a_time < named])
    polled = Counter(path for path, _ in crew.web.answered)
    assert len(polled) == published > 10 * at_a_time
    lost = [each for each in crew.store.workers() if each.lost]
    assert len(crew.store.workers()) - len(lost) == WORKERS


@pytest.mark.thorough
def test_two_daemons_and_a_cron_on_sqlite_do_no_double_work(
    sqlite_database: str, tmp_path: Path, web: Any, rss: Callable[..., str], smtp_port: int, mailbox: Any
) -> None:
    with closing(Crew(sqlite_database, tmp_path, web, rss, smtp_port)) as crew:
        crew.store.add_feed(web.put("/0.xml", rss(article(0, named=True))), None)
        crew.start()
        crew.wait(lambda: len(crew.store.workers()) == 1)
        crew.start()
        crew.start("--once")
        # Whoever comes later is told who is at work, and does nothing.
        assert [process.wait(PATIENCE) for process in crew.started[1:]] == [75, 75]
        assert crew.log.read_text().count(f"process {crew.started[0].pid} on ") == 2
        crew.wait(lambda: crew.is_done(1))
        assert [path for path, _ in web.answered] == ["/0.xml"]
        crew.assert_all_told(mailbox, range(1))
        assert len(mailbox.keys) == len(set(mailbox.keys))


@pytest.mark.crash
def test_three_share_two_thousand_feeds(crew: Crew) -> None:
    feeds = 2000
    crew.start_all()
    crew.publish(feeds, 0)
    crew.wait(lambda: sum(crew.polled().values()) >= feeds and crew.store.article_counts() == (feeds, 0))
    polled = crew.polled()
    assert sum(polled.values()) == feeds
    assert all(abs(n - feeds / WORKERS) <= 0.2 * feeds / WORKERS for n in polled.values()), polled
