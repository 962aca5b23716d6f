"""Alerts with what a reader needs to judge them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, false, func, insert, literal, null, select, update

from watchlist.alerts.severity import Prominence, assess, place_of
from watchlist.errors import NotFoundError
from watchlist.model import (
    Alert,
    AlertDetail,
    AlertFilter,
    AlertStatus,
    Entity,
    Mention,
    Outcome,
    Relation,
    Severity,
    SeverityRules,
    Story,
    StoryArticle,
)
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import AnyRow, Rows, chunks, insert_one
from watchlist.storage.database.tables import (
    alerts,
    articles,
    entities,
    feeds,
    lists,
    mentions,
    story_articles,
)
from watchlist.storage.found.judged.held import read_silenced
from watchlist.storage.found.judged.judgements import read_judgements
from watchlist.storage.found.judged.wanted import read_wanted
from watchlist.storage.found.mentions import mention_from_row
from watchlist.storage.found.stories import read_stories
from watchlist.storage.listed.entities import read_entities
from watchlist.storage.listed.groups import read_others
from watchlist.storage.news.pages import read_page_states
from watchlist.text.sites import site_of


class AlertRows(Rows):
    """The alerts."""

    def alerts(
        self, *, since: datetime | None = None, entity_id: str | None = None, limit: int | None = None
    ) -> tuple[AlertDetail, ...]:
        """Alerts opened since a time, of one entity on whichever list it stands, or all; the newest first."""
        return self.find_alerts(AlertFilter(since=since, entity_id=entity_id, limit=limit))

    def find_alerts(self, wanted: AlertFilter) -> tuple[AlertDetail, ...]:
        """The alerts that a filter wants, in its order."""
        with self._reading() as connection:
            return read_alerts(connection, read_wanted(connection, wanted))

    def find_alert_ids(self, wanted: AlertFilter) -> tuple[int, ...]:
        """The numbers of the alerts that a filter wants, in its order."""
        with self._reading() as connection:
            return tuple(read_wanted(connection, wanted))

    def alert(self, alert_id: int) -> AlertDetail:
        """One alert; raises NotFoundError."""
        with self._reading() as connection:
            for found in read_alerts(connection, (alert_id,)):
                return found
        raise NotFoundError("alert", str(alert_id), "'watchlist alerts' shows them")

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        """These alerts, in this order; those not on record are left out."""
        with self._reading() as connection:
            return read_alerts(connection, alert_ids)


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert that is to stand on a stored mention."""

    mention: Mention
    story_id: str
    note: str | None
    rolled_up: bool = False
    rules: SeverityRules | None = None
    status: AlertStatus = AlertStatus.OPEN


def insert_alert(connection: Connection, new: NewAlert, now: datetime) -> Alert:
    """Open an alert within the caller's transaction; one of its subject and story that was taken back opens again."""
    mention = new.mention
    listings = tuple(read_entities(connection, entities.c.id.in_(mention.listings)))
    found = assess(mention, listings, Prominence(place_of(mention)), new.rules)
    values: dict[str, Any] = {
        "entity_id": mention.entity_id,
        "story_id": new.story_id,
        "article_id": mention.article_id,
        "mention_id": mention.id,
        "status": new.status,
        "opened_at": now,
        "note": new.note,
        "severity": found.severity,
        "rolled_up": new.rolled_up,
    }
    stored = {**values, "severity_why": list(found.why), "score": mention.score}
    same = (alerts.c.entity_id == mention.entity_id, alerts.c.story_id == new.story_id, withdrawn)
    id = connection.execute(select(alerts.c.id).where(*same)).scalar()
    if id is None:
        id = insert_one(connection, insert(alerts).values(stored))
    else:
        connection.execute(update(alerts).where(alerts.c.id == id).values(stored))
    return Alert(id=id, severity_why=found.why, **values)


def reassess(connection: Connection, alert_id: int, rules: SeverityRules) -> None:
    """Take an alert's severity anew, now that more articles tell its story."""
    row = connection.execute(
        select(mentions).join(alerts, alerts.c.mention_id == mentions.c.id).where(alerts.c.id == alert_id)
    ).one()
    told = connection.execute(
        select(func.count().label("articles"), func.count(articles.c.feed_id.distinct()).label("sources"))
        .select_from(story_articles.join(articles, articles.c.id == story_articles.c.article_id))
        .where(story_articles.c.alert_id == alert_id)
    ).one()
    mention = mention_from_row(row)
    listings = read_entities(connection, entities.c.id.in_(mention.listings))
    found = assess(mention, listings, Prominence(place_of(mention), told.articles, told.sources), rules)
    changed = {"severity": found.severity, "severity_why": list(found.why)}
    connection.execute(update(alerts).where(alerts.c.id == alert_id).values(**changed))


