"""What may go, as conditions: old enough, and nothing rests on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select

from watchlist.model import AlertStatus, CaptureKind, Cutoffs, DeliveryStatus, NoticeKind, Purgeable
from watchlist.storage.database.tables import (
    access_log,
    alerts,
    articles,
    captures,
    changes,
    deliveries,
    delivery_alerts,
    delivery_notices,
    entity_groups,
    evidence,
    feed_polls,
    feeds,
    judgements,
    lookbacks,
    notices,
    page_hosts,
    past_articles,
    story_articles,
)

#: Bytes that later ones of the same article have taken the place of stay for so long: an alert may just be opening.
SUPERSEDED = timedelta(days=1)

_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.FAILED)


def old_alerts(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Alerts that are closed, and that nobody has touched for their time."""
    before = cutoffs.get(Purgeable.ALERTS)
    if before is None:
        return false()
    touched = exists().where(judgements.c.alert_id == alerts.c.id, judgements.c.at >= before)
    return and_(alerts.c.status == AlertStatus.CLOSED, alerts.c.opened_at < before, not_(touched))


def is_rested_on(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Articles that an alert which stays has opened on, or that stand with one."""
    stays = not_(old_alerts(cutoffs))
    opened = exists().where(alerts.c.article_id == articles.c.id, stays)
    joined = exists().where(
        story_articles.c.article_id == articles.c.id, story_articles.c.alert_id == alerts.c.id, stays
    )
    return or_(opened, joined)


def old_articles(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Articles that were screened and that no alert rests on."""
    before = cutoffs.get(Purgeable.ARTICLES)
    if before is None:
        return false()
    return and_(articles.c.fetched_at < before, articles.c.scanned_at.is_not(None), not_(is_rested_on(cutoffs)))


def old_captures(cutoffs: Cutoffs, now: datetime) -> ColumnElement[bool]:
    """Bytes of screened articles that no alert rests on: those that are old, or that others have taken the place of.

    To be asked of `captures` joined with `articles`.
    """
    later = captures.alias("later")
    superseded = exists().where(
        later.c.article_id == captures.c.article_id,
        # Entry and document are of the feed.
        (later.c.kind == CaptureKind.PAGE) == (captures.c.kind == CaptureKind.PAGE),
        later.c.at > captures.c.at,
    )
    over = [and_(captures.c.at < now - SUPERSEDED, superseded)]
    if (before := cutoffs.get(Purgeable.EVIDENCE)) is not None:
        over.append(captures.c.at < before)
    return and_(or_(*over), articles.c.scanned_at.is_not(None), not_(is_rested_on(cutoffs)))


def old_past_articles(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Articles that are gone, of which it need no longer be known that they were screened."""
    before = cutoffs.get(Purgeable.SCREENINGS)
    return false() if before is None else past_articles.c.fetched_at < before


def old_polls(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Polls long past."""
    before = cutoffs.get(Purgeable.POLLS)
    return false() if before is None else feed_polls.c.at < before


def old_feeds(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Feeds that the configuration has long named no more."""
    before = cutoffs.get(Purgeable.FEEDS)
    return false() if before is None else feeds.c.undeclared_at < before


def old_notices(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Notices of what is over, all of which were told."""
    before = cutoffs.get(Purgeable.NOTICES)
    if before is None:
        return false()
    over = or_(
        and_(notices.c.kind != NoticeKind.FAULT, notices.c.opened_at < before),
        # None while the fault lasts.
        notices.c.resolved_at < before,
    )
    untold = exists().where(
        delivery_notices.c.notice_id == notices.c.id,
        deliveries.c.id == delivery_notices.c.delivery_id,
        deliveries.c.status.in_(_UNSENT),
    )
    return and_(over, not_(untold))


def old_deliveries(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Messages that need no longer be sent, and told of no alert that stays: those are the record of its telling."""
    before = cutoffs.get(Purgeable.DELIVERIES)
    if before is None:
        return false()
    told = exists().where(
        delivery_alerts.c.delivery_id == deliveries.c.id,
        alerts.c.id == delivery_alerts.c.alert_id,
        not_(old_alerts(cutoffs)),
    )
    ended = deliveries.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.DROPPED))
    return and_(ended, func.coalesce(deliveries.c.sent_at, deliveries.c.created_at) < before, not_(told))


def old_changes(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Changes of entities that have no alert, and are not one with an entity that has."""
    before = cutoffs.get(Purgeable.CHANGES)
    if before is None:
        return false()
    alerted = exists().where(alerts.c.entity_id == changes.c.entity_id)
    one, other = entity_groups.alias("one"), entity_groups.alias("other")
    with_alerted = exists().where(
        one.c.entity_id == changes.c.entity_id,
        other.c.group_id == one.c.group_id,
        alerts.c.entity_id == other.c.entity_id,
    )
    return and_(changes.c.at < before, not_(or_(alerted, with_alerted)))


def old_look_backs(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Look-backs that ended long ago; one that is not done stays."""
    before = cutoffs.get(Purgeable.LOOK_BACKS)
    return false() if before is None else lookbacks.c.finished_at < before


def old_sites(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Sites whose rules would have to be asked for again anyway, and that do not ask for patience."""
    before = cutoffs.get(Purgeable.SITES)
    if before is None:
        return false()
    return and_(page_hosts.c.expires_at < before, func.coalesce(page_hosts.c.hold_until, before - SUPERSEDED) < before)


def old_access_log(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Lines of the record of accounts; nothing rests on them."""
    before = cutoffs.get(Purgeable.ACCESS_LOG)
    return false() if before is None else access_log.c.at < before


def orphaned() -> ColumnElement[bool]:
    """Bytes that are of no article any more."""
    return not_(exists().where(captures.c.sha256 == evidence.c.sha256))


def captures_of_old_articles(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """Bytes that go with their articles."""
    return captures.c.article_id.in_(select(articles.c.id).where(old_articles(cutoffs)))
