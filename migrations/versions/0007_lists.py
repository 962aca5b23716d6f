"""Scripts and parts of names; ids that were renumbered or used again; how often a list is looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("names", sa.Column("script", sa.String(length=4), nullable=True))
    op.add_column("names", sa.Column("parts", sa.JSON(), nullable=True))
    op.add_column("entities", sa.Column("succeeded_by", sa.String(length=255), nullable=True))
    op.create_index("ix_entities_succeeded_by", "entities", ["succeeded_by"], unique=False)
    op.add_column("changes", sa.Column("note", sa.String(length=16), nullable=True))
    op.add_column("changes", sa.Column("other_id", sa.String(length=255), nullable=True))
    op.add_column("lists", sa.Column("every", sa.Float(), nullable=True))
