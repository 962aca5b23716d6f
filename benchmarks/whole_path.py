"""How many articles a second go from the bytes of feeds to the outbox, with one and with two workers?

    python -m benchmarks.whole_path [--data FOLDER] [--articles 5000] [--postgresql URL]

The trial list grown to 40,000 names, and headlines in feeds of a hundred each. Told are the way from feeds' bytes to
stored articles, read by the program's own processes, and that from stored articles to mentions, alerts and the outbox;
with what the engine alone takes for the same articles. On SQLite one worker does it; on PostgreSQL, where its programs
are installed, one and then two, each a process of its own that has its index in memory when it begins.

Wanted: screening stored articles costs at most twice the engine's own CPU; two workers are at least 1.8 times as fast
as one, on a machine that has two idle cores for them and another for the server.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, Protocol
from unittest.mock import patch

from sqlalchemy import text

from benchmarks.grown import grown
from benchmarks.postgresql import throw_away
from benchmarks.trial import LIST_ID, arguments, headlines, listed_entities, needed_folder
from watchlist.config import Config
from watchlist.feeds import poll as polling
from watchlist.feeds.fetch import FetchedFeed
from watchlist.feeds.poll import Poller, PollOptions
from watchlist.http.inflate import Packed
from watchlist.matching.engine import Engine
from watchlist.model import Article, Entity, FeedForFetch, ListDeclaration
from watchlist.steps.at_work import at_work
from watchlist.steps.index import load_index
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import Scanner, scan_articles
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.tables import metadata
from watchlist.storage.store import Store, open_store

NAMES = 40_000
_IN_A_FEED = 100


class _Gate(Protocol):
    """Where processes wait for one another."""

    def wait(self) -> int:
        """Wait until all are there."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker did."""

    articles: int
    began: float
    ended: float
    cpu: float


def parts_of(store: Store, folder: Path) -> Parts:
    """What a worker works with; alerts go to a channel, so that they come into the outbox."""
    config = Config.model_validate({"matching": {"index_dir": str(folder)}})
    # Nobody sends: only that there is a channel of this name counts.
    channel: Any = None
    return Parts(config, store, {"bench": channel}, folder, lambda: datetime.now(UTC), Event())


def prepare(store: Store, entities: Sequence[Entity]) -> None:
    """Put what is looked for on a list."""
    store.add_list(ListDeclaration(LIST_ID, "Trial list", None, refresh=False, own=True))
    store.apply_entities(LIST_ID, entities, datetime.now(UTC), lambda _: None)


def documents(articles: Sequence[Article]) -> Iterator[bytes]:
    """Feeds of these articles."""
    for start in range(0, len(articles), _IN_A_FEED):
        items = [
            {
                "id": f"{start + n}",
                "url": f"https://news.example/{start + n}",
                "title": each.title,
                "summary": each.text,
            }
            for n, each in enumerate(articles[start : start + _IN_A_FEED])
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"Feed {start}", "items": items}
        yield json.dumps(feed).encode()


def take_in(store: Store, articles: Sequence[Article]) -> float:
    """Take feeds of these articles in, from their bytes; return the seconds that took."""
    bodies = {f"https://news.example/{n}.json": body for n, body in enumerate(documents(articles))}
    feeds = [store.add_feed(url, None) for url in bodies]

    def fetch(feed: FeedForFetch, *_: object, **__: object) -> FetchedFeed:
        return FetchedFeed(feed.url, 200, "application/feed+json", Packed(bodies[feed.url], ""), None, None)

    started = time.perf_counter()
    with patch.object(polling, "fetch", fetch), Poller(PollOptions()) as poller:
        for feed in feeds:
            store.record_fetch(poller.poll(FeedForFetch.of(feed), lambda: datetime.now(UTC)))
    took = time.perf_counter() - started
    waiting, _ = store.waiting_articles()
    if waiting != len(articles):
        raise SystemExit(f"of {len(articles)} articles {waiting} were taken in: nothing is measured")
    return took


