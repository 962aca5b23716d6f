"""The tables of what was screened and with what, and of the bytes it came in."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

screened_with = Table(
    "screened_with",
    metadata,
    #: Made of all that stands here.
    Column("id", String(24), primary_key=True),
    Column("engine_version", String(32), nullable=False),
    #: Each list with its snapshot and its revision.
    Column("lists", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
)

screenings = Table(
    "screenings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("screened_with", String(24), ForeignKey("screened_with.id"), nullable=False),
    #: Mentions found in each band, alerts that were opened, mentions that were held back.
    Column("alert_band", Integer, nullable=False),
    Column("review_band", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("look_back", Boolean, nullable=False),
    Index("ix_screenings_article_id", "article_id"),
    Index("ix_screenings_at", "at"),
)

evidence = Table(
    "evidence",
    metadata,
    #: SHA-256 of the bytes, which are kept once, whatever they are of.
    Column("sha256", String(64), primary_key=True),
    #: How many they are.
    Column("size", Integer, nullable=False),
    #: A compressed WARC record.
    Column("record", LargeBinary, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    #: `entry`, `document`, `page` or `given`.
    Column("kind", String(8), nullable=False),
    Column("sha256", String(64), ForeignKey("evidence.sha256"), nullable=False),
    Column("url", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: The headers of an answer whose bytes were there already.
    Column("head", LargeBinary),
    Index("ix_captures_article_id", "article_id"),
    Index("ix_captures_sha256", "sha256"),
    Index("ix_captures_at", "at"),
)
