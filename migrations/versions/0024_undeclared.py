"""Feeds that the configuration names no longer are kept: since when that is."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("undeclared_at", sa.DateTime()))
