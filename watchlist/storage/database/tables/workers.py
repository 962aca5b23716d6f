"""The tables of workers that share a database: who they are, what each has claimed, who has which duty."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

workers = Table(
    "workers",
    metadata,
    Column("id", String(32), primary_key=True),
    #: Which process on which machine.
    Column("name", String(190), nullable=False),
    Column("roles", JSON, nullable=False),
    #: By the clock of the server, where there is one: those of several machines differ.
    Column("started_at", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime, nullable=False),
    #: Set by another that found the lease run out: from then on it writes nothing any more.
    Column("lost_at", UtcDateTime),
)

claims = Table(
    "claims",
    metadata,
    #: `feed` or `article`, and its id.
    Column("kind", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("worker_id", String(32), ForeignKey("workers.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_claims_worker_id", "worker_id"),
)

duties = Table(
    "duties",
    metadata,
    Column("name", String(16), primary_key=True),
    #: One more with every worker that takes it up: a write with an older one is refused.
    Column("token", Integer, nullable=False),
    #: None where nobody is at it.
    Column("worker_id", String(32)),
    Column("since", UtcDateTime, nullable=False),
)
