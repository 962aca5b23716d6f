"""Print how long lists take: a full sync, one without change, `watchlist screen`, and looking back over articles.

    python benchmarks/lists.py [--data FOLDER] [--articles N] [--entities N]

FOLDER holds ``bench`` and ``data``; by default WATCHLIST_BENCH, else ``../shared`` beside the checkout. The articles
are the headlines there, again and again with a number, until there are N.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from threading import Event

sys.path.insert(0, str(Path(__file__).parent))

from trial_lists import json_lines, shared_folder

from watchlist.alerts.decide import new_alerts
from watchlist.config import Config, FetchConfig
from watchlist.model import (
    Article,
    Entity,
    FeedFetchIntent,
    IntakeOptions,
    ListDeclaration,
    Name,
    Scan,
    Schema,
    stable_id,
)
from watchlist.steps.index import load_index
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import look_back
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.storage.store import Store, open_store


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the wall clock of a block."""
    start = time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:48} {time.perf_counter() - start:7.2f} s   peak so far {peak:5.0f} MB", flush=True)


def store_articles(store: Store, headlines: list[dict[str, str]], count: int, now: datetime) -> None:
    """Fill a database with articles that have been screened."""
    revisions = store.revisions()
    feed = store.add_feed("https://news.example/feed", "Headlines")
    numbered = (
        Article(stable_id(str(n)), row["title"], row["text"] or "", feed_id=feed.id, fetched_at=now)
        for n, row in enumerate(islice(cycle(headlines), count))
    )
    while part := tuple(islice(numbered, 5000)):
        store.record_fetch(FeedFetchIntent(feed.id, now, now, status=200, articles=part))
        for article in part:
            store.record_scan(Scan(article, (), article.id, new_alerts, (), 50, revisions), now)


#: The process tells its own peak: what its parent is told of it has the parent's memory in it.
_SCREEN = """
import sys
from watchlist.cli import main
try:
    main(["--database", sys.argv[1], "screen", "-"])
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


def screen_once(database: str, article: str) -> tuple[float, float]:
    """How many seconds a whole process takes to screen one article, and the most memory it has, in MB."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _SCREEN, database],
        input=article,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", metavar="FOLDER")
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--entities", type=int, default=50)
    given = arguments.parse_args()
    shared = shared_folder(given.data)
    if shared is None:
        sys.exit("no benchmark data: name its folder with --data or WATCHLIST_BENCH")
    headlines = list(json_lines(shared / "bench" / "stream" / "rss_2022.jsonl.gz"))
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bench.db"
        store = open_store(database)
        options = SyncOptions(FetchConfig(), shared / "data" / "us_ofac_sdn_2026-08-20.csv.gz")
        with timed("full sync of 19,249 entities"):
            sync_list(store, "us_ofac_sdn", options, now)
        with timed("sync without change"):
            sync_list(store, "us_ofac_sdn", options, now)
        article = "\n".join(row["title"] for row in headlines[:30])
        with timed("making the index"):
            load_index(store, Path(folder) / "bench.index")
        taken, peaks = zip(*(screen_once(database, article) for _ in range(10)), strict=True)
        print(
            f"{'watchlist screen of one article, whole process':48} {median(taken):7.2f} s   peak {max(peaks):13.0f} MB"
        )
        with timed(f"storing {given.articles:,} articles"):
            store_articles(store, headlines, given.articles, now)
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        words = [row["title"].split() for row in headlines if len(row["title"].split()) > 3]
        found = [
            Entity("own", str(n), Schema.COMPANY, (Name(" ".join(words[n * 37][:3]) + " Holding"),))
            for n in range(given.entities)
        ]
        intake = IntakeOptions(look_back=timedelta(days=90))
        store.apply_entities("own", found, now + timedelta(seconds=1), lambda _: None, intake)
        parts = Parts(Config(), store, {}, Path(folder) / "index", lambda: datetime.now(UTC), Event())
        report = RunReport()
        with timed(f"looking back for {given.entities} entities, index included"):
            look_back(parts, report)
        print(f"{report.counts['articles_looked_back']:,} articles screened again, {len(report.alerts)} alerts")
        store.close()


if __name__ == "__main__":
    main()
