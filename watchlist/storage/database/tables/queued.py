"""The tables of what waits: look-backs, notices, and the messages about them and about alerts."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

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
    #: The worker that sends it; None where it takes part in nothing with others.
    Column("leased_by", String(32)),
    Column("last_error", Text),
    Column("sent_at", UtcDateTime),
    #: Whether it holds what first readings of feeds brought, told in short.
    Column("digest", Boolean, nullable=False),
    #: None until the channel's recipients are known: when it is first due.
    Column("recipient", String(320)),
    #: None in what was stored before there were recipients: since it was created.
    Column("waiting_since", UtcDateTime),
    Column("first_failed_at", UtcDateTime),
    #: Whether the last try failed on this very message, which then may have arrived.
    Column("suspect", Boolean, nullable=False, default=False),
    Column("unanswered", Integer, nullable=False, default=0),
    Column("receipt", Text),
    #: Messages folded into this one.
    Column("folded", Integer, nullable=False, default=0),
    Column("failed_at", UtcDateTime),
    Column("told_at", UtcDateTime),
    #: By which route; None where there are no routes, and of notices.
    Column("route", String(64)),
    #: Whether it waits for further alerts until it is due.
    Column("held", Boolean, nullable=False, default=False),
    Index("ix_deliveries_status_next_attempt_at", "status", "next_attempt_at"),
)

#: Channels, and recipients of channels, that take nothing at present.
outages = Table(
    "outages",
    metadata,
    Column("channel", String(32), primary_key=True),
    #: Empty for the whole channel.
    Column("recipient", String(320), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("error", Text, nullable=False),
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
