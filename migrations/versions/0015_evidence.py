"""Evidence: the bytes of entries and pages. What is known of articles that retention takes away, and when it did."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_captures_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["evidence.sha256"], name=op.f("fk_captures_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
    )
    op.create_index("ix_captures_article_id", "captures", ["article_id"])
    op.create_index("ix_captures_sha256", "captures", ["sha256"])
    op.create_index("ix_captures_at", "captures", ["at"])
    op.create_table(
        "past_articles",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=True),
        sa.Column("feed", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("feed_hash", sa.String(64), nullable=False),
        sa.Column("scanned_at", sa.DateTime(), nullable=True),
        sa.Column("scan_error", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_articles")),
    )
    op.create_index("ix_past_articles_fetched_at", "past_articles", ["fetched_at"])
    op.create_index("ix_past_articles_feed_id", "past_articles", ["feed_id"])
    op.create_table(
        "past_screenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(24), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("screened_with", sa.String(24), nullable=False),
        sa.Column("alert_band", sa.Integer(), nullable=False),
        sa.Column("review_band", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("look_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["past_articles.id"], name=op.f("fk_past_screenings_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["screened_with"], ["screened_with.id"], name=op.f("fk_past_screenings_screened_with")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_screenings")),
    )
    op.create_index("ix_past_screenings_article_id", "past_screenings", ["article_id"])
    op.create_index("ix_past_screenings_at", "past_screenings", ["at"])
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    op.create_index("ix_articles_fetched_at", "articles", ["fetched_at"])
    op.create_index("ix_alerts_mention_id", "alerts", ["mention_id"])
