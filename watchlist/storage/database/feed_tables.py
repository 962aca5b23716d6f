"""The tables of feeds and their polls; `tables` has all of them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.columns import UtcDateTime, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("declared", String(16), nullable=False),
    #: As declared; `disabled` is the user's own switch, and goes before it.
    Column("enabled", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("last_checked_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("last_status", Integer),
    Column("last_error", Text),
    Column("last_error_at", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("next_check_at", UtcDateTime),
    #: Whether the pages of its articles are fetched: `auto`, `always`, `never`.
    Column("full_text", String(8), nullable=False),
    #: Where the user keeps it among others: folders with "/" between them.
    Column("folder", Text),
    #: Seconds between two polls, where the feed has a setting of its own.
    Column("every", Float),
    Column("next_reason", Text),
    #: Its habit: when it last brought something new, and how many seconds lie between two times.
    Column("changed_at", UtcDateTime),
    Column("gap", Float),
    #: What its server and document say about how often to come.
    Column("hints", JSON(none_as_null=True)),
    #: Where its address leads for good, since when, and in how many polls; `adopted` once it is fetched from there.
    Column("moved_to", Text),
    Column("moved_since", UtcDateTime),
    Column("moved_polls", Integer, nullable=False),
    Column("adopted", Boolean, nullable=False),
    #: When its server said, twice, that it is gone for good.
    Column("gone_at", UtcDateTime),
)

feed_polls = Table(
    "feed_polls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", Integer, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("status", Integer),
    #: Articles that were new or edited.
    Column("new", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("error", Text),
    Index("ix_feed_polls_feed_id_at", "feed_id", "at"),
)
