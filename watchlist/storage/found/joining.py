"""What becomes of the mentions of an article: they join stories of their subjects, or open alerts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, not_, or_, select

from watchlist.alerts.decide import new_alerts
from watchlist.alerts.story.join import join
from watchlist.alerts.story.rarity import Rarity
from watchlist.alerts.story.signature import Signature
from watchlist.alerts.story.words import stems, words
from watchlist.model import Alert, Band, Mention, Relation, Scan
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.lock import one_writer
from watchlist.storage.database.tables import alerts, story_articles
from watchlist.storage.found.alerts import NewAlert, insert_alert, reassess
from watchlist.storage.found.judged.dismissals import comes_back, sift
from watchlist.storage.found.signatures import sign, store_signature
from watchlist.storage.found.stories import add_to_story, entries_of, is_frequent, known_stories
from watchlist.storage.listed.groups import read_groups
from watchlist.storage.listed.succession import successors

#: The key of the lock under which stories are joined.
_JOINING = 7_735_520_119


def join_or_open(connection: Connection, scan: Scan, rarity: Callable[[], Rarity], now: datetime) -> tuple[Alert, ...]:
    """Put the article with the alerts whose stories it is of, and open the others; within the caller's transaction.

    Of two writers that have copies of one story the second sees what the first did.
    """
    one_writer(connection, _JOINING)
    alerted = _alerted(connection, scan)
    ids = {id for mention in scan.mentions for id in mention.listings}
    group_of = read_groups(connection, alerted.keys() | ids)
    article = _Joining(connection, scan, rarity, now)
    known = set(alerted)
    taken = {group_of.get(id, id): alert_id for id, alert_id in alerted.items()}
    for mention in scan.mentions:
        groups = {group_of.get(id, id) for id in mention.listings}
        if (stands_with := next((taken[each] for each in groups if each in taken), None)) is not None:
            article.stay(stands_with)
        elif comes_back(connection, mention, scan.article, scan.story_id, now):
            # It was dismissed, and there is more to it now: that is told, whichever story it is of.
            continue
        elif (joined := article.join(mention)) is not None:
            known.add(mention.entity_id)
            taken |= dict.fromkeys(groups, joined)
    wanted = new_alerts(scan.mentions, frozenset(known), group_of)
    found = sift(connection, wanted, scan.article, scan.story_id, now)
    opened = tuple(article.open(mention, back) for mention, back in found)
    article.keep()
    return opened


def _alerted(connection: Connection, scan: Scan) -> dict[str, tuple[int, str]]:
    """The alerts of an article's story, or that it stands with, by the ids that their entities have now."""
    with_it = select(story_articles.c.alert_id).where(story_articles.c.article_id == scan.article.id)
    of_story = or_(alerts.c.story_id == scan.story_id, alerts.c.id.in_(with_it))
    known = select(alerts.c.id, alerts.c.entity_id).where(of_story, not_(withdrawn)).order_by(alerts.c.id)
    rows = connection.execute(known).all()
    # What was alerted under an id that has changed since was alerted.
    now_called = successors(connection, {row.entity_id for row in rows})
    return {now_called.get(row.entity_id, row.entity_id): (row.id, row.entity_id) for row in reversed(rows)}


@dataclass(slots=True)
class _Joining:
    """An article on its way into stories; it is signed when somebody asks, which most articles need not be."""

    connection: Connection
    scan: Scan
    rarity: Callable[[], Rarity]
    now: datetime
    signed: tuple[Signature, frozenset[int]] | None = None

    def stay(self, alert: tuple[int, str]) -> None:
        """The same words as an article of the story, or one of it already."""
        self._add(alert, Relation.COPY, "the same words")
        self._sign()

    def join(self, mention: Mention) -> tuple[int, str] | None:
        """The alert of the subject whose story this article is of; it stands with it now. None if it is of none."""
        entries = entries_of(self.connection, mention.listings)
        signature, furniture = self._sign()
        stories = known_stories(self.connection, signature, entries)
        if not stories:
            return None
        found = join(signature, stories, _names(mention), self.rarity(), furniture)
        if found is None or (mention.band is not Band.ALERT and found.relation is not Relation.COPY):
            # Where it is doubtful whether the subject is meant, only a text that is known to name it tells.
            return None
        entity_id = self.connection.execute(
            select(alerts.c.entity_id).where(alerts.c.id == found.alert_id)
        ).scalar_one()
        alert = found.alert_id, str(entity_id)
        self._add(alert, found.relation, found.reason)
        return alert

    def open(self, mention: Mention, back: str | None) -> Alert:
        """Open an alert, with this article as the first of its story; ``back`` says why it comes back if it does."""
        entries = entries_of(self.connection, mention.listings)
        new = NewAlert(
            mention,
            self.scan.story_id,
            "; ".join(each for each in (self.scan.notes.get(mention.entity_id), back) if each) or None,
            # A digest tells in short as it is.
            rolled_up=not self.scan.digest and is_frequent(self.connection, entries, self.scan.frequent, self.now),
            rules=self.scan.severity,
        )
        alert = insert_alert(self.connection, new, self.now)
        self._add((alert.id, alert.entity_id), Relation.FIRST, "")
        self._sign()
        return alert

    def keep(self) -> None:
        """Store the signature, if it was asked for."""
        if self.signed is not None:
            store_signature(self.connection, self.scan.article, self.signed[0])

    def _sign(self) -> tuple[Signature, frozenset[int]]:
        if self.signed is None:
            self.signed = sign(self.connection, self.scan.article)
        return self.signed

    def _add(self, alert: tuple[int, str], relation: Relation, reason: str) -> None:
        add_to_story(self.connection, alert, self.scan.article, (relation, reason), self.now)
        if relation is not Relation.FIRST:
            reassess(self.connection, alert[0], self.scan.severity)


def _names(mention: Mention) -> frozenset[str]:
    """The stems of what the subject is called, which every article about it has."""
    return frozenset(stems(words(" ".join((mention.surface, mention.name.text, mention.caption)))))
