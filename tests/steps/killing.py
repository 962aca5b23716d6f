"""A small world in which the program is killed, and what must be so when it has been left to finish its work."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import text, update

from watchlist.demo.servers import MailSink
from watchlist.model import (
    Article,
    DeliveryStatus,
    Entity,
    FeedFetchIntent,
    ListDeclaration,
    Name,
    Schema,
    Silence,
    Suppression,
    stable_id,
)
from watchlist.storage.database.connect import reading, writing
from watchlist.storage.database.tables import workers
from watchlist.storage.store import Store, open_store

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SECRET = "between-us"
#: The program is run every hour until it could do two hours' work undisturbed, then when the day with its digest is
#: over, and then every hour again, but not for ever.
UNDISTURBED = 2
NEXT_DAY = 26
MOST_HOURS = 8

PLAIN, SECOND, SILENT, DISMISSED, FREQUENT, LATE = "own:1", "own:2", "own:3", "own:4", "own:5", "own:6"
NAMES = {
    PLAIN: "KAVERON SHIPPING LINES",
    SECOND: "ORLUNDA TRADING HOUSE",
    SILENT: "VESTRAL MARITIME AGENCY",
    DISMISSED: "BRONTEX MINING COMPANY",
    FREQUENT: "TALVERRA STEEL HOLDINGS",
    LATE: "MORVANE FREIGHT SERVICES",
}
LISTED = {id: Entity("own", id[4:], Schema.COMPANY, (Name(name),)) for id, name in NAMES.items()}


def words_of(number: int, count: int) -> str:
    """Words that no other number has, so that what is told in them is a story of its own."""
    made = random.Random(number)
    return " ".join("".join(made.choices("bdfgklmnprstvz", k=4)) + made.choice("aeiou") + "rel" for _ in range(count))


def article(number: int, *named: str, like: int | None = None, more: str = "") -> Article:
    """An article that names these; ``like`` another, but at an address of its own, and with more words."""
    told = number if like is None else like
    title = f"Matter {number} {words_of(told, 3)}"
    names = " and ".join(NAMES[each].title() for each in named) or "Nobody"
    found = f"{names} told of {words_of(told + 500, 45)}.{more}"
    return Article(
        id=stable_id(str(number)),
        url=f"https://news.example/{number}",
        title=title,
        text=found,
        published_at=START - timedelta(hours=2) + timedelta(minutes=number),
        fetched_at=START - timedelta(minutes=30),
    )


#: Screened before the last of the listed came to the list.
OLD = (article(1, LATE), article(2))
NEW = (
    article(10, PLAIN),
    article(11, PLAIN),
    article(12, PLAIN, like=10, more=f" Also {words_of(900, 4)}."),
    article(13, PLAIN, SECOND),
    article(14, SILENT),
    article(15, DISMISSED),
    *(article(n, FREQUENT) for n in (16, 17, 18)),
    article(19),
)


@dataclass(frozen=True)
class Scene:
    """How the program is set up, and what the servers refuse."""

    settings: dict[str, Any] = field(default_factory=dict)
    #: Recipients that are refused once, words of which a mail is refused once, and whether all mail is at first.
    grey: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    outage: bool = False


#: Told at once by mail, where one of two recipients must try again, and by the hour to a webhook.
ROUTED = Scene(
    {
        "routes": [
            {"name": "mail", "channels": ["email"], "also": True},
            {"name": "hook", "channels": ["webhook"], "when": "hourly"},
        ]
    },
    grey=("lead@news.example",),
)
#: Without routes and a message for each alert: what an outage held up is folded into one, which is parted when it is
#: refused.
MANY = Scene(
    {"alerts": {"faults": False, "max_per_message": 1, "frequent": {"subjects": {FREQUENT: 1}}}},
    unwanted=(f"Matter 11 {words_of(11, 3)}",),
    outage=True,
)
SCENES = {"routed": ROUTED, "many": MANY}


class Mailbox(MailSink):
    """Takes mail, but refuses what it is told to for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, str, str]] = []
        #: Recipients refused once, as greylisting does, and words of which a mail is refused once.
        self.grey: set[str] = set()
        self.unwanted: set[str] = set()
        self.down = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.down:
            return "451 not now"
        if address in self.grey:
            self.grey.discard(address)
            return "450 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        before = len(self.messages)
        answer = await super().handle_DATA(server, session, envelope)
        (message,) = self.messages[before:]
        told = _text_of(message)
        for words in [each for each in self.unwanted if each in told]:
            self.unwanted.discard(words)
            return "554 not with these words"
        self.taken.append((envelope.rcpt_tos[0], str(message["Message-ID"]), told))
        # Long enough for a sender to die while it waits.
        await asyncio.sleep(0.002)
        return answer


def _text_of(message: Any) -> str:
    body = message.get_body(("plain",))
    return " ".join(str(body.get_content()).split())


