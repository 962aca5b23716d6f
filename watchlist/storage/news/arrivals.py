"""Taking in what feeds hold: reads what is stored, asks `news.arrivals` what is new, and writes what that says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from watchlist.model import Article, Capture, PageStatus
from watchlist.news.arrivals import decide, facts_needed, reworded
from watchlist.news.facts import ChangedArticle, Decided, FactsNeeded, FeedWords, Known, NewArticle
from watchlist.news.wording import words_hash
from watchlist.storage.database.rows import AnyRow, chunks, dialect_of
from watchlist.storage.database.search import reindex_article
from watchlist.storage.database.tables import articles, pages, past_articles
from watchlist.storage.news.captures import store_captures

#: What an article has whose words nobody tried to screen.
WAITS: Mapping[str, Any] = MappingProxyType(
    {"scanned_at": None, "scan_error": None, "scan_failures": 0, "scan_retry_at": None}
)


def store_articles(
    connection: Connection,
    found: Sequence[Article],
    *,
    wanted: Collection[str] = (),
    first_reading: bool = False,
    captures: Mapping[str, Capture] = MappingProxyType({}),
) -> int:
    """Keep new articles, and new words of known ones, as waiting to be screened; return how many wait now.

    Of the articles that ``wanted`` names, those that are new or reworded by their feed get their page in the queue.
    ``captures`` has the bytes of articles by their ids, of which those are kept that have new words.
    """
    # An id that comes twice in one feed: the later entry is the one the reader would see.
    unique = {article.id: article for article in found}
    waiting = 0
    for chunk in chunks(unique.values()):
        decided = _store(connection, chunk, wanted, first_reading)
        store_captures(connection, list(_captured(decided, captures)))
        waiting += decided.waiting
    return waiting


def _store(connection: Connection, chunk: Sequence[Article], wanted: Collection[str], first_reading: bool) -> Decided:
    said = _read_said(connection, [article.id for article in chunk])
    news = reworded(chunk, said)
    # What was taken away long ago, and is in its feed to this day, is no news either.
    news = reworded(news, _read_past(connection, [article.id for article in news if article.id not in said]))
    if not news:
        return Decided((), (), ())
    decided = decide(news, _read_known(connection, facts_needed(news, said)), wanted)
    _write(connection, decided, first_reading)
    return decided


def _captured(decided: Decided, captures: Mapping[str, Capture]) -> Iterable[tuple[str, Capture]]:
    """The bytes of what has new words, each with the id that its article is stored under."""
    for new in decided.new:
        if (capture := captures.get(new.found.id)) is not None:
            yield new.known.id, capture
    for changed in decided.changed:
        if changed.edit is not None and (capture := captures.get(changed.edit.id)) is not None:
            yield changed.known.id, capture


def _read_said(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The hash of the words that the feed last had of each of these articles that is stored."""
    statement = (
        select(articles.c.id, func.coalesce(pages.c.feed_hash, articles.c.content_hash).label("said"))
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .where(articles.c.id.in_(ids))
    )
    return {row.id: row.said for row in connection.execute(statement)}


def _read_past(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The hash of the words that the feed last had of each of these articles that was taken away."""
    if not ids:
        return {}
    statement = select(past_articles.c.id, past_articles.c.feed_hash).where(past_articles.c.id.in_(ids))
    return {row.id: row.feed_hash for row in connection.execute(statement)}


def _read_known(connection: Connection, needed: FactsNeeded) -> Iterable[Known]:
    conditions: list[ColumnElement[bool]] = [articles.c.id.in_(needed.ids)]
    conditions += [
        and_(articles.c.feed_id == feed_id, articles.c.guid.in_(some)) for feed_id, some in needed.guids.items()
    ]
    if needed.wordings:
        copied = articles.c.words_hash.in_(needed.wordings)
        conditions.append(copied if needed.since is None else and_(copied, articles.c.fetched_at >= needed.since))
    columns = (articles.c.id, articles.c.feed_id, articles.c.guid, articles.c.url, articles.c.title, articles.c.text)
    statement = (
        select(*columns, articles.c.fetched_at, articles.c.story_id, articles.c.seen, pages.c.start)
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .where(or_(*conditions))
        .order_by(articles.c.fetched_at)
    )
    return (_known(row) for row in connection.execute(statement))


def _known(row: AnyRow) -> Known:
    return Known(
        id=row.id,
        feed_id=row.feed_id,
        guid=row.guid,
        title=row.title,
        text=row.text,
        fetched_at=row.fetched_at,
        story_id=row.story_id,
        # None where nobody has looked yet.
        seen=tuple(row.seen) if row.seen else (words_hash(row.title, row.text),),
        page=row.start,
        url=row.url,
    )


def _write(connection: Connection, decided: Decided, first_reading: bool) -> None:
    if decided.new:
        # Two feeds that have the article may be stored at the same time.
        statement = dialect_of(connection).insert(articles).on_conflict_do_nothing()
        connection.execute(statement, [_new_row(each, first_reading) for each in decided.new])
    for changed in decided.changed:
        _change(connection, changed)
    for said in decided.feed_words:
        _keep_said(connection, said)


def _new_row(new: NewArticle, first_reading: bool) -> dict[str, Any]:
    found = new.found
    return {
        "id": found.id,
        "url": found.url,
        "guid": found.guid,
        "lang": found.lang,
        "published_at": found.published_at,
        "fetched_at": found.fetched_at,
        "scanned_at": None,
        "story_id": new.known.story_id,
        "first_reading": first_reading,
        **_words_of(new.known),
    }


def _change(connection: Connection, changed: ChangedArticle) -> None:
    known, values = changed.known, _words_of(changed.known)
    if changed.edit is not None:
        # An edit is news, also of an article that came with the first reading.
        values |= {"fetched_at": changed.edit.fetched_at, "first_reading": False, **WAITS}
    connection.execute(update(articles).where(articles.c.id == known.id).values(**values))
    reindex_article(connection, known.id, known.title, known.text)
    if known.page is not None:
        connection.execute(update(pages).where(pages.c.article_id == known.id).values(start=known.page))


def _words_of(known: Known) -> dict[str, Any]:
    return {
        "feed_id": known.feed_id,
        "title": known.title,
        "text": known.text,
        "content_hash": known.content_hash,
        "words_hash": known.words_hash,
        "seen": list(known.seen),
    }


def _keep_said(connection: Connection, said: FeedWords) -> None:
    values: dict[str, Any] = {"feed_hash": said.content_hash}
    if said.wants_page:
        values |= {"status": PageStatus.WAITING, "tries": 0, "reason": None, "next_at": said.at}
    known = connection.execute(update(pages).where(pages.c.article_id == said.article_id).values(**values))
    if said.wants_page and not known.rowcount:
        statement = dialect_of(connection).insert(pages).values(article_id=said.article_id, **values)
        connection.execute(statement.on_conflict_do_nothing())
