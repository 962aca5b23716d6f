"""What was made before of a subject, and of the words it was found by."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from watchlist.model import EarlierAlert, Mention, Outcome
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, entities, judgements, mentions
from watchlist.storage.found.judged.wanted import of_subject


class EarlierRows(Rows):
    """Alerts that were judged before."""

    def judged_before(self, mention: Mention, limit: int) -> tuple[EarlierAlert, ...]:
        """The closed alerts of a mention's subject, and of its surface, that are not its own; the last judged first."""
        subject = of_subject(alerts.c.entity_id, entities.c.id.in_(mention.listings))
        folded = mention.surface.lower()
        surface = or_(mentions.c.surface == mention.surface, func.lower(mentions.c.surface) == folded)
        last = (
            select(func.max(judgements.c.id)).where(judgements.c.outcome.is_not(None)).group_by(judgements.c.alert_id)
        )
        statement = (
            select(
                *(alerts.c.id, alerts.c.entity_id, alerts.c.outcome, mentions.c.surface, mentions.c.caption),
                *(judgements.c.by, judgements.c.at, judgements.c.note, subject.label("of_subject")),
            )
            .join(mentions, mentions.c.id == alerts.c.mention_id)
            .join(judgements, judgements.c.alert_id == alerts.c.id)
            .where(
                alerts.c.outcome.is_not(None),
                alerts.c.mention_id != mention.id,
                judgements.c.id.in_(last),
                or_(subject, surface),
            )
            .order_by(judgements.c.id.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(
                EarlierAlert(
                    alert_id=row.id,
                    outcome=Outcome(row.outcome),
                    caption=row.caption,
                    surface=row.surface,
                    by=row.by,
                    at=row.at,
                    why=row.note,
                    same_subject=bool(row.of_subject),
                    same_surface=row.surface.lower() == folded,
                )
                for row in connection.execute(statement)
            )
