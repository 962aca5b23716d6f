"""How much CPU do everyday commands take where a million articles and 50,000 alerts are stored?

    python -m benchmarks.large [--articles 1000000] [--alerts 50000] [--keep FILE]

The database is made by inserting rows in bulk: 200 feeds that are switched off, ten thousand messages that were sent, a
run a minute. Each command is a process of its own, run twice; the CPU of the second is told.

Wanted: `alerts`, `status` and a `run --once` with nothing to do within 1 s of CPU each. The tests hold a tenth of it.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.measure import timed
from watchlist.model import Entity, ListDeclaration, Name, Schema, content_hash, stable_id
from watchlist.storage.store import open_store

COMMANDS = (("alerts",), ("status",), ("run", "--once"), ("alerts", "--json", "--limit", "5"), ("feeds",), ("lists",))
#: So many at the front are held to a second.
HELD = 3
ENTITIES, FEEDS, MESSAGES, RUNS = 2_000, 200, 10_000, 5_000
_PART = 20_000
_WORDS = "The harbour office said on Monday that papers were missing, and that the ship would stay where it was. "


def fill(path: Path, articles: int, alerts: int) -> None:
    """Make a database of this size."""
    now = datetime.now(UTC).replace(microsecond=0)
    listed = [Entity("own", str(n), Schema.COMPANY, (Name(f"KAVERON SHIPPING {n}"),)) for n in range(ENTITIES)]
    with closing(open_store(f"sqlite:///{path}")) as store:
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        store.apply_entities("own", listed, now, lambda _: None)
        for number in range(FEEDS):
            store.switch_feed(str(store.add_feed(f"https://news{number}.example/feed.xml", f"News {number}").id), False)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA foreign_keys = OFF")
        write = _Writer(database)
        write.all("screened_with", ({"id": "w", "engine_version": "1", "lists": "[]", "settings": "{}"} for _ in [0]))
        write.all("articles", (_article(n, articles, now) for n in range(articles)))
        write.all("screenings", (_screening(n, articles, alerts, now) for n in range(articles)))
        write.all("mentions", (_mention(n, now) for n in range(alerts)))
        write.all("alerts", (_alert(n, alerts, now) for n in range(alerts)))
        write.all("story_articles", (_told(n, now) for n in range(alerts)))
        write.all("deliveries", (_delivery(n, now) for n in range(MESSAGES)))
        write.all("delivery_alerts", ({"delivery_id": n % MESSAGES + 1, "alert_id": n + 1} for n in range(alerts)))
        write.all("runs", (_run(n, now) for n in range(RUNS)))
        database.execute("ANALYZE")
        database.commit()


class _Writer:
    """Writes rows of a table in bulk."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self, table: str, rows: Iterator[dict[str, object]]) -> None:
        """Insert them all."""
        while part := list(islice(rows, _PART)):
            columns = ", ".join(f'"{each}"' for each in part[0])
            places = ", ".join(f":{each}" for each in part[0])
            self._database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", part)
        self._database.commit()


def _id(number: int) -> str:
    return stable_id(str(number))


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _when(number: int, count: int, now: datetime) -> str:
    """Spread over a year, the last an hour ago."""
    return _at(now - timedelta(hours=1) - timedelta(days=365) * (1 - number / count))


def _article(number: int, count: int, now: datetime) -> dict[str, object]:
    title = f"Port of Marrow {number}: two ships detained"
    at = _when(number, count, now)
    return {
        "id": _id(number),
        "feed_id": number % FEEDS + 1,
        "url": f"https://news{number % FEEDS}.example/{number}",
        "guid": str(number),
        "title": title,
        "text": _WORDS * 2,
        "lang": "en",
        "published_at": at,
        "fetched_at": at,
        "content_hash": content_hash(title, _WORDS * 2),
        "scanned_at": at,
        "scan_failures": 0,
        "first_reading": False,
        "words_hash": f"{number:016x}",
        "seen": "[]",
    }


