"""The tables of what is found: mentions, alerts, and what people made of them."""

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
    false,
    func,
    text,
)

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

mentions = Table(
    "mentions",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("article_id", String(24), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    #: None in what was stored before there were subjects.
    Column("listings", JSON),
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
    Index("ix_mentions_band_score", "band", "score", "found_at", "id"),
    Index("ix_mentions_band_found_at", "band", "found_at", "id"),
    Index("ix_mentions_lower_surface", func.lower(text("surface"))),
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
    Column("outcome", String(16)),
    Column("severity", String(8), nullable=False),
    #: The mention's, kept in step with it: in its order alerts lie in an index.
    Column("score", Float, nullable=False, server_default="0"),
    #: The reasons for the severity, in words; None in what was opened before there was one.
    Column("severity_why", JSON(none_as_null=True)),
    Column("assigned", String(255)),
    #: Whether messages tell it in short: its subject had its share of new stories that day.
    Column("rolled_up", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("entity_id", "story_id"),
    Index("ix_alerts_opened_at", "opened_at"),
    # The orders of the inbox; and how many there are of each list.
    Index("ix_alerts_status_severity_opened_at", "status", "severity", "opened_at", "id"),
    Index("ix_alerts_status_opened_at", "status", "opened_at", "id"),
    Index("ix_alerts_status_score_opened_at", "status", "score", "opened_at", "id"),
    Index("ix_alerts_status_entity_id", "status", "entity_id"),
    Index("ix_alerts_assigned", "assigned"),
    Index("ix_alerts_article_id", "article_id"),
    Index("ix_alerts_mention_id", "mention_id"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    #: The same for all alerts that were judged at one stroke.
    Column("act", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    #: How the alert stands after it, and how it stood before.
    Column("status", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("assigned", String(255)),
    Column("was_status", String(16), nullable=False),
    Column("was_outcome", String(16)),
    Column("was_assigned", String(255)),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text),
    #: Of an undoing, the act that it takes back.
    Column("undoes", String(32)),
    #: What was seen.
    Column("engine_version", String(32)),
    Column("snapshot_version", String(64)),
    Column("score", Float),
    Column("text_hash", String(64)),
    Index("ix_judgements_alert_id", "alert_id"),
    Index("ix_judgements_act", "act"),
    Index("ix_judgements_at", "at"),
)
