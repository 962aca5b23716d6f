"""Mentions as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from watchlist.model import (
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
from watchlist.storage.database.rows import AnyRow, Rows, upsert
from watchlist.storage.database.tables import mentions


class MentionRows(Rows):
    """The mentions."""

    def mentions(self, article_id: str) -> tuple[Mention, ...]:
        """What was found in an article, best first."""
        statement = select(mentions).where(mentions.c.article_id == article_id).order_by(mentions.c.score.desc())
        with self._reading() as connection:
            return tuple(mention_from_row(row) for row in connection.execute(statement))


def store_mentions(connection: Connection, found: Sequence[Mention], now: datetime) -> None:
    """Store mentions, new or found again, within the caller's transaction."""
    upsert(connection, mentions, [_values(mention, now) for mention in found], ["id"])


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
