"""The program killed in the middle of its work, told to stop, or started twice: nothing is lost, nothing told twice.

Starting the program takes longer than most tests. Kills at points of a scan and a delivery are in
`tests/steps/test_killed.py`, where it is started by a fork: here they are thorough.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from watchlist.model import DeliveryStatus, Entity, ListDeclaration, Name, Schema
from watchlist.storage.database.connect import writing
from watchlist.storage.store import Store, open_store

LISTED = Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),))
#: Screened in a second or more, which is time enough to be killed in.
MANY = 60
#: Seconds within which anything waited for happens, on a busy machine.
PATIENCE = 300.0


def naming(number: int) -> tuple[str, str, str]:
    """An article that names the listed company, with no other word that another such article has: each is a story."""
    made = random.Random(number)
    words = ["".join(made.choices("bdfgklmnprstvz", k=4)) + made.choice("aeiou") + str(number) for _ in range(12)]
    return (
        f"https://news.example/{number}",
        " ".join(words[:4]).title(),
        f"Kaveron Shipping Lines {' '.join(words[4:])}.",
    )


class World:
    """A configured database, with loopback servers around it, and the program to run on them."""

    def __init__(self, folder: Path, web: Any, rss: Callable[..., str], smtp_port: int) -> None:
        self.config = folder / "config.yaml"
        self.web, self._rss = web, rss
        self.store = open_store(f"sqlite:///{folder / 'watchlist.db'}")
        self.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        self.store.apply_entities("own", [LISTED], datetime.now(UTC), lambda _: None)
        self.feeds: list[str] = []
        self._email = {
            "host": "127.0.0.1",
            "port": smtp_port,
            "security": "none",
            "sender": "watchlist@news.example",
            "recipients": ["desk@news.example"],
        }
        self._started: list[subprocess.Popen[str]] = []

    def feed(self, path: str, *articles: tuple[str, str, str], **options: Any) -> None:
        """Declare a feed of these articles."""
        self.feeds.append(self.web.put(path, self._rss(*articles), **options))

    def start(self, *options: str) -> subprocess.Popen[str]:
        """Start `watchlist run`."""
        self.config.write_text(json.dumps({"feeds": self.feeds, "email": self._email, "fetch": {"full_text": "never"}}))
        process = subprocess.Popen(
            [sys.executable, "-m", "watchlist", "--config", str(self.config), "run", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def once(self) -> tuple[int, str, str]:
        """Run once to the end; gives exit code, output and errors."""
        process = self.start("--once")
        output, errors = process.communicate(timeout=PATIENCE)
        return process.returncode, output, errors

    def kill(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL, "it had ended before it was killed"

    def leases_run_out(self) -> None:
        """As if the time of a lease had passed."""
        with writing(self.store._engine) as connection:
            connection.execute(text("UPDATE deliveries SET lease_until = '2000-01-01' WHERE lease_until IS NOT NULL"))

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.store.close()


@pytest.fixture
def world(tmp_path: Path, web: Any, rss: Callable[..., str], smtp_port: int) -> Iterator[World]:
    with closing(World(tmp_path, web, rss, smtp_port)) as made:
        yield made


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        assert process.poll() is None or happened(), process.communicate()
        time.sleep(0.02)


def assert_all_told(store: Store, mailbox: Any, articles: int) -> None:
    """Each article has one alert, each alert is in exactly one delivery, each delivery was mailed at least once."""
    alerts = store.alerts()
    assert sorted(each.article_url or "" for each in alerts) == sorted(naming(n)[0] for n in range(articles))
    deliveries = store.deliveries()
    assert sorted(id for each in deliveries for id in each.alert_ids) == sorted(each.alert.id for each in alerts)
    assert {each.status for each in deliveries} == {DeliveryStatus.SENT}
    assert set(mailbox.keys) == {each.idempotency_key for each in deliveries}


@pytest.mark.thorough
def test_killed_while_it_polls_it_keeps_what_it_has_and_fetches_the_rest(world: World, mailbox: Any) -> None:
    world.feed("/quick.xml", naming(0))
    world.feed("/slow.xml", naming(1), delay=60)
    process = world.start("--once")
    wait_for(lambda: world.store.article_counts() == (1, 1), process)
    world.kill(process)
    assert world.store.alerts() == ()
    world.web.pages["/slow.xml"].delay = 0
    assert world.once()[0] == 0
    assert_all_told(world.store, mailbox, 2)
    assert len(mailbox.keys) == 1


@pytest.mark.thorough
def test_killed_in_the_middle_of_a_scan_it_goes_on_where_it_stopped(world: World, mailbox: Any) -> None:
    world.feed("/feed.xml", *(naming(n) for n in range(MANY)))
    process = world.start("--once")
    wait_for(lambda: len(world.store.alerts(limit=20)) >= 20, process)
    world.kill(process)
    stored, waiting = world.store.article_counts()
    assert stored == MANY
    assert 0 < waiting < MANY
    assert mailbox.keys == []
    # What is scanned has its alert and its place in the outbox, what is not has neither.
    assert len(world.store.alerts()) == MANY - waiting
    assert sum(len(each.alert_ids) for each in world.store.deliveries()) == MANY - waiting
    assert world.once()[0] == 0
    assert_all_told(world.store, mailbox, MANY)
    assert len(mailbox.keys) == len(set(mailbox.keys))


@pytest.mark.thorough
def test_killed_while_the_mail_server_holds_its_answer_it_sends_again_under_the_same_message_id(
    world: World, mailbox: Any
) -> None:
    world.feed("/feed.xml", naming(0), naming(1))
    mailbox.answer_now.clear()
    process = world.start("--once")
    wait_for(mailbox.arrived.is_set, process)
    world.kill(process)
    mailbox.answer_now.set()
    (delivery,) = world.store.deliveries()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.SENDING, 1)
    # The lease still holds: for all the next run can know, the first is at it.
    assert world.once()[:2] == (0, "")
    assert len(mailbox.keys) == 1
    world.leases_run_out()
    assert world.once()[:2] == (0, "")
    assert mailbox.keys == [delivery.idempotency_key] * 2
    assert_all_told(world.store, mailbox, 2)
    assert world.once()[:2] == (0, "")
    assert len(mailbox.keys) == 2


@pytest.mark.thorough
def test_killed_again_and_again_at_any_moment_it_loses_nothing_and_tells_nothing_twice(
    world: World, mailbox: Any
) -> None:
    world.feed("/feed.xml", *(naming(n) for n in range(MANY)))
    for delay in (0.02, 0.5):
        before = [run.id for run in world.store.last_runs(1)]
        process = world.start("--once")
        wait_for(lambda before=before: [run.id for run in world.store.last_runs(1)] != before, process)
        time.sleep(delay)
        process.kill()
        process.communicate()
        world.leases_run_out()
    assert world.once()[0] == 0
    assert_all_told(world.store, mailbox, MANY)


@pytest.mark.thorough
def test_told_to_stop_it_finishes_the_message_in_hand_and_exits_well(world: World, mailbox: Any) -> None:
    world.feed("/feed.xml", naming(0))
    mailbox.answer_now.clear()
    process = world.start()
    wait_for(mailbox.arrived.is_set, process)
    process.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.3)
    mailbox.answer_now.set()
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert "ALERT" in output
    assert_all_told(world.store, mailbox, 1)
    assert world.store.last_runs(1)[0].finished_at is not None


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_while_idle_the_daemon_ends_well(world: World, mailbox: Any, number: signal.Signals) -> None:
    stop_while_idle(world, number)
    assert_all_told(world.store, mailbox, 1)


@pytest.mark.timing
def test_told_to_stop_while_idle_the_daemon_ends_at_once(world: World) -> None:
    assert stop_while_idle(world, signal.SIGTERM) < 5


def stop_while_idle(world: World, number: signal.Signals) -> float:
    """Seconds from the signal to the end of the daemon."""
    world.feed("/feed.xml", naming(0))
    process = world.start()
    wait_for(lambda: any(run.finished_at for run in world.store.last_runs(1)), process)
    told = time.monotonic()
    process.send_signal(number)
    assert process.communicate(timeout=PATIENCE)[1] == ""
    assert process.returncode == 0
    return time.monotonic() - told


@pytest.mark.thorough
def test_told_to_stop_in_the_middle_of_a_scan_it_leaves_the_rest_to_the_next_run(world: World, mailbox: Any) -> None:
    world.feed("/feed.xml", *(naming(n) for n in range(MANY)))
    process = world.start("--once")
    wait_for(lambda: len(world.store.alerts(limit=10)) >= 10, process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert 0 < world.store.article_counts()[1] < MANY
    assert world.once()[0] == 0
    assert_all_told(world.store, mailbox, MANY)


@pytest.mark.thorough
def test_of_two_at_once_the_second_gives_way(world: World, mailbox: Any) -> None:
    world.feed("/feed.xml", naming(0))
    mailbox.answer_now.clear()
    first = world.start("--once")
    wait_for(mailbox.arrived.is_set, first)
    code, output, errors = world.once()
    assert (code, output) == (75, "")
    assert "another run is at work on this database" in errors
    mailbox.answer_now.set()
    first.communicate(timeout=PATIENCE)
    assert first.returncode == 0
    assert_all_told(world.store, mailbox, 1)
    assert len(mailbox.keys) == 1
