"""Any number of alerts as one message: by subject, the severe in full, the rest in lines, the others counted. Pure.

How much is shown follows from how much room there is; `render` takes the most that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchlist.delivery.cards import Card, Line, card, is_severe, line
from watchlist.delivery.clean import country, listing, one_line, web_link
from watchlist.delivery.links import AlertLinks
from watchlist.model import AlertDetail, Entity, Schema, Severity

#: Up to so many alerts are all told in full.
FEW = 10
_RANKS = {Severity.HIGH: 0, Severity.NORMAL: 1, Severity.LOW: 2}
_ALSO_ON = "Also on"
_SCHEMAS = {Schema.LEGAL_ENTITY: "Company or organisation"}


@dataclass(frozen=True, slots=True)
class Room:
    """How much a message may show: alerts in full, lines of one subject, subjects, and subjects in the contents."""

    cards: int
    lines: int
    subjects: int
    named: int


#: From the most to the least; with the last, any message is small.
ROOMS = (
    Room(60, 300, 300, 300),
    Room(50, 100, 150, 200),
    Room(40, 40, 150, 200),
    Room(30, 20, 120, 200),
    Room(25, 10, 100, 150),
    Room(20, 8, 90, 150),
    Room(15, 6, 80, 150),
    Room(12, 5, 60, 120),
    Room(10, 4, 50, 120),
    Room(8, 3, 45, 120),
    Room(6, 3, 40, 120),
    Room(5, 2, 35, 100),
    Room(4, 2, 30, 100),
    Room(3, 2, 25, 100),
    Room(3, 1, 25, 80),
    Room(2, 1, 20, 60),
    Room(2, 1, 14, 40),
    Room(1, 1, 8, 20),
    Room(0, 1, 3, 10),
)


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """One subject with its alerts, the severest first."""

    caption: str
    entity_id: str
    #: Schema, lists, programs, countries.
    facts: tuple[tuple[str, str], ...]
    entity_url: str | None
    #: For the contents: the lists in short, and how many alerts there are.
    lists: str
    count: str
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    #: Alerts that are not shown.
    more: int

    @property
    def brief(self) -> str:
        """The facts in a line, for a subject whose alerts are told in lines."""
        return " · ".join(f"also on {text}" if name == _ALSO_ON else text for name, text in self.facts)


@dataclass(frozen=True, slots=True)
class NamedOnly:
    """A subject that stands in the contents and has no part of its own, for want of room."""

    caption: str
    lists: str
    count: str


@dataclass(frozen=True, slots=True)
class Short:
    """Alerts of a subject that has had its share of the day, as a number."""

    caption: str
    entity_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A message about alerts as the templates show it; every text is cleaned."""

    #: Such as "212 alerts about 40 subjects".
    title: str
    subjects: tuple[SubjectPart, ...]
    short: tuple[Short, ...]
    #: Subjects that are not shown but named, the severest first.
    named: tuple[NamedOnly, ...]
    #: Subjects that are not shown, named or not, and their alerts.
    more_subjects: int
    more_alerts: int


def make_bulletin(alerts: Sequence[AlertDetail], room: Room, links: AlertLinks | None = None) -> Bulletin:
    """Group alerts by subject, the severest and then the one with most alerts first, as far as there is room."""
    told = [each for each in alerts if not each.alert.rolled_up]
    grouped = sorted(by_subject(told), key=lambda group: (*rank(group[0]), -len(group)))
    rolled_up = sorted(by_subject(each for each in alerts if each.alert.rolled_up), key=lambda group: -len(group))
    shown, left = grouped[: room.subjects], grouped[room.subjects :]
    in_full = _in_full(told, room)
    short = tuple(Short(caption_of(group[0]), group[0].entity.id, len(group)) for group in rolled_up[: room.subjects])
    left_short = rolled_up[room.subjects :]
    return Bulletin(
        title=title_of(alerts),
        subjects=tuple(_part(group, in_full, room, links) for group in shown),
        short=short,
        named=tuple(NamedOnly(caption_of(group[0]), _lists(group), _count(group)) for group in left[: room.named]),
        more_subjects=len(left) + len(left_short),
        more_alerts=sum(map(len, left)) + sum(map(len, left_short)),
    )


def title_of(alerts: Sequence[AlertDetail]) -> str:
    """How many alerts there are, about how many subjects."""
    subjects = len({subject_key(each) for each in alerts})
    counted = f"{len(alerts)} alert{'s' if len(alerts) > 1 else ''}"
    return f"{counted} about {subjects} subjects" if subjects > 1 else counted


def subject_key(detail: AlertDetail) -> str:
    """The same for all alerts of a subject, whichever of its entries each names."""
    return min([detail.entity.id, *(other.id for other in detail.also)])


def by_subject(alerts: Iterable[AlertDetail]) -> list[tuple[AlertDetail, ...]]:
    """The alerts of each subject, the severest first."""
    groups: dict[str, list[AlertDetail]] = {}
    for detail in alerts:
        groups.setdefault(subject_key(detail), []).append(detail)
    return [tuple(sorted(group, key=rank)) for group in groups.values()]


def caption_of(detail: AlertDetail, limit: int = 100) -> str:
    """Who is named."""
    return one_line(detail.entity.caption, limit) or detail.entity.id


def rank(detail: AlertDetail) -> tuple[int, float]:
    """What comes first: the severest, then the best score."""
    return _RANKS[detail.alert.severity], -detail.mention.score


def _in_full(told: Sequence[AlertDetail], room: Room) -> frozenset[int]:
    wanted = told if len(told) <= FEW else [each for each in told if is_severe(each)]
    return frozenset(each.alert.id for each in sorted(wanted, key=rank)[: room.cards])


def _part(group: tuple[AlertDetail, ...], in_full: frozenset[int], room: Room, links: AlertLinks | None) -> SubjectPart:
    best = group[0]
    cards = tuple(card(each, links) for each in group if each.alert.id in in_full)
    rest = [each for each in group if each.alert.id not in in_full]
    return SubjectPart(
        caption=caption_of(best, 200),
        entity_id=best.entity.id,
        facts=_facts(best),
        entity_url=web_link(best.entity.url),
        lists=_lists(group),
        count=_count(group),
        cards=cards,
        lines=tuple(line(each, links) for each in rest[: room.lines]),
        more=len(rest[room.lines :]),
    )


def _lists(group: Sequence[AlertDetail]) -> str:
    best = group[0]
    return listing(tuple(dict.fromkeys([best.entity.list_id, *(other.list_id for other in best.also)])), 4)


def _count(group: Sequence[AlertDetail]) -> str:
    return f"{len(group)} alert{'s' if len(group) > 1 else ''}"


def _facts(detail: AlertDetail) -> tuple[tuple[str, str], ...]:
    entity = detail.entity
    facts = (
        ("Kind", _SCHEMAS.get(entity.schema, entity.schema.value)),
        ("List", one_line(detail.list_title, 100)),
        (_ALSO_ON, listing([_on_list(other) for other in detail.also])),
        ("Programs", listing(entity.programs)),
        ("Countries", listing([country(value) for value in entity.countries])),
    )
    return tuple((label, value) for label, value in facts if value)


def _on_list(entity: Entity) -> str:
    return f"{entity.list_id} ({', '.join(entity.programs)})" if entity.programs else entity.list_id
