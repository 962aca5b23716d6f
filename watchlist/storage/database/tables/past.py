"""The tables of what is gone: that it was screened is still known; and of what was taken away when."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

past_articles = Table(
    "past_articles",
    metadata,
    #: Columns as of `articles`, as they last were.
    Column("id", String(24), primary_key=True),
    #: No foreign key: the feed may be gone as well.
    Column("feed_id", Integer),
    Column("feed", Text),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    #: Hash of the words its feed had last, by which it is known that the feed brings nothing new.
    Column("feed_hash", String(64), nullable=False),
    Column("scanned_at", UtcDateTime),
    Column("scan_error", Text),
    Column("removed_at", UtcDateTime, nullable=False),
    Index("ix_past_articles_fetched_at", "fetched_at"),
    Index("ix_past_articles_feed_id", "feed_id"),
)

past_screenings = Table(
    "past_screenings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(24), ForeignKey("past_articles.id", ondelete="CASCADE"), nullable=False),
    #: Columns as of `screenings`.
    Column("text_hash", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("screened_with", String(24), ForeignKey("screened_with.id"), nullable=False),
    Column("alert_band", Integer, nullable=False),
    Column("review_band", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("look_back", Boolean, nullable=False),
    Index("ix_past_screenings_article_id", "article_id"),
    Index("ix_past_screenings_at", "at"),
)

purges = Table(
    "purges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    #: None while there is more to do.
    Column("finished_at", UtcDateTime),
    #: How much of each kind was taken away so far.
    Column("removed", JSON, nullable=False),
)
