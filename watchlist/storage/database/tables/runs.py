"""The table of runs."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, Table

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
)