class Hook:
    """Takes what is posted, if it is signed; says "not now" to the first of it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.patient = False
        self.url = ""

    def answer(self, headers: Any, body: bytes) -> int:
        stamp, signature = headers["X-Watchlist-Timestamp"], headers["X-Watchlist-Signature"]
        wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if signature != f"sha256={wanted}" or abs(time.time() - int(stamp)) > 300:
            self.refused.append(signature)
            return 401
        if not self.patient:
            self.patient = True
            return 503
        self.taken.append((headers["Idempotency-Key"], json.loads(body)))
        return 204

    @contextmanager
    def running(self) -> Iterator[None]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                try:
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    self.send_response(hook.answer(self.headers, body))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass  # the sender was killed

            def log_message(self, format: str, *args: object) -> None:
                """Stay quiet."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            self.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()


class Runner:
    """The program, run in forks of a process that has loaded it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.steps.killing_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def run(self, job: dict[str, Any]) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    took: float
    output: str
    points: list[str]


@dataclass
class World:
    """One database with the servers around it."""

    folder: Path
    url: str
    runner: Runner
    mail_port: int
    mailbox: Mailbox
    hook: Hook
    #: Where the compiled index is, which all worlds share.
    index: Path
    scene: Scene
    ahead: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        """Have the servers refuse what they refuse in this scene."""
        self.mailbox.grey = set(self.scene.grey)
        self.mailbox.unwanted = set(self.scene.unwanted)

    def run(self, **how: Any) -> Ended:
        """Run the program once."""
        config = self.folder / "config.yaml"
        config.write_text(json.dumps(self._config()))
        job = {
            "arguments": ["--config", str(config), "run", "--once"],
            "output": str(self.folder / "output"),
            "points": str(self.folder / "points"),
            "now": (START + self.ahead).isoformat(),
            **how,
        }
        return self.runner.run(job)

    def live(self, disturbed: Mapping[int, dict[str, Any]] = MappingProxyType({}), **how: Any) -> list[Ended]:
        """Run the program at its hours until all is told, some of these times with a disturbance; how each ended."""
        ended: list[Ended] = []
        last = max(disturbed, default=0)
        # What is come to on the next day alone is not to be waited for on the first.
        on_the_day = UNDISTURBED if min(disturbed, default=0) > UNDISTURBED else last + UNDISTURBED
        for n in range(last + UNDISTURBED + MOST_HOURS):
            self.ahead = timedelta(hours=n if n <= on_the_day else NEXT_DAY + n - on_the_day)
            self.mailbox.down = self.scene.outage and n == 0
            self._end_leases()
            ended.append(self.run(**how, **disturbed.get(n, {})))
            # 3: something failed, and is tried again.
            assert n in disturbed or ended[-1].code in (0, 3), ended[-1].output
            if n > max(on_the_day, last) and self.settled():
                return ended
        raise AssertionError(f"it does not come to an end: {self.waiting()}; {ended[-1].output}")

    def _end_leases(self) -> None:
        """Have an hour pass for the database too, whose own clock tells whether a worker is alive."""
        with closing(self.store()) as store, writing(store._engine) as connection:
            connection.execute(update(workers).values(lease_until=LONG_AGO))

    def settled(self) -> bool:
        """Whether nothing waits any more."""
        with closing(self.store()) as store:
            return store.article_counts()[1] == 0 and all(
                each.status is DeliveryStatus.SENT for each in store.deliveries()
            )

    def waiting(self) -> str:
        """What is not done yet, in words."""
        with closing(self.store()) as store:
            unsent = [each for each in store.deliveries() if each.status is not DeliveryStatus.SENT]
            return f"{store.article_counts()[1]} articles, deliveries {unsent}"

    def store(self) -> Store:
        return _store(self.url)

    def found(self) -> dict[str, Any]:
        """What a scan leaves behind, without numbers and times: the same however often it was interrupted."""
        with closing(self.store()) as store, reading(store._engine) as connection:
            held = connection.execute(
                text("SELECT article_id FROM held_back JOIN mentions ON mentions.id = mention_id")
            )
            screened = connection.execute(text("SELECT article_id, look_back FROM screenings"))
            return {
                "alerts": sorted(
                    (
                        each.alert.entity_id,
                        each.article_title,
                        tuple((one.title, one.relation) for one in each.story.articles),
                        each.alert.rolled_up,
                        each.silence_id,
                        each.alert.note,
                        each.alert.severity,
                    )
                    for each in store.alerts()
                ),
                "held": sorted(row[0] for row in held),
                "screened": Counter((row[0], bool(row[1])) for row in screened),
            }

    def told(self) -> dict[tuple[str, str | None, str], set[str]]:
        """For each alert and each place where it arrived the messages that told of it, by their keys."""
        found: dict[tuple[str, str | None, str], set[str]] = {}
        with closing(self.store()) as store:
            about = {each.alert.id: (each.alert.entity_id, each.article_title) for each in store.alerts()}
            keys = {each.idempotency_key.strip("<>").partition("@")[0]: each for each in store.deliveries()}
            for recipient, message_id, words in self.mailbox.taken:
                delivery = keys[message_id.strip("<>").partition("@")[0]]
                assert delivery.recipient == recipient
                for id in delivery.alert_ids:
                    # Of those told in short the subject alone is named.
                    assert any(each and each in words for each in (about[id][1], NAMES[about[id][0]])), (id, words)
                    found.setdefault((*about[id], recipient), set()).add(message_id)
            for key, payload in self.hook.taken:
                assert payload["id"] == key.strip("<>")
                delivery = keys[payload["id"].partition("@")[0]]
                ids = [each["id"] for each in payload["alerts"]]
                assert sorted(ids) == sorted(delivery.alert_ids)
                for id in ids:
                    found.setdefault((*about[id], "webhook"), set()).add(key)
        return found

    def _config(self) -> dict[str, Any]:
        return {
            "database": {"url": self.url},
            "matching": {"index_dir": str(self.index)},
            "fetch": {"full_text": "never"},
            "alerts": {"faults": False, "frequent": {"subjects": {FREQUENT: 1}}},
            "email": {
                "host": "127.0.0.1",
                "port": self.mail_port,
                "security": "none",
                "sender": "watchlist@news.example",
                "recipients": ["desk@news.example", "lead@news.example"],
                "hello": "watch.news.example",
            },
            "webhook": {"url": self.hook.url, "secret": SECRET, "allow": ["127.0.0.1"]},
            **self.scene.settings,
        }


@cache
def _store(url: str) -> Store:
    # Closed, a store holds no connection, but knows how its statements are compiled.
    return open_store(url)


def fill(url: str, run: Callable[[], None]) -> None:
    """Make the database that every run begins with: a list, a feed, articles that wait, one to look back at."""
    with closing(open_store(url)) as store:
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        early = [each for id, each in LISTED.items() if id != LATE]
        store.apply_entities("own", early, START - timedelta(hours=3), lambda _: None)
        feed = store.add_feed("https://news.example/feed.xml", "News")
        store.switch_feed(str(feed.id), False)
        _arrive(store, feed.id, OLD)
    run()
    with closing(open_store(url)) as store:
        store.put_entity(LISTED[LATE], START - timedelta(minutes=10), timedelta(days=7))
        store.add_silence(Silence(SILENT, None, START, START + timedelta(days=7), "known", "ann"))
        store.suppress(Suppression(DISMISSED, START, reason="another firm"))
        _arrive(store, feed.id, NEW)


def _arrive(store: Store, feed_id: int, articles: tuple[Article, ...]) -> None:
    at = START - timedelta(minutes=30)
    store.record_fetch(FeedFetchIntent(feed_id, at, at + timedelta(days=9), status=200, articles=articles))


#: A run, the name of a point, and which of its times in that run.
Point = tuple[int, str, int]
#: So many are killed at in one world: on the next day the subjects that were in the news too often may be told again.
IN_A_ROW = 10


@dataclass(frozen=True)
class Calm:
    """What comes of a scene when nothing disturbs it."""

    found: dict[str, Any]
    told: dict[tuple[str, str | None, str], set[str]]
    runs: list[Ended]

    def points(self) -> Iterator[Point]:
        """The named points that are come to first in each run: the run, the name, and which of its times.

        Those that come often are taken at their first time, and in the middle.
        """
        for n, run in enumerate(self.runs):
            known = {name for earlier in self.runs[:n] for name in earlier.points}
            for name, times in Counter(run.points).items():
                if name not in known:
                    yield from ((n, name, nth) for nth in sorted({1, (times + 1) // 2}))

    def in_a_row(self, points: Sequence[Point]) -> dict[Point, Point]:
        """The first of these points, and those to be come to in the runs after it when it was killed there.

        Each with where it is to be met. What has been stored by then is not done again, so that the time which is in
        the middle for an undisturbed run is the first one for them.
        """
        n, _, nth = points[0]
        like = [each for each in points if each[0] == n and (each[2] > 1) == (nth > 1)][:IN_A_ROW]
        return {each: (n + at, each[1], 1 if at else nth) for at, each in enumerate(like)}


def assert_as_undisturbed(world: World, calm: Calm, kills: int) -> None:
    """Nothing was lost and nothing told twice, but for copies that bear the same key."""
    assert world.found() == calm.found
    told = world.told()
    assert told.keys() == calm.told.keys()
    assert {each: keys for each, keys in told.items() if len(keys) != 1} == {}
    assert world.hook.refused == []
    messages = [(to, key) for to, key, _ in world.mailbox.taken] + [("", key) for key, _ in world.hook.taken]
    assert len(messages) - len(set(messages)) <= kills
