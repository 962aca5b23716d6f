"""Full text from the pages of articles; what a feed's first reading brings, told as a digest."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("article_id", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("feed_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_pages_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_pages")),
    )
    op.create_index("ix_pages_status_next_at", "pages", ["status", "next_at"], unique=False)
    op.create_table(
        "page_hosts",
        sa.Column("origin", sa.String(length=255), nullable=False),
        sa.Column("access", sa.String(length=16), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("hold_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_page_hosts")),
    )
    op.add_column("feeds", sa.Column("full_text", sa.String(length=8), nullable=False, server_default="auto"))
    op.add_column("articles", sa.Column("first_reading", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.false()))