def read_alerts(connection: Connection, alert_ids: Sequence[int]) -> tuple[AlertDetail, ...]:
    """These alerts with what a reader needs to judge them, in this order; those not on record are left out."""
    found: dict[int, AlertDetail] = {}
    for part in chunks(alert_ids):
        rows = connection.execute(_selection().where(alerts.c.id.in_(part))).all()
        judged, stories = read_judgements(connection, part), read_stories(connection, part)
        quiet = read_silenced(connection, part)
        for detail in _details(connection, rows):
            id = detail.alert.id
            story = stories.get(id, Story(detail.alert.story_id))
            found[id] = replace(detail, judgements=judged.get(id, ()), story=story, silence_id=quiet.get(id))
    return tuple(found[id] for id in alert_ids if id in found)


def read_kept(connection: Connection, mention_ids: Sequence[str]) -> tuple[AlertDetail, ...]:
    """These mentions as alerts that were not opened, in this order."""
    found: dict[str, AlertDetail] = {}
    for part in chunks(mention_ids):
        rows = connection.execute(_kept_selection().where(mentions.c.id.in_(part))).all()
        found |= {detail.mention.id: detail for detail in map(_assessed, _details(connection, rows))}
    return tuple(found[id] for id in mention_ids if id in found)


def _assessed(detail: AlertDetail) -> AlertDetail:
    place = Prominence(place_of(detail.mention))
    found = assess(detail.mention, (detail.entity, *detail.also), place)
    alert = replace(detail.alert, severity=found.severity, severity_why=found.why)
    source = detail.feed_title or site_of(detail.article_url)
    about = (detail.article_title, detail.article_url, source, detail.article_published_at)
    only = StoryArticle(alert.article_id, *about, Relation.FIRST, "", alert.opened_at)
    return replace(detail, alert=alert, story=Story(alert.story_id, (only,)))


def _details(connection: Connection, rows: Sequence[AnyRow]) -> Iterator[AlertDetail]:
    wanted = {row.entity_id for row in rows}
    described = {entity.id: entity for entity in read_entities(connection, entities.c.id.in_(wanted))}
    also = read_others(connection, wanted)
    states = read_page_states(connection, {row.article_id for row in rows})
    for row in rows:
        detail = _from_row(row, described[row.entity_id], also.get(row.entity_id, ()))
        yield replace(detail, page=states.get(row.article_id))


_ABOUT = (
    articles.c.title.label("article_title"),
    articles.c.url.label("article_url"),
    articles.c.published_at.label("article_published_at"),
    articles.c.lang.label("article_lang"),
    lists.c.title.label("list_title"),
    func.coalesce(feeds.c.title, feeds.c.url).label("feed_title"),
)


def _selection() -> Select[Any]:
    own = (alerts.c.story_id, alerts.c.status, alerts.c.opened_at, alerts.c.note, alerts.c.outcome)
    stands = (alerts.c.severity, alerts.c.severity_why, alerts.c.assigned, alerts.c.rolled_up)
    statement = select(mentions, alerts.c.id.label("alert_id"), *own, *stands, *_ABOUT)
    return _joined(statement.select_from(alerts.join(mentions, mentions.c.id == alerts.c.mention_id)))


def _kept_selection() -> Select[Any]:
    """What `_selection` has, of mentions without an alert."""
    own = (
        literal(0).label("alert_id"),
        func.coalesce(articles.c.story_id, articles.c.id).label("story_id"),
        literal(AlertStatus.OPEN.value).label("status"),
        mentions.c.found_at.label("opened_at"),
        literal(Severity.NORMAL.value).label("severity"),
        false().label("rolled_up"),
        *(null().label(name) for name in ("note", "outcome", "severity_why", "assigned")),
    )
    return _joined(select(mentions, *own, *_ABOUT).select_from(mentions))


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(articles, articles.c.id == mentions.c.article_id)
        .join(entities, entities.c.id == mentions.c.entity_id)
        .join(lists, lists.c.id == entities.c.list_id)
        .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
    )


def _from_row(row: AnyRow, entity: Entity, also: tuple[Entity, ...]) -> AlertDetail:
    mention = mention_from_row(row)
    return AlertDetail(
        alert=Alert(
            id=row.alert_id,
            entity_id=mention.entity_id,
            story_id=row.story_id,
            article_id=mention.article_id,
            mention_id=mention.id,
            status=AlertStatus(row.status),
            opened_at=row.opened_at,
            note=row.note,
            outcome=Outcome(row.outcome) if row.outcome else None,
            severity=Severity(row.severity),
            severity_why=tuple(row.severity_why or ()),
            assigned=row.assigned,
            rolled_up=bool(row.rolled_up),
        ),
        mention=mention,
        entity=entity,
        list_title=row.list_title,
        article_title=row.article_title,
        article_url=row.article_url,
        article_published_at=row.article_published_at,
        article_lang=row.article_lang,
        feed_title=row.feed_title,
        also=also,
    )
