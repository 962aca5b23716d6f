"""The tables of stories: the articles that stand with an alert, and by what articles are compared."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

story_articles = Table(
    "story_articles",
    metadata,
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    #: `first`, `copy`, `report` or `development`.
    Column("relation", String(16), nullable=False),
    #: Why it stands there, in words.
    Column("reason", Text, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Index("ix_story_articles_article_id", "article_id"),
)