def _screening(number: int, count: int, alerts: int, now: datetime) -> dict[str, object]:
    found = int(number < alerts)
    return {
        "article_id": _id(number),
        "text_hash": content_hash(str(number), ""),
        "at": _when(number, count, now),
        "screened_with": "w",
        "alert_band": found,
        "review_band": 0,
        "opened": found,
        "held": 0,
        "look_back": False,
    }


def _mention(number: int, now: datetime) -> dict[str, object]:
    entity = number % ENTITIES
    name = {"text": f"KAVERON SHIPPING {entity}", "kind": "primary", "lang": None, "given": None, "family": None}
    return {
        "id": _id(number),
        "article_id": _id(number),
        "entity_id": f"own:{entity}",
        "listings": json.dumps([f"own:{entity}"]),
        "caption": f"KAVERON SHIPPING {entity}",
        "schema": "Company",
        "name": json.dumps({**name, "origin": "authority"}),
        "field": "text",
        "start": 0,
        "end": 12,
        "surface": "Kaveron Shipping",
        "spans": json.dumps([["text", 0, 12]]),
        "quote": json.dumps({"text": _WORDS, "start": 0, "end": 12}),
        "score": 0.9,
        "band": "alert",
        "features": json.dumps(
            [{"feature": "name", "score": 1.0, "weight": 0.9, "detail": "every word stands in the text"}]
        ),
        "engine_version": "1",
        "snapshot_version": "1",
        "found_at": _at(now),
    }


def _alert(number: int, count: int, now: datetime) -> dict[str, object]:
    closed = number % 5 > 0
    return {
        "id": number + 1,
        "entity_id": f"own:{number % ENTITIES}",
        "story_id": _id(number),
        "article_id": _id(number),
        "mention_id": _id(number),
        "status": "closed" if closed else "open",
        "outcome": "false_positive" if closed else None,
        "opened_at": _when(number, count, now),
        "severity": "normal",
        "severity_why": "[]",
        "rolled_up": False,
    }


def _told(number: int, now: datetime) -> dict[str, object]:
    return {
        "alert_id": number + 1,
        "article_id": _id(number),
        "entity_id": f"own:{number % ENTITIES}",
        "told_at": _at(now - timedelta(days=200)),
        "relation": "first",
        "reason": "",
        "joined_at": _at(now),
    }


def _delivery(number: int, now: datetime) -> dict[str, object]:
    at = _when(number, MESSAGES, now)
    return {
        "id": number + 1,
        "channel": "email",
        "recipient": "desk@news.example",
        "idempotency_key": f"<{number}@watchlist>",
        "status": "sent",
        "attempts": 1,
        "created_at": at,
        "waiting_since": at,
        "next_attempt_at": at,
        "sent_at": at,
        "digest": False,
        "suspect": False,
        "unanswered": 0,
        "folded": 0,
        "held": False,
    }


def _run(number: int, now: datetime) -> dict[str, object]:
    at = _at(now - timedelta(minutes=RUNS - number))
    return {"id": number + 1, "started_at": at, "finished_at": at, "counts": "{}", "errors": "[]"}


def cpu_of(path: Path, command: tuple[str, ...]) -> tuple[float, int]:
    """CPU seconds of a command on this database, and its exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    line = [sys.executable, "-m", "watchlist", "--database", f"sqlite:///{path}", *command]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(line, stdout=subprocess.DEVNULL, cwd=folder, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def main() -> None:
    """Fill, ask, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--alerts", type=int, default=50_000)
    parser.add_argument("--keep", type=Path, help="the database, made where it is not there, and kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "large.db"
        if not path.exists():
            with timed(f"{options.articles:,} articles, {options.alerts:,} alerts are made"):
                fill(path, options.articles, options.alerts)
        print(f"{path.stat().st_size / 1e6:,.0f} MB")
        slow = []
        for number, command in enumerate(COMMANDS):
            cpu_of(path, command)
            seconds, code = cpu_of(path, command)
            print(f"watchlist {' '.join(command):28} {seconds:6.2f} s of CPU, exit code {code}", flush=True)
            slow += [command] if number < HELD and seconds > 1 else []
    if slow:
        sys.exit(f"more than a second of CPU: {slow}")


if __name__ == "__main__":
    main()
