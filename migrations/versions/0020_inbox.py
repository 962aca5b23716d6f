"""Alerts in the order of the inbox, and full-text search of what was found.

The words of what was found before are filled in by the runs that follow, some at a time.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_alerts_status_severity_opened_at", "alerts", ["status", "severity", "opened_at", "id"])
    op.create_index("ix_alerts_status_opened_at", "alerts", ["status", "opened_at", "id"])
    op.create_index("ix_alerts_status_entity_id", "alerts", ["status", "entity_id"])
    op.create_index("ix_alerts_assigned", "alerts", ["assigned"])
    op.drop_index("ix_alerts_status", "alerts")
    op.create_index("ix_mentions_band_score", "mentions", ["band", "score", "found_at", "id"])
    op.create_index("ix_mentions_band_found_at", "mentions", ["band", "found_at", "id"])
    op.create_index("ix_mentions_surface", "mentions", ["surface"])
    op.create_index("ix_changes_entity_id", "changes", ["entity_id"])

    is_sqlite = op.get_context().dialect.name == "sqlite"
    op.create_table(
        "searched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=24), nullable=True),
        sa.Column("entity_id", sa.String(length=255), nullable=True),
        sa.Column("words", sa.Text() if is_sqlite else TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_searched_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_searched_entity_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searched")),
    )
    op.create_index("ix_searched_article_id", "searched", ["article_id"], unique=True)
    op.create_index("ix_searched_entity_id", "searched", ["entity_id"], unique=True)
    if not is_sqlite:
        op.create_index("ix_searched_words", "searched", ["words"], postgresql_using="gin")
    elif op.get_bind().scalar(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")):
        _full_text_table()


def _full_text_table() -> None:
    """The words by themselves, which are kept packed in the table beside; triggers keep the two in step."""
    op.execute(
        "CREATE VIRTUAL TABLE searched_words USING fts5("
        "words, content='', tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
    )
    gone = "INSERT INTO searched_words(searched_words, rowid, words) VALUES ('delete', old.id, plain_text(old.words));"
    come = "INSERT INTO searched_words(rowid, words) VALUES (new.id, plain_text(new.words));"
    op.execute(f"CREATE TRIGGER searched_come AFTER INSERT ON searched BEGIN {come} END")
    op.execute(f"CREATE TRIGGER searched_gone AFTER DELETE ON searched BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER searched_changed AFTER UPDATE ON searched BEGIN {gone} {come} END")
