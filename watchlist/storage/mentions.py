"""Mentions: what a scan found, written together with its alerts, their deliveries and the scan mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from watchlist.model import (
    Alert,
    AlertStatus,
    Article,
    Band,
    FeatureScore,
    Mention,
    Name,
    NameKind,
    NameOrigin,
    Quote,
    Schema,
    Span,
)
from watchlist.storage.deliveries import enqueue
from watchlist.storage.groups import read_groups
from watchlist.storage.lists import read_revisions
from watchlist.storage.rows import AnyRow, Rows, insert_one, upsert
from watchlist.storage.succession import successors
from watchlist.storage.suppressions import read_suppressed
from watchlist.storage.tables import alerts, articles, mentions


@dataclass(frozen=True, slots=True)
class Scan:
    """What screening one article found, and what is to become of it."""

    article: Article
    mentions: tuple[Mention, ...]
    #: What an alert is reported once for.
    story_id: str
    #: Which of the mentions open an alert, given the entities that have one in this story already, and the groups.
    decide: Callable[[tuple[Mention, ...], frozenset[str], Mapping[str, str]], tuple[Mention, ...]]
    #: The channels that new alerts go to.
    channels: tuple[str, ...]
    #: The most alerts one delivery carries.
    max_per_message: int
    #: The content tokens of the lists that were screened against.
    revisions: tuple[tuple[str, str], ...]
    #: Why an alert of an entity comes now, where that is not the article's being new.
    notes: Mapping[str, str] = field(default_factory=dict)
    #: Whether the alerts go into a digest rather than into an ordinary message.
    digest: bool = False


#: Made once: they are executed for each article.
_MARK = (
    update(articles)
    .where(articles.c.id == bindparam("article"), articles.c.content_hash == bindparam("words"))
    .values(scanned_at=bindparam("now"), scan_error=None)
)
_REMOVE_STALE = delete(mentions).where(
    mentions.c.article_id == bindparam("article"),
    mentions.c.id.not_in(bindparam("found", expanding=True)),
    mentions.c.id.not_in(select(alerts.c.mention_id).where(alerts.c.article_id == bindparam("article"))),
)


class MentionRows(Rows):
    """The mentions."""

    def record_scan(self, scan: Scan, now: datetime) -> tuple[Alert, ...] | None:
        """Store mentions, new alerts, their deliveries and the scan mark, all or nothing; return the new alerts.

        None when the article's words or the lists have changed since they were read: the article is still waiting, and
        will come again.
        """
        article = scan.article
        with self._writing() as connection:
            if read_revisions(connection) != scan.revisions:
                return None
            marked = connection.execute(_MARK, {"article": article.id, "words": article.content_hash, "now": now})
            if not marked.rowcount:
                return None
            _remove_stale(connection, scan)
            return add_mentions(connection, scan, now)

    def mentions(self, article_id: str) -> tuple[Mention, ...]:
        """What was found in an article, best first."""
        statement = select(mentions).where(mentions.c.article_id == article_id).order_by(mentions.c.score.desc())
        with self._reading() as connection:
            return tuple(mention_from_row(row) for row in connection.execute(statement))


def add_mentions(connection: Connection, scan: Scan, now: datetime) -> tuple[Alert, ...]:
    """Store the mentions of a scan with their new alerts and deliveries, within the caller's transaction."""
    if not scan.mentions:
        # So it is with most articles; each statement spared counts.
        return ()
    upsert(connection, mentions, [_values(mention, now) for mention in scan.mentions], ["id"])
    story = select(alerts.c.entity_id).where(alerts.c.story_id == scan.story_id)
    known = frozenset(connection.execute(story).scalars())
    now_called = successors(connection, known)
    # What was alerted under an id that has changed since was alerted.
    known = frozenset(now_called.get(id, id) for id in known)
    # Nor is anything told of whom no alert is wanted of, on whichever list.
    known |= read_suppressed(connection, now)
    group_of = read_groups(connection, known | {mention.entity_id for mention in scan.mentions})
    opened = tuple(_open(connection, scan, mention, now) for mention in scan.decide(scan.mentions, known, group_of))
    for channel in scan.channels:
        enqueue(connection, channel, [alert.id for alert in opened], scan.max_per_message, now, digest=scan.digest)
    return opened


def _remove_stale(connection: Connection, scan: Scan) -> None:
    """An edit may have taken a name out: what is found no more goes, unless an alert stands on it."""
    found = [mention.id for mention in scan.mentions]
    connection.execute(_REMOVE_STALE, {"article": scan.article.id, "found": found})


def _open(connection: Connection, scan: Scan, mention: Mention, now: datetime) -> Alert:
    note = scan.notes.get(mention.entity_id)
    values = {
        "entity_id": mention.entity_id,
        "story_id": scan.story_id,
        "article_id": mention.article_id,
        "mention_id": mention.id,
        "status": AlertStatus.OPEN,
        "opened_at": now,
        "note": note,
    }
    id = insert_one(connection, insert(alerts).values(**values))
    return Alert(id, mention.entity_id, scan.story_id, mention.article_id, mention.id, AlertStatus.OPEN, now, note)


def _values(mention: Mention, now: datetime) -> dict[str, Any]:
    return {
        "id": mention.id,
        "article_id": mention.article_id,
        "entity_id": mention.entity_id,
        "caption": mention.caption,
        "schema": mention.schema,
        "name": asdict(mention.name),
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "spans": [[span.field, span.start, span.end] for span in mention.spans],
        "quote": asdict(mention.quote),
        "score": mention.score,
        "band": mention.band,
        "features": [asdict(feature) for feature in mention.features],
        "engine_version": mention.engine_version,
        "snapshot_version": mention.snapshot_version,
        "found_at": now,
    }


def mention_from_row(row: AnyRow) -> Mention:
    """A mention as stored; the row holds the columns of `mentions`."""
    name = row.name
    return Mention(
        article_id=row.article_id,
        entity_id=row.entity_id,
        caption=row.caption,
        schema=Schema(row.schema),
        name=Name(
            name["text"],
            NameKind(name["kind"]),
            name["lang"],
            name["given"],
            name["family"],
            NameOrigin(name["origin"]),
        ),
        field=row.field,
        start=row.start,
        end=row.end,
        surface=row.surface,
        spans=tuple(Span(*span) for span in row.spans),
        quote=Quote(**row.quote),
        score=row.score,
        band=Band(row.band),
        features=tuple(FeatureScore(**feature) for feature in row.features),
        engine_version=row.engine_version,
        snapshot_version=row.snapshot_version,
    )
