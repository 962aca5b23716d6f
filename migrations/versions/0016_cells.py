"""Weak names of every kind; cells of a list that could not be read; more than one import to undo."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("names", sa.Column("weak", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE names SET weak = TRUE, kind = 'alias' WHERE kind = 'weak_alias'")
    op.add_column("snapshots", sa.Column("cells", sa.JSON(), nullable=True))
    op.add_column("snapshots", sa.Column("reading", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "list_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("added", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_imports_list_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_imports")),
    )
    op.create_index("ix_list_imports_list_id", "list_imports", ["list_id"])
    # What was kept of a list was all that it held.
    op.execute("INSERT INTO list_imports (list_id, content, at) SELECT list_id, content, at FROM list_backups")
    op.drop_table("list_backups")
