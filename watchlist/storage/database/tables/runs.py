"""The tables of runs, and of the faults that they see."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

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
