"""What tells that an article is not new: its wordings, and the story it is a copy of; folders of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as articles:
        articles.add_column(sa.Column("words_hash", sa.String(length=16), nullable=True))
        articles.add_column(sa.Column("seen", sa.JSON(), nullable=True))
        articles.add_column(sa.Column("story_id", sa.String(length=24), nullable=True))
        articles.create_index("ix_articles_feed_id_guid", ["feed_id", "guid"], unique=False)
        articles.create_index("ix_articles_words_hash", ["words_hash"], unique=False)
    with op.batch_alter_table("feeds") as feeds:
        feeds.add_column(sa.Column("folder", sa.Text(), nullable=True))
