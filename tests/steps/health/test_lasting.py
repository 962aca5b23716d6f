"""What goes wrong for long: names dead, the mail server dead for a month, a list's host that answers HTML for a week.

The last good state stays in force, it is told once and in the words of docs/operations.md, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from watchlist.config import Config
from watchlist.errors import DeliveryError
from watchlist.feeds.schedule import is_due
from watchlist.model import Article, DeliveryStatus, ListDeclaration, NoticeKind, stable_id
from watchlist.pipeline import run
from watchlist.ports import Message
from watchlist.steps.health.standing import present_faults
from watchlist.steps.parts import Parts, RunReport
from watchlist.storage.store import Store, open_store

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MESSAGES = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")
FIVE = [(str(n), f"GREY GULL LINES {n}") for n in range(5)]


@dataclass
class Mail:
    """A channel that can be down."""

    channel: str = "mail"
    recipients: tuple[str, ...] = ("desk@news.example",)
    down: bool = False
    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message, said: object = None) -> str | None:
        if self.down:
            raise DeliveryError("mail", "mail.news.example: no answer", blame="channel")
        self.messages.append(message)
        return None

    def preview(self, message: Message) -> str:
        return ""


class World:
    """Runs by a clock that is moved on."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.mail, self.now = store, Mail(), START
        config = Config.model_validate({"fetch": {"full_text": "never", "deadline": 20, "list_deadline": 20}})
        self.parts = Parts(config, store, {"mail": self.mail}, folder / "index", lambda: self.now, Event())

    def run(self) -> RunReport:
        return run(self.parts, is_due)

    def live(self, days: float, step: timedelta) -> None:
        """Run now and then for so long."""
        until = self.now + timedelta(days=days)
        while self.now < until:
            self.run()
            self.now += step

    def article(self, number: int) -> None:
        told = f"Grey Gull Lines {number % 5} sailed from {number} to nowhere, said officer {number}."
        made = Article(stable_id(f"a{number}"), f"Matter {number}", told, f"https://a.example/{number}")
        self.store.keep_articles([Article(made.id, made.title, made.text, made.url, fetched_at=self.now)])

    def faults(self) -> list[str]:
        return [each.fault.text for each in present_faults(self.parts, self.now)]

    def told(self, kind: NoticeKind) -> list[str]:
        return [each.text for message in self.mail.messages for each in message.notices if each.kind is kind]


@pytest.fixture
def world(sqlite_database: str, tmp_path: Path) -> Iterator[World]:
    with closing(open_store(sqlite_database)) as store:
        yield World(store, tmp_path)


@pytest.fixture
def listed(world: World, web: Any, sdn_list: Callable[..., str]) -> Callable[[], None]:
    """A list from the loopback server; gives what has it answer with the list again."""

    def good() -> None:
        web.put("/sdn.xml", sdn_list(*FIVE, published=f"{world.now:%m/%d/%Y}"), etag=f'"{world.now}"')

    good()
    world.store.declare_lists([ListDeclaration("us_ofac_sdn", "SDN", f"{web.url}/sdn.xml")], world.now)
    world.run()
    assert len(list(world.store.live_entities("us_ofac_sdn"))) == 5
    return good


def in_pages(words: str) -> bool:
    """Whether the table of messages has these words."""
    return words in MESSAGES


def test_a_list_host_that_answers_html_for_a_week(world: World, web: Any, listed: Callable[[], None]) -> None:
    web.put("/sdn.xml", "<html><head><title>Under maintenance</title></head><body>Back soon.</body></html>")
    world.now += timedelta(hours=5)
    world.live(7, timedelta(hours=14))
    assert len(list(world.store.live_entities("us_ofac_sdn"))) == 5
    (fault,) = [each for each in world.faults() if each.startswith("list us_ofac_sdn")]
    words = "is an HTML page, most likely an error page of the server"
    assert words in fault
    assert in_pages(words)
    assert ": stale, last good check" in fault
    (told,) = world.told(NoticeKind.FAULT)
    assert told.startswith("list us_ofac_sdn: stale")
    # It is watched for meanwhile, and told when it is over.
    world.article(1)
    world.run()
    assert [len(message.alerts) for message in world.mail.messages if message.alerts] == [1]
    listed()
    world.live(1, timedelta(hours=8))
    assert world.told(NoticeKind.RECOVERY) == [told] or len(world.told(NoticeKind.RECOVERY)) == 1
    assert not [each for each in world.faults() if each.startswith("list")]


def test_a_mail_server_that_is_dead_for_a_month(world: World, listed: Callable[[], None]) -> None:
    world.article(1)
    world.mail.down = True
    world.live(1, timedelta(hours=8))
    assert any("takes nothing since" in each for each in world.faults())
    world.live(30, timedelta(days=2))
    parked = [each for each in world.store.deliveries() if each.status is DeliveryStatus.FAILED]
    assert sum(len(each.alert_ids) for each in parked) == 1
    assert any("could not be told" in each for each in world.faults())
    assert in_pages("takes nothing since")
    assert in_pages("could not be told")
    assert len(world.mail.messages) == 0
    world.mail.down = False
    world.article(2)
    world.live(1, timedelta(hours=8))
    # What comes is told, and what never came with it.
    missed = [message.missed for message in world.mail.messages if message.missed]
    assert [each.count for each in missed] == [1]
    assert {alert.alert.id for message in world.mail.messages for alert in message.alerts} == {2}
    assert all(each.told_at for each in world.store.deliveries() if each.status is DeliveryStatus.FAILED)
    keys = [message.idempotency_key for message in world.mail.messages]
    assert len(keys) == len(set(keys))


def test_names_that_cannot_be_looked_up_are_told_as_one(world: World) -> None:
    for number in range(4):
        world.store.add_feed(f"https://news{number}.example/feed.xml", None)
    report = world.run()
    words = "hosts could be looked up: is this machine online?"
    assert report.errors == [f"none of 4 {words}"]
    assert in_pages(words)
    world.live(1, timedelta(hours=8))
    assert [each for each in world.faults() if "looked up" in each] == [f"none of 4 {words}"]


@pytest.mark.parametrize(
    "words", ["database or disk is full", "attempt to write a readonly database", "database is locked"]
)
def test_what_the_database_says_has_its_line(words: str) -> None:
    """That these are its words is tested beside: in test_full_disk, test_read_only and test_away."""
    assert in_pages(f"`{words}`")
