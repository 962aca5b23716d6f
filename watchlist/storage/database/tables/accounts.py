"""The tables of accounts, of what lets them in, and of what is kept of each time it did or did not."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    #: The name as it is looked up: in what case it is written does not matter.
    Column("folded", String(190), nullable=False),
    Column("role", String(16), nullable=False),
    #: Its hash; None where another program says who it is, or nobody logs in by it.
    Column("password", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    Index("uq_accounts_folded", "folded", unique=True),
)

sessions = Table(
    "sessions",
    metadata,
    #: SHA-256 of what the browser keeps.
    Column("id", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Index("ix_sessions_account_id", "account_id"),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(190), nullable=False),
    #: SHA-256 of the token, and its first characters, by which people know it again.
    Column("sha256", String(64), nullable=False),
    Column("start", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Index("uq_access_tokens_sha256", "sha256", unique=True),
    Index("ix_access_tokens_account_id", "account_id"),
)

throttles = Table(
    "throttles",
    metadata,
    #: What is counted, and of whom.
    Column("key", String(190), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Index("ix_throttles_ends_at", "ends_at"),
)

keys = Table(
    "keys",
    metadata,
    Column("purpose", String(32), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

used_links = Table(
    "used_links",
    metadata,
    #: SHA-256 of the link.
    Column("id", String(64), primary_key=True),
    Column("alert_id", Integer, nullable=False),
    Column("action", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(32), nullable=False),
    #: Whose account it is about, as it was called or as somebody wrote it.
    Column("name", String(190)),
    Column("by", String(190)),
    Column("address", String(64)),
    Column("detail", Text),
    Index("ix_access_log_at", "at"),
)

answered = Table(
    "answered",
    metadata,
    #: SHA-256 over who asked, where, and under which key.
    Column("id", String(64), primary_key=True),
    #: SHA-256 over what was asked: another under the same key is refused.
    Column("request", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: None as long as it is being answered.
    Column("status", Integer),
    Column("content_type", String(64)),
    Column("body", LargeBinary),
    Index("ix_answered_at", "at"),
)
