"""What people make of alerts: their outcome, severity and assignment, and each judgement in full."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("severity", sa.String(8), nullable=False, server_default="normal"),
        sa.Column("severity_why", sa.JSON(), nullable=True),
        sa.Column("assigned", sa.String(255), nullable=True),
    ):
        op.add_column("alerts", column)
    op.create_index("ix_alerts_status", "alerts", ["status"])
    with op.batch_alter_table("judgements") as judgements:
        judgements.alter_column("outcome", existing_type=sa.String(16), nullable=True)
        judgements.add_column(sa.Column("act", sa.String(32), nullable=False, server_default=""))
        judgements.add_column(sa.Column("action", sa.String(16), nullable=False, server_default=""))
        judgements.add_column(sa.Column("status", sa.String(16), nullable=False, server_default="closed"))
        judgements.add_column(sa.Column("assigned", sa.String(255), nullable=True))
        judgements.add_column(sa.Column("was_status", sa.String(16), nullable=False, server_default="open"))
        judgements.add_column(sa.Column("was_outcome", sa.String(16), nullable=True))
        judgements.add_column(sa.Column("was_assigned", sa.String(255), nullable=True))
        judgements.add_column(sa.Column("undoes", sa.String(32), nullable=True))
        judgements.add_column(sa.Column("engine_version", sa.String(32), nullable=True))
        judgements.add_column(sa.Column("snapshot_version", sa.String(64), nullable=True))
        judgements.add_column(sa.Column("score", sa.Float(), nullable=True))
        judgements.add_column(sa.Column("text_hash", sa.String(64), nullable=True))
        judgements.create_index("ix_judgements_act", ["act"])
        judgements.create_index("ix_judgements_at", ["at"])
    # Each judgement of before was an act of its own, and closed its alert.
    op.execute("UPDATE judgements SET act = 'j' || id")
    for outcome, action in (("true_match", "confirm"), ("false_positive", "dismiss"), ("unsure", "unsure")):
        op.execute(f"UPDATE judgements SET action = '{action}' WHERE outcome = '{outcome}'")  # noqa: S608
    op.execute(
        "UPDATE alerts SET outcome = (SELECT j.outcome FROM judgements j WHERE j.alert_id = alerts.id"
        " ORDER BY j.id DESC LIMIT 1) WHERE status = 'closed'"
    )
