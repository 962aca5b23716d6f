"""How long does joining stories take where a subject is in the news all the time?

    python -m benchmarks.story_speed [--articles 100000] [--named 0.1]

Articles of thirty days, told one after another, of which a tenth name one head of state and alert: half of those are
copies of an earlier one, a quarter tell a day's matter in other words. Screening is left out: each article comes with
its mention. The processor time of each part is printed.

Wanted: it does not grow with what is kept, but with what is told of the subject within a day.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from watchlist.model import (
    Article,
    Band,
    Entity,
    FeedFetchIntent,
    ListDeclaration,
    Mention,
    Name,
    Quote,
    Scan,
    Schema,
    Span,
    stable_id,
)
from watchlist.storage.store import open_store

DAYS = 30
WORDS = 300
PARTS = 10
VOCABULARY = [
    f"{a}{b}{c}"
    for a in "bdfgklmnprst"
    for b in ("a", "e", "i", "o", "ou", "ai")
    for c in ("n", "rst", "ll", "ck", "m")
]
SUBJECT = Entity("own", "1", Schema.PERSON, (Name("Ilya Petrovich Marrovsky"),))


def articles(count: int, named: float, feed_id: int, start: datetime) -> Iterator[tuple[Article, bool]]:
    """Articles in the order they are told, and whether each names the subject."""
    chance = random.Random(7)
    copied: list[str] = []
    for n in range(count):
        told = start + timedelta(days=DAYS) * n / count
        names = chance.random() < named
        text = _text(chance, n)
        if names and copied and chance.random() < 0.5:
            text = f"{chance.choice(copied[-50:])} Told by desk {n}."
        elif names:
            text = f"Ilya Petrovich Marrovsky said so. {text}"
            copied.append(text)
        title = " ".join(text.split()[6:14])
        yield (
            Article(
                id=stable_id(str(n)),
                title=title,
                text=text,
                url=f"https://outlet{n % 40}.example/{n}",
                feed_id=feed_id,
                published_at=told,
                fetched_at=told,
            ),
            names,
        )


def _text(chance: random.Random, n: int) -> str:
    # Common words are common, rare ones rare.
    return " ".join(
        f"{VOCABULARY[int(len(VOCABULARY) * chance.random() ** 2)]}{chance.randrange(9)}" for _ in range(WORDS)
    )


def _mention(article: Article) -> Mention:
    return Mention(
        article_id=article.id,
        entity_id=SUBJECT.id,
        listings=(SUBJECT.id,),
        caption=SUBJECT.caption,
        schema=SUBJECT.schema,
        name=SUBJECT.names[0],
        field="text",
        start=0,
        end=24,
        surface="Ilya Petrovich Marrovsky",
        spans=(Span("text", 0, 24),),
        quote=Quote(article.text[:60], 0, 24),
        score=0.99,
        band=Band.ALERT,
        features=(),
        engine_version="1",
        snapshot_version="1",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--named", type=float, default=0.1)
    given = parser.parse_args()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{Path(folder)}/stories.db")) as store:
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        store.apply_entities("own", (SUBJECT,), start, lambda _: None)
        feed = store.add_feed("https://news.example/feed", "News").id
        revisions = store.revisions()
        part: list[tuple[Article, bool]] = []
        size = max(1, given.articles // PARTS)
        for each in articles(given.articles, given.named, feed, start):
            part.append(each)
            if len(part) < size:
                continue
            at = part[-1][0].fetched_at or start
            store.record_fetch(FeedFetchIntent(feed, at, at, status=200, articles=tuple(one for one, _ in part)))
            spent, opened, named = 0.0, 0, 0
            for article, names in part:
                scan = Scan(article, (_mention(article),) if names else (), article.id, (), 50, revisions)
                began = time.process_time()
                # As it comes: what is told on one day is counted, and is no more of it for all that is kept.
                alerts = store.record_scan(scan, article.fetched_at or start)
                if names:
                    spent += time.process_time() - began
                    named += 1
                    opened += len(alerts or ())
            print(
                f"{named:6,} articles that alert: {opened:,} opened, {1000 * spent / max(1, named):.1f} ms each",
                flush=True,
            )
            part.clear()


if __name__ == "__main__":
    main()
