"""The tables of what people said of subjects: what is held back by dismissals and by silences, and notes."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

suppressions = Table(
    "suppressions",
    metadata,
    Column("id", Integer, primary_key=True),
    #: No foreign key: what people decided outlives an entry, and goes with the entity to another id.
    Column("entity_id", String(255), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("reason", Text),
    Column("by", Text),
    #: The alert that was dismissed, and by which act; None where somebody suppressed an entity by hand.
    Column("alert_id", Integer),
    Column("act", String(32)),
    Column("surface", Text),
    #: The kind of context that the surface stood in, and who it was as far as the text said.
    Column("kinds", JSON(none_as_null=True)),
    Column("details", JSON(none_as_null=True)),
    Column("feed_id", Integer),
    Column("story_id", String(24)),
    #: Which kinds of evidence there were, and what the list said; None where it holds whatever they are.
    Column("evidence", JSON(none_as_null=True)),
    Column("facts", JSON(none_as_null=True)),
    Column("ended_at", UtcDateTime),
    Column("ended_why", Text),
    #: The act that ended it, which may be undone.
    Column("ended_by_act", String(32)),
    Index("ix_suppressions_entity_id", "entity_id"),
    Index("ix_suppressions_alert_id", "alert_id"),
)

held_back = Table(
    "held_back",
    metadata,
    Column("suppression_id", Integer, ForeignKey("suppressions.id", ondelete="CASCADE"), primary_key=True),
    Column("mention_id", String(24), ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_held_back_mention_id", "mention_id"),
)

silences = Table(
    "silences",
    metadata,
    Column("id", Integer, primary_key=True),
    #: Of an entity or of a list.
    Column("entity_id", String(255)),
    Column("list_id", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("ended_at", UtcDateTime),
)

silenced = Table(
    "silenced",
    metadata,
    Column("silence_id", Integer, ForeignKey("silences.id", ondelete="CASCADE"), primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_silenced_alert_id", "alert_id"),
)

subject_notes = Table(
    "subject_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    #: No foreign key: a note outlives an entry, and goes with the entity to another id.
    Column("entity_id", String(255), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_subject_notes_entity_id", "entity_id"),
)
