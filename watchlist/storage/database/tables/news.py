"""The tables of what is read: feeds with their polls, articles, and their pages."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata
from watchlist.storage.database.tables.packed import PackedText

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
    #: Since when the configuration, which declared it, names it no longer.
    Column("undeclared_at", UtcDateTime),
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

articles = Table(
    "articles",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("feed_id", Integer, ForeignKey("feeds.id", ondelete="SET NULL")),
    Column("url", Text),
    Column("guid", Text),
    Column("title", Text, nullable=False),
    Column("text", PackedText, nullable=False),
    Column("lang", String(16)),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    #: None until the words of `content_hash` have been screened: the queue of the scan.
    Column("scanned_at", UtcDateTime),
    Column("scan_error", Text),
    #: How often these words failed to be screened, and when they are tried again; None where they did not.
    Column("scan_failures", Integer, nullable=False, default=0),
    Column("scan_retry_at", UtcDateTime),
    #: Whether it came with the first reading of its feed, which brings old articles as well.
    Column("first_reading", Boolean, nullable=False),
    #: Over the words alone, without typography: what copies have in common. None where nobody has looked yet.
    Column("words_hash", String(16)),
    #: The `words_hash` of every wording that was met.
    Column("seen", JSON(none_as_null=True)),
    #: The article of which this is a copy.
    Column("story_id", String(24)),
    Index("ix_articles_feed_id", "feed_id"),
    Index("ix_articles_feed_id_guid", "feed_id", "guid"),
    Index("ix_articles_words_hash", "words_hash"),
    Index("ix_articles_fetched_at", "fetched_at"),
    # Partial, over what is not scanned; that stands in the migration alone, since here it would make every process load
    # the dialects of both databases.
    Index("ix_articles_unscanned", "fetched_at"),
    # Partial as well, over what is set.
    Index("ix_articles_scan_retry_at", "scan_retry_at"),
)

pages = Table(
    "pages",
    metadata,
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    #: `waiting` until `next_at`, `read`, `plain` (it had no more than the feed), `failed`.
    Column("status", String(16), nullable=False),
    #: Why the last try brought nothing.
    Column("reason", Text),
    Column("tries", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime),
    #: Where in the article's text the page's begins; None while there is none of it.
    Column("start", Integer),
    #: Hash of the words the feed has, which are others than the article's once those of the page are in it.
    Column("feed_hash", String(64), nullable=False),
    Index("ix_pages_status_next_at", "status", "next_at"),
    Index("ix_pages_fetched_at", "fetched_at"),
)

page_hosts = Table(
    "page_hosts",
    metadata,
    #: Scheme, host and port, as in `https://news.example`.
    Column("origin", String(255), primary_key=True),
    #: What its robots.txt came to: `rules`, `open` (it has none) or `closed` (it could not be had).
    Column("access", String(16), nullable=False),
    Column("rules", Text, nullable=False),
    Column("reason", Text),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    #: Set when it asked for patience: no page of it is fetched before.
    Column("hold_until", UtcDateTime),
)
