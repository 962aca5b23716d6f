"""What was made before of a subject, and of the words it was found by."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, or_, select

from watchlist.model import EarlierAlert, Mention, Outcome
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, entities, judgements, mentions
from watchlist.storage.found.judged.wanted import of_subject

#: So many are looked up one by one.
_FEW: Final = 1_000


class EarlierRows(Rows):
    """Alerts that were judged before."""

    def judged_before(self, mention: Mention, limit: int) -> tuple[EarlierAlert, ...]:
        """The closed alerts of a mention's subject, and of its surface, that are not its own; the last judged first."""
        folded = mention.surface.lower()
        subject = of_subject(alerts.c.entity_id, entities.c.id.in_(mention.listings))
        # As the database folds it, which is not the same for every script.
        surface = func.lower(mentions.c.surface).in_((func.lower(mention.surface), folded))
        judged = (alerts.c.outcome.is_not(None), alerts.c.mention_id != mention.id)
        by_subject = select(alerts.c.id).where(*judged, subject)
        joined = alerts.join(mentions, mentions.c.id == alerts.c.mention_id)
        by_surface = select(alerts.c.id).select_from(joined).where(*judged, surface)
        others = judgements.alias()
        last = select(func.max(others.c.id)).where(others.c.alert_id == alerts.c.id, others.c.outcome.is_not(None))
        statement = (
            select(
                *(alerts.c.id, alerts.c.entity_id, alerts.c.outcome, mentions.c.surface, mentions.c.caption),
                *(judgements.c.by, judgements.c.at, judgements.c.note, subject.label("of_subject")),
            )
            .join(mentions, mentions.c.id == alerts.c.mention_id)
            .join(judgements, judgements.c.alert_id == alerts.c.id)
            .where(judgements.c.id == last.scalar_subquery(), *judged)
            .order_by(judgements.c.id.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            few = {id for each in (by_subject, by_surface) for id in connection.execute(each.limit(_FEW + 1)).scalars()}
            # Of many, the last ones are soon found among all that was judged last.
            statement = statement.where(alerts.c.id.in_(few) if len(few) <= _FEW else or_(subject, surface))
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
