"""The tables of stories: the articles that stand with an alert, and by what articles are compared."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

story_articles = Table(
    "story_articles",
    metadata,
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    #: The alert's, and when the article was told: by both a story is looked for.
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    #: `first`, `copy`, `report` or `development`.
    Column("relation", String(16), nullable=False),
    #: Why it stands there, in words.
    Column("reason", Text, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Index("ix_story_articles_article_id", "article_id"),
    Index("ix_story_articles_entity_id_told_at", "entity_id", "told_at"),
)

story_signatures = Table(
    "story_signatures",
    metadata,
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    #: The form it was made in, and from which words.
    Column("form", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("outlet", String(255), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    #: Words with a space between them.
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    #: Numbers of four bytes each.
    Column("shingles", LargeBinary, nullable=False),
    Column("furniture", LargeBinary, nullable=False),
    Index("ix_story_signatures_outlet_told_at", "outlet", "told_at"),
)

story_prints = Table(
    "story_prints",
    metadata,
    Column("print", BigInteger, primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_story_prints_article_id", "article_id"),
)
