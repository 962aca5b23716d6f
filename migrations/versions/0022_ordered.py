"""The score of an alert beside it, so that the inbox has an index in that order; surfaces without regard to case."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("score", sa.Float(), nullable=False, server_default="0"))
    op.execute("UPDATE alerts SET score = (SELECT score FROM mentions WHERE mentions.id = alerts.mention_id)")
    op.create_index("ix_alerts_status_score_opened_at", "alerts", ["status", "score", "opened_at", "id"])
    op.drop_index("ix_mentions_surface", "mentions")
    op.create_index("ix_mentions_lower_surface", "mentions", [sa.text("lower(surface)")])
