"""By what an article is compared with others: its headline, its beginning, and its runs of words as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32

from watchlist.alerts.story.words import headline, without_dateline, words
from watchlist.model import Article

#: The form that signatures are made in: another number, and stored ones are made anew.
FORM: Final = 1
#: Words to a shingle.
SHINGLE: Final = 4
#: Of a longer text the rest is left aside.
_MOST_WORDS: Final = 3000
#: So many words of a text are kept as they are.
_KEPT: Final = 150
#: Of each so many shingles in a row the smallest is a print: a common run of twice as many words has a print in common.
_WINDOW: Final = 8
#: What stands in so many other stories of an outlet is furniture of its pages.
_FURNITURE: Final = 2
#: A publication in the future, or one far from the day it was fetched, cannot be told from a slip.
_AHEAD: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Signature:
    """An article as it is compared with others."""

    article_id: str
    #: Where it stands: what is on many of its pages is furniture.
    outlet: str
    #: When it was told: published, or else fetched.
    told_at: datetime
    #: The words of its headline, and the first of its text, furniture left out.
    title: tuple[str, ...]
    lead: tuple[str, ...]
    #: All runs of four words in the text, as numbers; those that are furniture of the outlet apart from the others.
    shingles: frozenset[int]
    furniture: frozenset[int] = frozenset()
    #: Some of the shingles, by which a copy is found among many articles.
    prints: tuple[int, ...] = ()


def signature_of(article: Article, furniture: frozenset[int] = frozenset()) -> Signature:
    """The signature of an article; ``furniture`` holds the shingles that stand on many pages of its outlet.

    Raises ValueError for one without the time it was fetched.
    """
    title = headline(article.title)
    text = words(without_dateline(article.text))[:_MOST_WORDS]
    runs = shingles(text)
    kept = text
    if furniture and not furniture.isdisjoint(runs):
        kept = without(text, furniture)
    own = [number for number in runs if number not in furniture]
    return Signature(
        article_id=article.id,
        outlet=outlet_of(article),
        told_at=told_at(article),
        title=title,
        lead=kept[:_KEPT],
        shingles=frozenset(own),
        furniture=frozenset(runs).difference(own),
        prints=_prints(title, own[:_KEPT]),
    )


def outlet_of(article: Article) -> str:
    """Where an article stands: the host of its address, or else its feed."""
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:
        # An address that is none.
        host = ""
    return host.removeprefix("www.") or f"feed {article.feed_id}"


def told_at(article: Article) -> datetime:
    """When an article was told: when it was published, where that is said and can be, or else when it was fetched.

    A date without a time of day is midnight in most feeds: then the time it was fetched holds, if that is the same day.
    Raises ValueError for an article without the time it was fetched.
    """
    published, fetched = article.published_at, article.fetched_at
    if fetched is None:
        raise ValueError("an article without the time it was fetched has no place in a story")
    if published is None or published > fetched + _AHEAD:
        return fetched
    if published.time() == time() and published.date() == fetched.date():
        return fetched
    return published


def shingles(text: Sequence[str]) -> list[int]:
    """Each run of four words as a number; a text of fewer words has none."""
    return [
        crc32(" ".join(text[at : at + SHINGLE]).encode("utf-8", "surrogatepass"))
        for at in range(len(text) - SHINGLE + 1)
    ]


def furniture_of(pages: Iterable[tuple[object, Collection[int]]]) -> frozenset[int]:
    """The shingles that stand in several stories of one outlet, given what each page is of and all its shingles."""
    by_story: dict[object, set[int]] = {}
    for story, some in pages:
        by_story.setdefault(story, set()).update(some)
    counts = Counter(number for some in by_story.values() for number in some)
    return frozenset(number for number, count in counts.items() if count >= _FURNITURE)


def without(text: Sequence[str], runs: Collection[int]) -> tuple[str, ...]:
    """A text without the words of these runs."""
    covered = bytearray(len(text))
    for at, number in enumerate(shingles(text)):
        if number in runs:
            covered[at : at + SHINGLE] = b"\1" * SHINGLE
    return tuple(word for word, gone in zip(text, covered, strict=True) if not gone)


def _prints(title: Sequence[str], runs: Sequence[int]) -> tuple[int, ...]:
    chosen = {min(runs[at : at + _WINDOW]) for at in range(max(1, len(runs) - _WINDOW + 1))} if runs else set()
    if title:
        chosen.add(crc32(" ".join(title).encode("utf-8", "surrogatepass")))
    return tuple(sorted(chosen))
