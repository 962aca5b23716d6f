"""Taking in what feeds hold: what is new waits to be screened, and nothing is new twice. `news.wording` decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from watchlist.model import Article, PageStatus
from watchlist.news.wording import SAME_STORY, Edited, Known, Met, after, same_article, same_story, settle, words_hash
from watchlist.storage.database.rows import AnyRow, chunks, dialect_of
from watchlist.storage.database.tables import articles, pages


def store_articles(
    connection: Connection, found: Sequence[Article], *, wanted: Collection[str] = (), first_reading: bool = False
) -> int:
    """Keep new articles, and new words of known ones, as waiting to be screened; return how many wait now.

    Of the articles that ``wanted`` names, those that are new or reworded by their feed get their page in the queue.
    """
    # An id that comes twice in one feed: the later entry is the one the reader would see.
    unique = {article.id: article for article in found}
    return sum(_store(connection, chunk, wanted, first_reading) for chunk in chunks(unique.values()))


def _store(connection: Connection, chunk: Sequence[Article], wanted: Collection[str], first_reading: bool) -> int:
    by_id = (
        select(articles.c.id, func.coalesce(pages.c.feed_hash, articles.c.content_hash).label("said"))
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .where(articles.c.id.in_([article.id for article in chunk]))
    )
    hashes = {row.id: row.said for row in connection.execute(by_id)}
    # Most of a poll is as it was the last time; only the rest is looked into.
    news = [article for article in chunk if hashes.get(article.id) != article.content_hash]
    if not news:
        return 0
    shelf = _read_shelf(connection, news, hashes)
    for article in news:
        shelf.take(article)
    waiting = shelf.write(connection, first_reading)
    for id, article in shelf.reworded.items():
        # A new article has no page yet, and most get none.
        if article.id in wanted or id not in shelf.new:
            _queue_page(connection, id, article, article.id in wanted)
    return waiting


def _queue_page(connection: Connection, id: str, article: Article, wanted: bool) -> None:
    state: dict[str, Any] = {"feed_hash": article.content_hash}
    if wanted:
        state |= {"status": PageStatus.WAITING, "tries": 0, "reason": None, "next_at": article.fetched_at}
    known = connection.execute(update(pages).where(pages.c.article_id == id).values(**state))
    if wanted and not known.rowcount:
        statement = dialect_of(connection).insert(pages).values(article_id=id, **state)
        connection.execute(statement.on_conflict_do_nothing())


@dataclass(slots=True)
class _Change:
    """What is to be written of one article."""

    known: Known
    #: As it was found first, where it is new.
    fresh: Article | None = None
    edit: Article | None = None


class _Shelf:
    """The stored articles that a few found ones may be, and what becomes of them."""

    def __init__(self, stored: Iterable[Known]) -> None:
        self._known: dict[str, Known] = {}
        #: Ids by guid within a feed, and by words.
        self._by_guid: defaultdict[tuple[int | None, str | None], dict[str, None]] = defaultdict(dict)
        self._by_words: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._changes: dict[str, _Change] = {}
        #: Ids of articles that are new, or that their own feed has reworded, with what it says now.
        self.reworded: dict[str, Article] = {}
        #: Those of them that are new.
        self.new: set[str] = set()
        for known in stored:
            self._put(known)

    def take(self, article: Article) -> None:
        """Decide what becomes of a found article."""
        wording = words_hash(article.title, article.text)
        copies = [self._known[id] for id in self._by_words[wording]]
        namesakes = [self._known[id] for id in self._by_guid[article.feed_id, article.guid]] if article.guid else []
        known = self._known.get(article.id) or same_article(article, (*copies, *namesakes))
        if known is not None:
            change = settle(article, known)
            if change.wording is not None and known.feed_id in (None, article.feed_id):
                self.reworded[known.id] = article
            self._change(article, change)
            return
        story = same_story(article, copies)
        new = _new(article, story, wording)
        self._put(new)
        self._changes[new.id] = _Change(new, fresh=article)
        self.reworded[new.id] = article
        self.new.add(new.id)

    def write(self, connection: Connection, first_reading: bool) -> int:
        """Store what was decided; return how many articles wait to be screened for it."""
        fresh = [
            _values(each.fresh, each.known) | {"first_reading": first_reading}
            for each in self._changes.values()
            if each.fresh is not None
        ]
        if fresh:
            # Two feeds that have the article may be stored at the same time.
            connection.execute(dialect_of(connection).insert(articles).on_conflict_do_nothing(), fresh)
        changed = [each for each in self._changes.values() if each.fresh is None]
        for each in changed:
            statement = update(articles).where(articles.c.id == each.known.id)
            connection.execute(statement.values(**_words_of(each.known), **_again(each.edit)))
            if each.known.page is not None:
                start = {"start": each.known.page}
                connection.execute(update(pages).where(pages.c.article_id == each.known.id).values(**start))
        return len(fresh) + sum(each.edit is not None for each in changed)

    def _change(self, article: Article, change: Met | Edited) -> None:
        known = after(change)
        if known == change.known:
            return
        self._put(known)
        planned = self._changes.setdefault(known.id, _Change(known))
        planned.known = known
        if isinstance(change, Edited):
            planned.edit = article

    def _put(self, known: Known) -> None:
        self._known[known.id] = known
        self._by_guid[known.feed_id, known.guid][known.id] = None
        for wording in known.seen:
            self._by_words[wording][known.id] = None


def _read_shelf(connection: Connection, news: Sequence[Article], known_ids: Iterable[str]) -> _Shelf:
    wanted = frozenset(known_ids)
    unknown = [article for article in news if article.id not in wanted]
    conditions: list[ColumnElement[bool]] = [articles.c.id.in_([each.id for each in news if each.id in wanted])]
    guids: defaultdict[int, set[str]] = defaultdict(set)
    for article in unknown:
        if article.guid is not None and article.feed_id is not None:
            guids[article.feed_id].add(article.guid)
    conditions += [and_(articles.c.feed_id == feed_id, articles.c.guid.in_(some)) for feed_id, some in guids.items()]
    times = [article.fetched_at for article in unknown if article.fetched_at is not None]
    if unknown:
        copied = articles.c.words_hash.in_({words_hash(each.title, each.text) for each in unknown})
        conditions.append(and_(copied, articles.c.fetched_at >= min(times) - SAME_STORY) if times else copied)
    columns = (articles.c.id, articles.c.feed_id, articles.c.guid, articles.c.title, articles.c.text)
    statement = (
        select(*columns, articles.c.fetched_at, articles.c.story_id, articles.c.seen, pages.c.start)
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .where(or_(*conditions))
    )
    return _Shelf(_known(row) for row in connection.execute(statement.order_by(articles.c.fetched_at)))


def _known(row: AnyRow) -> Known:
    seen = tuple(row.seen) if row.seen else (words_hash(row.title, row.text),)
    return Known(row.id, row.feed_id, row.guid, row.title, row.text, row.fetched_at, row.story_id, seen, row.start)


def _new(article: Article, story: str | None, wording: str) -> Known:
    if article.fetched_at is None:
        raise ValueError("an article without the time it was fetched cannot be stored")
    return Known(
        id=article.id,
        feed_id=article.feed_id,
        guid=article.guid,
        title=article.title,
        text=article.text,
        fetched_at=article.fetched_at,
        story_id=story,
        seen=(wording,),
    )


def _values(article: Article, known: Known) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "guid": article.guid,
        "lang": article.lang,
        "published_at": article.published_at,
        "fetched_at": article.fetched_at,
        "scanned_at": None,
        "story_id": known.story_id,
        **_words_of(known),
    }


def _words_of(known: Known) -> dict[str, Any]:
    content = Article(known.id, known.title, known.text).content_hash
    return {
        "feed_id": known.feed_id,
        "title": known.title,
        "text": known.text,
        "content_hash": content,
        # The words of a page are not the feed's: copies are known by what feeds say.
        "words_hash": words_hash(known.title, known.text) if known.page is None else known.seen[-1],
        "seen": list(known.seen),
    }


def _again(edit: Article | None) -> dict[str, Any]:
    """What puts an article in the queue again."""
    if edit is None:
        return {}
    # An edit is news, also of an article that came with the first reading.
    return {"fetched_at": edit.fetched_at, "first_reading": False, "scanned_at": None, "scan_error": None}
