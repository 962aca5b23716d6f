"""The pages of articles: the queue of those to fetch, what came of them, and the sites they are on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from watchlist.model import (
    Access,
    PageCounts,
    PageForFetch,
    PageHost,
    PageIntent,
    PageRecord,
    PageState,
    PageStatus,
    content_hash,
)
from watchlist.news.full_text import join_page
from watchlist.storage.database.rows import AnyRow, Rows, chunks, upsert
from watchlist.storage.database.search import reindex_article
from watchlist.storage.database.tables import articles, feeds, page_hosts, pages
from watchlist.storage.news.arrivals import WAITS
from watchlist.storage.news.captures import store_captures


class PageRows(Rows):
    """The pages."""

    def due_pages(self, now: datetime, limit: int) -> tuple[PageForFetch, ...]:
        """Pages to fetch now: those not tried yet before the others, then the latest articles first."""
        statement = (
            select(articles, pages.c.tries, pages.c.start, feeds.c.url.label("feed_url"))
            .join(pages, pages.c.article_id == articles.c.id)
            .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
            .where(pages.c.status == PageStatus.WAITING, pages.c.next_at <= now, articles.c.url.is_not(None))
            .order_by(pages.c.tries, articles.c.fetched_at.desc(), articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(_for_fetch(row) for row in connection.execute(statement))

    def record_page(self, intent: PageIntent) -> bool:
        """Store what fetching a page came to; return whether its article has new words, which wait to be screened.

        Writes nothing when the feed has edited the article meanwhile: its page is in the queue again.
        """
        page = intent.page
        state: dict[str, Any] = {
            "status": intent.status,
            "reason": intent.reason,
            "tries": 0 if intent.status in (PageStatus.READ, PageStatus.PLAIN) else page.tries + 1,
            "fetched_at": intent.at,
            "next_at": intent.next_at or intent.at,
        }
        with self._writing() as connection:
            row = connection.execute(
                select(articles)
                .where(articles.c.id == page.article_id, articles.c.content_hash == page.content_hash)
                .with_for_update()
            ).first()
            if row is None:
                return False
            changed = False
            if intent.status is PageStatus.READ:
                changed, state["start"] = _take_words(connection, row, intent)
            connection.execute(update(pages).where(pages.c.article_id == page.article_id).values(**state))
            if intent.capture is not None:
                store_captures(connection, [(page.article_id, intent.capture)])
        return changed

    def page_state(self, article_id: str) -> PageState | None:
        """How the page of an article stands; None if it was never to be fetched."""
        with self._reading() as connection:
            return read_page_states(connection, [article_id]).get(article_id)

    def page_counts(self, reasons: int) -> PageCounts:
        """How all pages stand, with the most frequent reasons why there is no text."""
        number = func.count().label("n")
        statement = (
            select(pages.c.reason, number)
            .where(pages.c.reason.is_not(None), pages.c.status.in_((PageStatus.WAITING, PageStatus.FAILED)))
            .group_by(pages.c.reason)
            .order_by(number.desc(), pages.c.reason)
            .limit(reasons)
        )
        with self._reading() as connection:
            rows = connection.execute(select(pages.c.status, number).group_by(pages.c.status))
            by_status = {PageStatus(row.status): row.n for row in rows}
            return PageCounts(by_status, tuple((row.reason, row.n) for row in connection.execute(statement)))

    def page_records(self, since: datetime) -> dict[int, PageRecord]:
        """How the pages of each feed, by its number, have turned out since a time; those that wait do not count."""
        # Asked of each page, and not joined: there are far more articles, and a planner may begin with those.
        feed_id = select(articles.c.feed_id).where(articles.c.id == pages.c.article_id).scalar_subquery()
        recent = (
            select(feed_id.label("feed_id"), pages.c.status, pages.c.fetched_at)
            .where(pages.c.status != PageStatus.WAITING, pages.c.fetched_at >= since)
            .subquery()
        )
        useful = func.sum(case((recent.c.status == PageStatus.READ, 1), else_=0)).label("useful")
        last_at = func.max(recent.c.fetched_at).label("last_at")
        statement = select(recent.c.feed_id, func.count().label("tried"), useful, last_at).group_by(recent.c.feed_id)
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        return {row.feed_id: PageRecord(row.tried, int(row.useful), row.last_at) for row in rows if row.feed_id}

    def page_hosts(self, origins: Iterable[str]) -> tuple[PageHost, ...]:
        """What is known of these sites."""
        found: list[PageHost] = []
        with self._reading() as connection:
            for part in chunks(sorted(set(origins))):
                rows = connection.execute(select(page_hosts).where(page_hosts.c.origin.in_(part)))
                found += [_host(row) for row in rows]
        return tuple(found)

    def record_page_host(self, host: PageHost) -> None:
        """Keep what was learnt of a site."""
        with self._writing() as connection:
            upsert(connection, page_hosts, [asdict(host)], ["origin"])


def read_page_states(connection: Connection, article_ids: Iterable[str]) -> dict[str, PageState]:
    """How the pages of these articles stand."""
    found: dict[str, PageState] = {}
    for part in chunks(article_ids):
        for row in connection.execute(select(pages).where(pages.c.article_id.in_(part))):
            found[row.article_id] = PageState(
                status=PageStatus(row.status),
                reason=row.reason,
                tries=row.tries,
                next_at=row.next_at,
                fetched_at=row.fetched_at,
                start=row.start,
            )
    return found


def _take_words(connection: Connection, row: AnyRow, intent: PageIntent) -> tuple[bool, int]:
    text, start = join_page(row.title, intent.page.summary, intent.text)
    values: dict[str, Any] = {
        "lang": row.lang or intent.lang,
        "published_at": row.published_at or intent.published_at,
    }
    changed = text != row.text
    if changed:
        values |= {"text": text, "content_hash": content_hash(row.title, text), **WAITS}
    connection.execute(update(articles).where(articles.c.id == row.id).values(**values))
    if changed:
        reindex_article(connection, row.id, row.title, text)
    return changed, start


def _for_fetch(row: AnyRow) -> PageForFetch:
    return PageForFetch(
        article_id=row.id,
        url=row.url,
        title=row.title,
        text=row.text,
        content_hash=row.content_hash,
        tries=row.tries,
        start=row.start,
        feed_url=row.feed_url or "",
        feed_id=row.feed_id,
    )


def _host(row: AnyRow) -> PageHost:
    return PageHost(
        origin=row.origin,
        access=Access(row.access),
        rules=row.rules,
        checked_at=row.checked_at,
        expires_at=row.expires_at,
        reason=row.reason,
        hold_until=row.hold_until,
    )
