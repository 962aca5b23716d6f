"""The tables of who is at work, with claims and duties, of runs, and of the faults that runs see."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

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

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    #: Counts by name, and the errors in words.
    Column("counts", JSON, nullable=False),
    Column("errors", JSON, nullable=False),
    #: The worker whose run it is; None in what was stored before there were workers.
    Column("worker_id", String(32)),
)

faults = Table(
    "faults",
    metadata,
    Column("id", Integer, primary_key=True),
    #: What is at fault; of each subject at most one is open.
    Column("subject", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("lasting", Boolean, nullable=False),
    Column("grave", Boolean, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    #: In how many looks it was seen.
    Column("seen", Integer, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("acknowledged_by", String(255)),
    Column("acknowledged_why", Text),
    #: When it was seen no more; None while it is open.
    Column("cleared_at", UtcDateTime),
    #: When the operator was told of it.
    Column("told_at", UtcDateTime),
    Index("ix_faults_cleared_at", "cleared_at"),
)
