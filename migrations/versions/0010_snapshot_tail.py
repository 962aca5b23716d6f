"""The end of each snapshot's file, by which one that is cut off is known."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshots", sa.Column("tail", sa.JSON(), nullable=True))
