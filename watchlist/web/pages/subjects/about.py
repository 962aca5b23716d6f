"""What is known of a subject, gathered for its card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from watchlist.alerts.held_in_words import ends, reach
from watchlist.alerts.period import Row, period_of
from watchlist.model import (
    Action,
    AlertDetail,
    AlertFilter,
    Entity,
    EntityChange,
    GroupMember,
    Judgement,
    Name,
    NameOrigin,
    Reach,
    Silence,
    Standing,
    SubjectNote,
    Suppression,
)
from watchlist.storage.store import Store
from watchlist.subjects.in_words import what_changed

#: Alerts that are looked at, the newest: with more a card would take long.
MOST_ALERTS = 1000
#: Changes of a listing that are shown.
_CHANGES = 10
#: Weeks that a chart has at most: with more it is drawn by the month.
_WEEKS = 60


@dataclass(frozen=True, slots=True)
class ListingCard:
    """One entry of the subject, as its list has it."""

    entity: Entity
    standing: Standing
    list_title: str
    #: Whether it stands on a list of the user's.
    own: bool
    #: By what it was recognised as one with the others.
    reason: str | None
    #: Its names: what they are, their script, and the names.
    names: tuple[tuple[str, str, tuple[Name, ...]], ...]
    #: The names that a user gave it.
    given: tuple[Name, ...]
    #: What its list said of it lately, in words.
    changes: tuple[tuple[EntityChange, str], ...]


@dataclass(frozen=True, slots=True)
class SubjectCard:
    """All that is known of a subject."""

    #: The entity that was asked for.
    entity: Entity
    listings: tuple[ListingCard, ...]
    alerts: tuple[AlertDetail, ...]
    #: The alerts over time.
    over_time: tuple[Row, ...]
    #: Each with what it holds back, and until when.
    suppressions: tuple[tuple[Suppression, str, str], ...]
    silences: tuple[Silence, ...]
    #: What people wrote of it, and what at its alerts.
    own_notes: tuple[SubjectNote, ...]
    notes: tuple[tuple[int, Judgement], ...]
    #: Whether it opens no alerts at all.
    is_quiet: bool

    @property
    def is_by_month(self) -> bool:
        """Whether its alerts are told by the month, since there are too many weeks."""
        return any(len(row.name) == len("2026-11") for row in self.over_time)


def subject_card(store: Store, entity_id: str, now: datetime) -> SubjectCard:
    """Gather it; raises NotFoundError."""
    entity = store.entity(entity_id)
    group = store.group(entity_id) or ((None, entity),)
    lists = {each.id: each for each in store.watched_lists()}
    listings = []
    for member, each in sorted(group, key=lambda pair: pair[1].id != entity_id):
        held = lists.get(each.list_id)
        title, own = (held.title, held.own) if held is not None else (each.list_id, False)
        listings.append(_listing(store, member, each, title, own=own))
    ids = {each.id for _, each in group}
    alerts = store.find_alerts(AlertFilter(entity_id=entity_id, limit=MOST_ALERTS))
    first = min((each.alert.opened_at for each in alerts), default=now)
    suppressions = [each for each in store.suppressions() if each.entity_id in ids]
    return SubjectCard(
        entity=entity,
        listings=tuple(listings),
        alerts=alerts,
        over_time=by_month(period_of(alerts, (), first, now).weeks) if alerts else (),
        suppressions=tuple((each, reach(each), ends(each, now)) for each in suppressions),
        silences=tuple(each for each in store.silences(now) if each.entity_id in ids or each.list_id in lists_of(ids)),
        own_notes=store.notes_on([entity_id]),
        notes=_notes(alerts),
        is_quiet=any(each.scope is Reach.SUBJECT and _holds(each, now) for each in suppressions),
    )


def lists_of(entity_ids: Iterable[str]) -> set[str]:
    """The lists that entities stand on."""
    return {each.partition(":")[0] for each in entity_ids}


def by_month(weeks: tuple[Row, ...]) -> tuple[Row, ...]:
    """Weeks as they are, or summed by the month where they are many."""
    if len(weeks) <= _WEEKS:
        return weeks
    months: dict[str, list[Row]] = {}
    for week in weeks:
        months.setdefault(week.name[:7], []).append(week)
    return tuple(
        Row(name, tuple(map(sum, zip(*(row.outcomes for row in rows), strict=True)))) for name, rows in months.items()
    )


def _listing(store: Store, member: GroupMember | None, entity: Entity, title: str, *, own: bool) -> ListingCard:
    grouped: dict[tuple[str, str], list[Name]] = {}
    for name in entity.names:
        kind = f"weak {name.kind}" if name.weak else str(name.kind)
        grouped.setdefault((kind, name.script or "none"), []).append(name)
    return ListingCard(
        entity=entity,
        standing=store.standing(entity.id),
        list_title=title,
        own=own,
        reason=member.reason if member is not None else None,
        names=tuple((kind, script, tuple(names)) for (kind, script), names in grouped.items()),
        given=tuple(each for each in entity.names if each.origin is NameOrigin.USER),
        changes=tuple((each, what_changed(each)) for each in store.changes_of((entity.id,), _CHANGES)),
    )


def _notes(alerts: Iterable[AlertDetail]) -> tuple[tuple[int, Judgement], ...]:
    """What people wrote, the newest first: notes, and why they judged as they did."""
    written = (
        (alert.alert.id, each)
        for alert in alerts
        for each in alert.judgements
        if each.why and not each.undone and each.action is not Action.UNDO
    )
    return tuple(sorted(written, key=lambda each: each[1].at, reverse=True))


def _holds(suppression: Suppression, now: datetime) -> bool:
    return suppression.ended_at is None and (suppression.until is None or suppression.until > now)
