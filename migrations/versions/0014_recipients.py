"""Each delivery to one recipient; channels and recipients that take nothing at present."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("recipient", sa.String(length=320), nullable=True))
    op.add_column("deliveries", sa.Column("waiting_since", sa.DateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("first_failed_at", sa.DateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("suspect", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("receipt", sa.Text(), nullable=True))
    op.add_column("deliveries", sa.Column("folded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("failed_at", sa.DateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("told_at", sa.DateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("route", sa.String(length=64), nullable=True))
    op.add_column("deliveries", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "outages",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "recipient", name=op.f("pk_outages")),
    )
