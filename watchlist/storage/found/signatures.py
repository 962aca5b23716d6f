"""By what the articles of stories are compared: signatures, prints, and how rare words are in what is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from struct import pack, unpack
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from watchlist.alerts.story.join import COPY_WINDOW
from watchlist.alerts.story.rarity import Rarity, rarity_in
from watchlist.alerts.story.signature import FORM, Signature, furniture_of, outlet_of, signature_of
from watchlist.model import Article
from watchlist.storage.database.rows import AnyRow, chunks, upsert
from watchlist.storage.database.tables import alerts, articles, story_articles, story_prints, story_signatures
from watchlist.storage.news.articles import article_from_row

#: So many pages of an outlet, the latest, tell what its furniture is.
_PAGES: Final = 20
#: So many stored articles tell how rare words are; and so much of each text.
_SAMPLE: Final = 1000
_SAMPLE_TEXT: Final = 500
_FRESH: Final = timedelta(hours=1)

_FORGET_PRINTS = delete(story_prints).where(story_prints.c.article_id == bindparam("article"))


def sign(connection: Connection, article: Article) -> tuple[Signature, frozenset[int]]:
    """The signature of an article, and the furniture of its outlet as it is known now."""
    furniture = _furniture(connection, article)
    return signature_of(article, furniture), furniture


def store_signature(connection: Connection, article: Article, signature: Signature) -> None:
    """Keep the signature of an article, in place of the one of earlier words."""
    row = {
        "article_id": article.id,
        "form": FORM,
        "content_hash": article.content_hash,
        "outlet": signature.outlet[:255],
        "told_at": signature.told_at,
        "title": " ".join(signature.title),
        "lead": " ".join(signature.lead),
        "shingles": _packed(signature.shingles),
        "furniture": _packed(signature.furniture),
    }
    upsert(connection, story_signatures, [row], ["article_id"])
    connection.execute(_FORGET_PRINTS, {"article": article.id})
    prints = [{"print": number, "article_id": article.id} for number in signature.prints]
    if prints:
        connection.execute(insert(story_prints), prints)


def read_signatures(connection: Connection, article_ids: Iterable[str]) -> dict[str, Signature]:
    """The stored signatures of these articles."""
    found = {}
    for part in chunks(article_ids):
        statement = select(story_signatures).where(story_signatures.c.article_id.in_(part))
        found.update({row.article_id: _from_row(row) for row in connection.execute(statement)})
    return found


def sign_unsigned(connection: Connection, now: datetime) -> None:
    """Sign what stands in stories without a signature of the present form, such as alerts of an earlier version."""
    unsigned = (
        select(articles)
        .where(
            articles.c.id.in_(select(story_articles.c.article_id).where(story_articles.c.told_at >= now - COPY_WINDOW)),
            articles.c.id.not_in(select(story_signatures.c.article_id).where(story_signatures.c.form == FORM)),
        )
        .order_by(articles.c.fetched_at)
    )
    for row in connection.execute(unsigned).all():
        article = article_from_row(row)
        signature, _ = sign(connection, article)
        store_signature(connection, article, signature)


class WordSample:
    """How rare words are in the stored articles, read again when a tenth more are there, or after an hour."""

    def __init__(self) -> None:
        self._known: tuple[int, datetime, Rarity] | None = None

    def rarity(self, connection: Connection, now: datetime) -> Rarity:
        """How rare words are now.

        Ids are hashes: the first of them are a fair sample of all, and nearly the same one the next time.
        """
        within = select(articles.c.id).limit(_SAMPLE).subquery()
        size = connection.execute(select(func.count()).select_from(within)).scalar_one()
        if self._known is not None:
            before, at, known = self._known
            if size <= before + before // 10 and abs(now - at) < _FRESH:
                return known
        sample = select(articles.c.title, articles.c.text).order_by(articles.c.id).limit(_SAMPLE)
        found = rarity_in((row.title, row.text[:_SAMPLE_TEXT]) for row in connection.execute(sample))
        self._known = size, now, found
        return found


def _furniture(connection: Connection, article: Article) -> frozenset[int]:
    """What stands on many pages of an article's outlet, whatever story they are of."""
    latest = (
        select(story_signatures.c.article_id, story_signatures.c.shingles, story_signatures.c.furniture)
        .where(story_signatures.c.outlet == outlet_of(article)[:255], story_signatures.c.article_id != article.id)
        .order_by(story_signatures.c.told_at.desc(), story_signatures.c.article_id)
        .limit(_PAGES)
    )
    pages = connection.execute(latest).all()
    if len(pages) < 2:
        return frozenset()
    stories = _stories_of(connection, [row.article_id for row in pages])
    return furniture_of(
        (stories.get(row.article_id, row.article_id), _unpacked(row.shingles) | _unpacked(row.furniture))
        for row in pages
    )


def _stories_of(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """For each article the one that opened the first alert it stands with: articles of one story share it."""
    statement = (
        select(story_articles.c.article_id, alerts.c.article_id.label("first"))
        .join(alerts, alerts.c.id == story_articles.c.alert_id)
        .where(story_articles.c.article_id.in_(article_ids))
        .order_by(story_articles.c.article_id, story_articles.c.alert_id)
    )
    rows = connection.execute(statement).all()
    return {article_id: next(some).first for article_id, some in groupby(rows, key=lambda row: str(row.article_id))}


def _from_row(row: AnyRow) -> Signature:
    return Signature(
        article_id=row.article_id,
        outlet=row.outlet,
        told_at=row.told_at,
        title=tuple(row.title.split()),
        lead=tuple(row.lead.split()),
        shingles=_unpacked(row.shingles),
        furniture=_unpacked(row.furniture),
    )


def _packed(numbers: Collection[int]) -> bytes:
    return pack(f"<{len(numbers)}I", *sorted(numbers))


def _unpacked(stored: bytes) -> frozenset[int]:
    return frozenset(unpack(f"<{len(stored) // 4}I", stored))
