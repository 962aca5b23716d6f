"""The articles of the story of each alert, and what they are compared by; which alerts are told in short."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("alerts", sa.Column("rolled_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "story_articles",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=24), nullable=False),
        sa.Column("entity_id", sa.String(length=255), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        _of("story_articles", "alert_id", "alerts"),
        _of("story_articles", "article_id", "articles"),
        _of("story_articles", "entity_id", "entities"),
        sa.PrimaryKeyConstraint("alert_id", "article_id", name=op.f("pk_story_articles")),
    )
    op.create_index("ix_story_articles_article_id", "story_articles", ["article_id"], unique=False)
    op.create_index("ix_story_articles_entity_id_told_at", "story_articles", ["entity_id", "told_at"], unique=False)
    op.create_table(
        "story_signatures",
        sa.Column("article_id", sa.String(length=24), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        sa.Column("furniture", sa.LargeBinary(), nullable=False),
        _of("story_signatures", "article_id", "articles"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_signatures")),
    )
    op.create_index("ix_story_signatures_outlet_told_at", "story_signatures", ["outlet", "told_at"], unique=False)
    op.create_table(
        "story_prints",
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.String(length=24), nullable=False),
        _of("story_prints", "article_id", "articles"),
        sa.PrimaryKeyConstraint("print", "article_id", name=op.f("pk_story_prints")),
    )
    op.create_index("ix_story_prints_article_id", "story_prints", ["article_id"], unique=False)
    # Alerts that stand already: the article that opened each, and the copies of it that name the same entity.
    op.execute(
        "INSERT INTO story_articles (alert_id, article_id, entity_id, told_at, relation, reason, joined_at)"
        " SELECT alerts.id, articles.id, alerts.entity_id, COALESCE(articles.published_at, articles.fetched_at),"
        " 'first', '', alerts.opened_at"
        " FROM alerts JOIN articles ON articles.id = alerts.article_id"
    )
    op.execute(
        "INSERT INTO story_articles (alert_id, article_id, entity_id, told_at, relation, reason, joined_at)"
        " SELECT alerts.id, articles.id, alerts.entity_id, COALESCE(articles.published_at, articles.fetched_at),"
        " 'copy', 'the same words', articles.fetched_at"
        " FROM mentions JOIN articles ON articles.id = mentions.article_id"
        " JOIN alerts ON alerts.entity_id = mentions.entity_id"
        " AND alerts.story_id = COALESCE(articles.story_id, articles.id)"
        " WHERE articles.id <> alerts.article_id"
    )
