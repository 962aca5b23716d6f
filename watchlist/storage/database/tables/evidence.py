"""The tables of evidence: bytes as they came, and which articles they are of."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

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
