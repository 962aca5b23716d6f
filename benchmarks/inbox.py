"""How long do the pages of a large inbox take?

    python -m benchmarks.inbox [--alerts 100000] [--database URL]

A database is filled with invented alerts by rows, and its pages are asked for over loopback: the time is from the
request to the last byte, the middle one of several and the worst. One article has 200 KB. Then all that was found is
made searchable, as a run does after an upgrade, and the searches are timed as well.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx
import uvicorn
from sqlalchemy import Engine, insert

from watchlist.app import App, make_app
from watchlist.config import load
from watchlist.delivery.transports import sections
from watchlist.model import content_hash, stable_id
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.tables import (
    alerts,
    articles,
    entities,
    judgements,
    lists,
    mentions,
    names,
    story_articles,
)
from watchlist.web.application import make_application
from watchlist.web.site import Site

_ENTITIES: Final = 3_000
_LONG: Final = 200_000
_PART: Final = 1_000
_TRIES: Final = 9
_WORDS: Final = 400
#: Of a hundred alerts, how many are of each severity; how many in all are open, and of review.
_SEVERITY: Final = (("high", 15), ("normal", 60), ("low", 25))


class _World:
    """Invented rows, the same each time."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._dice = random.Random(16)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "is")]
        self.words = ["".join(self._dice.choices(syllables, k=3)) for _ in range(20_000)]
        self._weights = list(accumulate(1 / (n + 10) for n in range(len(self.words))))
        self.now = datetime(2026, 11, 30, 8, tzinfo=UTC)

    def text(self, words: int) -> str:
        return " ".join(self._dice.choices(self.words, cum_weights=self._weights, k=words))

    def entities(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        for n in range(_ENTITIES):
            list_id = f"list_{n % 3}"
            caption = self.text(2).title()
            id = f"{list_id}:{n}"
            empty = ("countries", "birth_dates", "birth_places", "designations", "addresses", "linked_to")
            yield (
                {
                    **{name: [] for name in empty},
                    "id": id,
                    "list_id": list_id,
                    "source_id": str(n),
                    "schema": "Person",
                    "caption": caption,
                    "programs": [f"P{n % 7}"],
                    "digest": "0",
                    "first_seen_at": self.now,
                    "changed_at": self.now,
                },
                {"entity_id": id, "position": 0, "text": caption, "kind": "primary", "origin": "authority"},
            )

    def rows(self, captions: dict[str, str]) -> Iterator[dict[str, dict[str, Any]]]:
        ids = list(captions)
        for n in range(self.count):
            entity_id = ids[min(int(self._dice.paretovariate(1.1)) - 1, len(ids) - 1)]
            yield self._rows(n, entity_id, captions[entity_id])

    def _rows(self, n: int, entity_id: str, caption: str) -> dict[str, dict[str, Any]]:
        text = f"{caption} " + self.text(_WORDS)
        if n == self.count - 1:
            text = (text + " ") * (_LONG // len(text) + 1)
        title, id = self.text(8), stable_id("bench", str(n))
        at = self.now - timedelta(minutes=self.count - n)
        number = n + 1
        status = ("open", "open", "open", "closed", "escalated")[n % 5] if n < self.count - 50 else "open"
        severity = self._dice.choices([name for name, _ in _SEVERITY], [share for _, share in _SEVERITY])[0]
        quote = {"text": text[:200], "start": 0, "end": len(caption)}
        score = round(0.6 + 0.4 * self._dice.random(), 4)
        name = {"text": caption, "kind": "primary", "lang": None, "given": None, "family": None, "origin": "authority"}
        part = {"feature": "alignment", "score": 1.0, "weight": 0.8, "detail": f"matched {caption}", "label": "Name"}
        mention_id = stable_id(id, entity_id)
        return {
            "articles": {
                "id": id,
                "url": f"https://news.example/{n}",
                "title": title,
                "text": text,
                "published_at": at,
                "fetched_at": at,
                "scanned_at": at,
                "content_hash": content_hash(title, text),
                "first_reading": False,
            },
            "mentions": {
                "id": mention_id,
                "article_id": id,
                "entity_id": entity_id,
                "listings": [entity_id],
                "caption": caption,
                "schema": "Person",
                "name": name,
                "field": "text",
                "start": 0,
                "end": len(caption),
                "surface": caption,
                "spans": [["text", 0, len(caption)]],
                "quote": quote,
                "score": score,
                "band": "alert",
                "features": [part],
                "engine_version": "bench",
                "snapshot_version": "1",
                "found_at": at,
            },
            "alerts": {
                "id": number,
                "entity_id": entity_id,
                "story_id": id,
                "article_id": id,
                "mention_id": mention_id,
                "status": status,
                "outcome": "false_positive" if status == "closed" else None,
                "opened_at": at,
                "severity": severity,
                "score": score,
                "rolled_up": False,
            },
            "story_articles": {
                "alert_id": number,
                "article_id": id,
                "entity_id": entity_id,
                "told_at": at,
                "relation": "first",
                "reason": "",
                "joined_at": at,
            },
            "judgements": {
                "alert_id": number,
                "act": f"{number:032d}",
                "action": "dismiss",
                "status": "closed",
                "outcome": "false_positive",
                "was_status": "open",
                "by": "ann",
                "at": at,
            },
        }


def fill(engine: Engine, world: _World) -> None:
    """Write the invented rows."""
    tables = (articles, mentions, alerts, story_articles, judgements)
    with writing(engine) as connection:
        for n in range(3):
            values = {"id": f"list_{n}", "title": f"List {n}", "enabled": True, "declared": "config", "refresh": False}
            known = {key: value for key, value in values.items() if key in lists.c}
            connection.execute(insert(lists).values({**_defaults(lists), **known}))
        listed = list(world.entities())
        connection.execute(insert(entities), [entity for entity, _ in listed])
        connection.execute(insert(names), [{"weak": False, **name} for _, name in listed])
    captions = {entity["id"]: entity["caption"] for entity, _ in listed}
    waiting: list[dict[str, dict[str, Any]]] = []
    for row in world.rows(captions):
        waiting.append(row)
        if len(waiting) == _PART:
            _write(engine, tables, waiting)
            waiting.clear()
    if waiting:
        _write(engine, tables, waiting)


def _defaults(table: Any) -> dict[str, Any]:
    """Something for each column that needs a value."""
    made = {"Boolean": False, "Integer": 0, "BigInteger": 0, "Float": 0.0}
    needed = [column for column in table.c if not column.nullable and not column.primary_key]
    return {column.name: made.get(type(column.type).__name__, "") for column in needed}


def _write(engine: Engine, tables: tuple[Any, ...], rows: list[dict[str, dict[str, Any]]]) -> None:
    with writing(engine) as connection:
        for table in tables:
            some = [row[table.name] for row in rows]
            if table is judgements:
                closed = {row["alerts"]["id"] for row in rows if row["alerts"]["status"] == "closed"}
                some = [each for each in some if each["alert_id"] in closed]
            connection.execute(insert(table), some)


def timed(client: httpx.Client, path: str) -> tuple[float, float, int]:
    """Milliseconds of a page: the middle one, the worst; and its bytes."""
    client.get(path).raise_for_status()
    found = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        reply = client.get(path)
        found.append(1000 * (time.perf_counter() - began))
    return statistics.median(found), max(found), len(reply.content)


def main() -> None:
    """Fill a database, serve it, and print how long its pages take."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--alerts", type=int, default=100_000)
    options.add_argument("--database")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'inbox.db'}"
        config, _ = load(None, channels=sections(), database_url=url)
        parts = make_app(config, declares=False)
        with closing(parts.store):
            world = _World(given.alerts)
            began = time.perf_counter()
            engine = open_engine(url, 30)
            fill(engine, world)
            engine.dispose()
            print(f"{given.alerts:,} alerts written in {time.perf_counter() - began:.0f} s")
            _serve(parts, world, Path(folder) / "inbox.db")


def _serve(parts: App, world: _World, path: Path) -> None:
    server = uvicorn.Server(uvicorn.Config(make_application(Site(parts)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    last, middle = world.count, world.count // 2
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600, trust_env=False) as client:
            for path_of_page in (
                "/",
                "/?sort=time",
                "/?sort=score",
                "/?severity=high&list=list_1",
                "/?program=P3",
                "/?status=closed",
                "/?status=all",
                f"/?after={middle}",
                "/?band=review",
                f"/alerts/{last}",
                f"/alerts/{middle}",
                f"/inbox/new?beyond={middle}",
            ):
                _print(client, path_of_page)
            before = path.stat().st_size if path.exists() else 0
            began, count = time.perf_counter(), 0
            while some := parts.store.fill_search(_PART):
                count += some
            took = time.perf_counter() - began
            grown = f", {(path.stat().st_size - before) / 1e6:.0f} MB on {before / 1e6:.0f}" if before else ""
            print(f"{count:,} articles and entities made searchable in {took:.0f} s{grown}")
            common, rare = world.words[0], world.words[15_000]
            for words in (common, f"{world.words[40]} {world.words[90]}", rare, f'"{common} {world.words[1]}"', "zzz"):
                _print(client, f"/?text={words}")
            _print(client, "/")
    finally:
        server.should_exit = True
        thread.join()


def _print(client: httpx.Client, path: str) -> None:
    middle, worst, size = timed(client, path)
    print(f"{middle:7.1f} ms, worst {worst:7.1f} ms, {size / 1000:6.0f} kB  {path}", flush=True)


if __name__ == "__main__":
    main()