def work(url: str, folder: Path, gate: _Gate | None) -> Done:
    """Screen what waits as one of several workers."""
    with closing(open_store(url)) as store:
        parts = parts_of(store, folder)
        report = RunReport()
        with at_work(parts):
            scanner = Scanner(parts, report)
            # What the engine knows of languages and places is read when it first screens something.
            Engine(load_index(store, folder).index, parts.config.matching).screen(Article("0", "Rain", "In Oslo."))
            if gate is not None:
                gate.wait()
            began, cpu = time.time(), time.process_time()
            scan_articles(parts, report, scanner)
            return Done(report.counts["articles_scanned"], began, time.time(), time.process_time() - cpu)


def _worker(url: str, folder: Path, gate: _Gate, told: Any) -> None:
    told.put(work(url, folder, gate))


def together(url: str, folder: Path, workers: int) -> list[Done]:
    """The same as several processes that begin at one time."""
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(workers), context.Queue()
    crew = [context.Process(target=_worker, args=(url, folder, gate, told)) for _ in range(workers)]
    for each in crew:
        each.start()
    done = [told.get(timeout=3600) for _ in crew]
    for each in crew:
        each.join()
    return done


def again(url: str) -> None:
    """Have all articles wait once more, with nothing found in them."""
    engine = open_engine(url, 30)
    with writing(engine) as connection:
        for table in ("deliveries", "alerts", "mentions", "screenings", "story_signatures", "story_prints"):
            connection.execute(metadata.tables[table].delete())
        connection.execute(text("UPDATE articles SET scanned_at = NULL"))
    engine.dispose()


def show(what: str, done: Sequence[Done], alone: float) -> float:
    """Print what workers did; returns articles a second."""
    seconds = max(each.ended for each in done) - min(each.began for each in done)
    count, cpu = sum(each.articles for each in done), sum(each.cpu for each in done)
    shares = " + ".join(f"{each.articles:,}" for each in done)
    print(
        f"{what:24} {count / seconds:7,.0f} articles/s, {cpu:6.2f} s of CPU, {cpu / alone:4.2f} x the engine ({shares})"
    )
    return count / seconds


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--postgresql", metavar="URL", help="an empty database, in place of one on a server of its own")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    articles = headlines(shared)[: given.articles]
    entities = grown(listed_entities(shared), NAMES)
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/bench.db"
        with closing(open_store(url)) as store:
            prepare(store, entities)
            seconds = take_in(store, articles)
            print(f"from bytes to SQLite     {len(articles) / seconds:7,.0f} articles/s")
            stored = store.unscanned_articles(given.articles)
            engine = Engine(load_index(store, folder).index, Config().matching)
            engine.screen(Article("0", "Rain", "In Oslo."))
        cpu = time.process_time()
        for each in stored:
            engine.screen(each)
        alone = time.process_time() - cpu
        print(f"the engine alone         {len(stored) / alone:7,.0f} articles/s, {alone:6.2f} s of CPU")
        show("SQLite, one worker", [work(url, folder, None)], alone)
        with nullcontext(given.postgresql) if given.postgresql else throw_away() as server:
            if server is None:
                print("PostgreSQL is not installed: not measured")
                return
            _several(server, folder, articles, entities, alone)


def _several(url: str, folder: Path, articles: Sequence[Article], entities: Sequence[Entity], alone: float) -> None:
    with closing(open_store(url)) as store:
        prepare(store, entities)
        seconds = take_in(store, articles)
        print(f"from bytes to PostgreSQL {len(articles) / seconds:7,.0f} articles/s")
    one = show("PostgreSQL, one worker", together(url, folder, 1), alone)
    again(url)
    two = show("PostgreSQL, two workers", together(url, folder, 2), alone)
    print(f"two workers are {two / one:.2f} times as fast as one")


if __name__ == "__main__":
    main()
