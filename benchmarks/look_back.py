"""How long does it take to look back over stored articles for entities that are new on a list?

    python -m benchmarks.look_back [--data FOLDER] [--articles 100000] [--entities 50]

A database holds the trial list and headlines that were screened against it: those of the trial data, again and again
with a number. Then a list of companies comes, each called after three words of a headline, and is looked back for.

Wanted: 7 s for 50 entities over 100,000 headlines, on the machine that README.md speaks of.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from threading import Event

from benchmarks.measure import timed
from benchmarks.trial import Database, arguments, database, headlines, needed_folder
from watchlist.config import Config
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
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import look_back


def store_articles(made: Database, entries: list[Article], count: int) -> None:
    """Fill a database with so many articles that have been screened."""
    store, now = made.store, made.now
    revisions = store.revisions()
    feed = store.add_feed("https://news.example/feed", "Headlines")
    numbered = (
        Article(stable_id(str(n)), entry.title, entry.text, feed_id=feed.id, fetched_at=now)
        for n, entry in enumerate(islice(cycle(entries), count))
    )
    while part := tuple(islice(numbered, 5000)):
        store.record_fetch(FeedFetchIntent(feed.id, now, now, status=200, articles=part))
        for article in part:
            store.record_scan(Scan(article, (), article.id, (), 50, revisions), now)


def add_entities(made: Database, entries: list[Article], count: int) -> None:
    """Put so many companies on a list of their own, to be looked back for."""
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    words = [entry.title.split() for entry in entries if len(entry.title.split()) > 3]
    companies = [
        Entity("own", str(n), Schema.COMPANY, (Name(" ".join(words[n * 37][:3]) + " Holding"),)) for n in range(count)
    ]
    intake = IntakeOptions(look_back=timedelta(days=90))
    made.store.apply_entities("own", companies, made.now + timedelta(seconds=1), lambda _: None, intake)


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--entities", type=int, default=50)
    given = parser.parse_args()
    shared = needed_folder(given.data)
    entries = headlines(shared)
    with database(shared) as made:
        made.sync()
        with timed(f"storing {given.articles:,} articles"):
            store_articles(made, entries, given.articles)
        add_entities(made, entries, given.entities)
        parts = Parts(Config(), made.store, {}, made.folder / "index", lambda: datetime.now(UTC), Event())
        report = RunReport()
        with timed(f"looking back for {given.entities} entities, index included"):
            look_back(parts, report)
    print(f"{report.counts['articles_looked_back']:,} articles screened again, {len(report.alerts)} alerts")


if __name__ == "__main__":
    main()
