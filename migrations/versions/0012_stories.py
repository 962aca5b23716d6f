"""The articles of the story of each alert; which alerts are told in short."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("rolled_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "story_articles",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=24), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_story_articles_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_articles_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alert_id", "article_id", name=op.f("pk_story_articles")),
    )
    op.create_index("ix_story_articles_article_id", "story_articles", ["article_id"], unique=False)
    # Alerts that stand already: the article that opened each, and the copies of it that name the same entity.
    op.execute(
        "INSERT INTO story_articles (alert_id, article_id, relation, reason, joined_at)"
        " SELECT id, article_id, 'first', '', opened_at FROM alerts"
    )
    op.execute(
        "INSERT INTO story_articles (alert_id, article_id, relation, reason, joined_at)"
        " SELECT alerts.id, articles.id, 'copy', 'the same words', articles.fetched_at"
        " FROM alerts JOIN articles ON articles.story_id = alerts.story_id OR articles.id = alerts.story_id"
        " JOIN mentions ON mentions.article_id = articles.id AND mentions.entity_id = alerts.entity_id"
        " WHERE articles.id <> alerts.article_id"
    )
