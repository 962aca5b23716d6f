"""What people make of alerts: judgements in full, dismissals that hold back, silences."""

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
    _number_suppressions()
    op.create_table(
        "held_back",
        sa.Column("suppression_id", sa.Integer(), nullable=False),
        sa.Column("mention_id", sa.String(24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["suppression_id"], ["suppressions.id"], name=op.f("fk_held_back_suppression_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name=op.f("fk_held_back_mention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("suppression_id", "mention_id", name=op.f("pk_held_back")),
    )
    op.create_index("ix_held_back_mention_id", "held_back", ["mention_id"])
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(255), nullable=True),
        sa.Column("list_id", sa.String(64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
    )
    op.create_table(
        "silenced",
        sa.Column("silence_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["silence_id"], ["silences.id"], name=op.f("fk_silenced_silence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_silenced_alert_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("silence_id", "alert_id", name=op.f("pk_silenced")),
    )
    op.create_index("ix_silenced_alert_id", "silenced", ["alert_id"])

    op.create_table(
        "screened_with",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("engine_version", sa.String(32), nullable=False),
        sa.Column("lists", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screened_with")),
    )
    op.create_table(
        "screenings",
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
            ["article_id"], ["articles.id"], name=op.f("fk_screenings_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["screened_with"], ["screened_with.id"], name=op.f("fk_screenings_screened_with")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
    )
    op.create_index("ix_screenings_article_id", "screenings", ["article_id"])
    op.create_index("ix_screenings_at", "screenings", ["at"])


def _number_suppressions() -> None:
    """Give suppressions numbers, and what a dismissal says; those there are held a subject back altogether."""
    kept = ("entity_id", "at", "until", "reason")
    op.create_table(
        "suppressions_before",
        sa.Column("entity_id", sa.String(255)),
        sa.Column("at", sa.DateTime()),
        sa.Column("until", sa.DateTime()),
        sa.Column("reason", sa.Text()),
    )
    columns = ", ".join(kept)
    op.execute(f"INSERT INTO suppressions_before ({columns}) SELECT {columns} FROM suppressions")  # noqa: S608
    op.drop_table("suppressions")
    op.create_table(
        "suppressions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(255), nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(32), nullable=True),
        sa.Column("surface", sa.Text(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("feed_id", sa.Integer(), nullable=True),
        sa.Column("story_id", sa.String(24), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.Column("ended_by_act", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
    )
    op.create_index("ix_suppressions_entity_id", "suppressions", ["entity_id"])
    op.create_index("ix_suppressions_alert_id", "suppressions", ["alert_id"])
    op.execute(
        f"INSERT INTO suppressions ({columns}, scope)"  # noqa: S608
        f" SELECT {columns}, 'subject' FROM suppressions_before ORDER BY at, entity_id"
    )
    op.drop_table("suppressions_before")
