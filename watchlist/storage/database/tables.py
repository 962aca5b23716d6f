"""The tables. ``migrations/`` makes them; a test compares the two.

Times are stored as UTC without a zone and come back aware. Values that are only ever read as a whole (tuples of
strings, the parts of a score) are JSON columns; what is looked up or joined has columns of its own.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from watchlist.storage.database.columns import UtcDateTime, metadata
from watchlist.storage.database.feed_tables import feed_polls as feed_polls
from watchlist.storage.database.feed_tables import feeds as feeds

lists = Table(
    "lists",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("declared", String(16), nullable=False),
    #: As declared; `disabled` is the user's own switch, and goes before it.
    Column("enabled", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("refresh", Boolean, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("url", Text),
    #: Seconds between two looks, where the configuration gives the list its own.
    Column("every", Float),
    #: A new random token whenever what is matched changes: a compiled index is known by the tokens it was made of.
    Column("revision", String(32), nullable=False),
    Column("last_checked_at", UtcDateTime),
    Column("last_good_at", UtcDateTime),
    Column("last_changed_at", UtcDateTime),
    Column("last_error", Text),
    Column("last_error_at", UtcDateTime),
    #: For each address of a conditional list download: its ETag and Last-Modified.
    Column("validators", JSON, nullable=False),
    #: Set when the user removed the list; its entities and their alerts stay on record.
    Column("removed_at", UtcDateTime),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("version", String(64), nullable=False),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("entity_count", Integer, nullable=False),
    Column("name_count", Integer, nullable=False),
    #: The form it was read from, such as `ofac_csv`.
    Column("form", String(32)),
    #: How many entities had something in each field, which tells when a list loses one.
    Column("filled", JSON),
    #: The ids at the end of the file, which tell when a later one is cut off.
    Column("tail", JSON),
    Index("ix_snapshots_list_id", "list_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    #: None for a change by the user's own hand.
    Column("snapshot_id", Integer, ForeignKey("snapshots.id", ondelete="CASCADE")),
    Column("entity_id", String(255), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("caption", Text, nullable=False),
    #: For a change, each field that differs: what it was and what it is.
    Column("fields", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: What the change means for the id, `renumbered` or `reused`, and the other id it is about.
    Column("note", String(16)),
    Column("other_id", String(255)),
    Index("ix_changes_list_id_at", "list_id", "at"),
    Index("ix_changes_snapshot_id", "snapshot_id"),
)

lookbacks = Table(
    "lookbacks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reason", String(16), nullable=False),
    #: What to look for: these entities, else all of these lists, else everything.
    Column("entity_ids", JSON(none_as_null=True)),
    Column("list_ids", JSON(none_as_null=True)),
    #: Articles fetched in this time are screened; what came later was screened with the list as it is now.
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    #: The last article that is done.
    Column("cursor", String(24), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
)

entities = Table(
    "entities",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("source_id", String(190), nullable=False),
    Column("schema", String(32), nullable=False),
    Column("caption", Text, nullable=False),
    Column("countries", JSON, nullable=False),
    Column("birth_dates", JSON, nullable=False),
    Column("birth_places", JSON, nullable=False),
    Column("programs", JSON, nullable=False),
    Column("designations", JSON, nullable=False),
    Column("addresses", JSON, nullable=False),
    Column("linked_to", JSON, nullable=False),
    Column("listed_on", String(32)),
    Column("reference", Text),
    Column("remarks", Text),
    Column("url", Text),
    #: Hash over all the authority says of the entity: the change test of a sync.
    Column("digest", String(64), nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    #: Set when the authority took the entity off the list; past alerts keep pointing here.
    Column("removed_at", UtcDateTime),
    #: The id under which the authority lists the same entity now.
    Column("succeeded_by", String(255)),
    Index("ix_entities_list_id_removed_at", "list_id", "removed_at"),
    Index("ix_entities_succeeded_by", "succeeded_by"),
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("lang", String(16)),
    Column("given", Text),
    Column("family", Text),
    Column("origin", String(16), nullable=False),
    Column("script", String(4)),
    #: Pairs of kind and text, in the list's order.
    Column("parts", JSON(none_as_null=True)),
    Index("ix_names_entity_id", "entity_id"),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("detail", Text),
    Index("ix_identifiers_entity_id", "entity_id"),
    Index("ix_identifiers_kind_value", "kind", "value"),
)

entity_groups = Table(
    "entity_groups",
    metadata,
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True),
    #: The least id among those that are one.
    Column("group_id", String(255), nullable=False),
    #: What they were recognised by, in words.
    Column("reason", Text, nullable=False),
    Index("ix_entity_groups_group_id", "group_id"),
)

group_decisions = Table(
    "group_decisions",
    metadata,
    #: The lesser id first.
    Column("one_id", String(255), primary_key=True),
    Column("other_id", String(255), primary_key=True),
    Column("same", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("entity_id", String(255), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("reason", Text),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("feed_id", Integer, ForeignKey("feeds.id", ondelete="SET NULL")),
    Column("url", Text),
    Column("guid", Text),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("lang", String(16)),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    #: None until the words of `content_hash` have been screened: the queue of the scan.
    Column("scanned_at", UtcDateTime),
    Column("scan_error", Text),
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
    # Partial, over what is not scanned; that stands in the migration alone, since here it would make every process load
    # the dialects of both databases.
    Index("ix_articles_unscanned", "fetched_at"),
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

mentions = Table(
    "mentions",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("caption", Text, nullable=False),
    Column("schema", String(32), nullable=False),
    Column("name", JSON, nullable=False),
    Column("field", String(8), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("surface", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("quote", JSON, nullable=False),
    Column("score", Float, nullable=False),
    Column("band", String(16), nullable=False),
    Column("features", JSON, nullable=False),
    Column("engine_version", String(32), nullable=False),
    Column("snapshot_version", String(64), nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Index("ix_mentions_article_id", "article_id"),
    Index("ix_mentions_entity_id", "entity_id"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("story_id", String(24), nullable=False),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("mention_id", String(24), ForeignKey("mentions.id", ondelete="CASCADE"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    #: Why it comes now, where that is not the article's being new: "newly listed on …".
    Column("note", Text),
    UniqueConstraint("entity_id", "story_id"),
    Index("ix_alerts_opened_at", "opened_at"),
    Index("ix_alerts_article_id", "article_id"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text),
    Index("ix_judgements_alert_id", "alert_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("idempotency_key", String(190), nullable=False, unique=True),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("last_error", Text),
    Column("sent_at", UtcDateTime),
    #: Whether it holds what first readings of feeds brought, told in short.
    Column("digest", Boolean, nullable=False),
    Index("ix_deliveries_status_next_attempt_at", "status", "next_attempt_at"),
)

delivery_alerts = Table(
    "delivery_alerts",
    metadata,
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_delivery_alerts_alert_id", "alert_id"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    #: What the notice is about; of a fault at most one is open for each subject.
    Column("subject", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Index("ix_notices_subject", "subject"),
)

delivery_notices = Table(
    "delivery_notices",
    metadata,
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("notice_id", Integer, ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_delivery_notices_notice_id", "notice_id"),
)

list_backups = Table(
    "list_backups",
    metadata,
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    #: The list in the generic CSV form, as it was before its last import.
    Column("content", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    #: Counts by name, and the errors in words.
    Column("counts", JSON, nullable=False),
    Column("errors", JSON, nullable=False),
)
