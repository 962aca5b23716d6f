"""Faults as state; articles whose screening failed are tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    faults = op.create_table(
        "faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.Column("grave", sa.Boolean(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=255), nullable=True),
        sa.Column("acknowledged_why", sa.Text(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faults")),
    )
    op.create_index("ix_faults_cleared_at", "faults", ["cleared_at"])
    # What the operator was told of and is not over.
    open_notices = sa.text("SELECT subject, text, opened_at FROM notices WHERE kind = 'fault' AND resolved_at IS NULL")
    known: dict[str, dict[str, object]] = {}
    for row in op.get_bind().execute(open_notices.columns(opened_at=sa.DateTime())):
        values = {"subject": row.subject, "text": row.text, "lasting": True, "grave": False, "seen": 1}
        times = dict.fromkeys(("first_at", "last_at", "told_at"), row.opened_at)
        known[row.subject] = values | times
    if known:
        op.bulk_insert(faults, list(known.values()))
    op.add_column("articles", sa.Column("scan_failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("scan_retry_at", sa.DateTime(), nullable=True))
    # Those that were set aside for good are tried again.
    op.execute("UPDATE articles SET scan_failures = 1, scan_retry_at = scanned_at WHERE scan_error IS NOT NULL")
    there = sa.text("scan_retry_at IS NOT NULL")
    op.create_index(
        "ix_articles_scan_retry_at",
        "articles",
        ["scan_retry_at"],
        sqlite_where=there,
        postgresql_where=there,
    )
