"""A period in numbers: alerts by week, list, program and source, what they were found to be, and how soon. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from watchlist.alerts.silent import SilentFeed
from watchlist.model import AlertDetail, Judgement, Outcome, Severity

#: What an alert counts as that nobody has closed.
UNJUDGED = "not closed"
#: The columns of every breakdown: each outcome, then what has none.
OUTCOMES = (*(each.value for each in Outcome), UNJUDGED)
#: The most rows of a breakdown; the rest are one row.
_MOST = 20
_REST = "all others"
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a breakdown: how many alerts, and of which outcome."""

    name: str
    outcomes: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.outcomes)

    @property
    def false_positive_rate(self) -> float | None:
        """The share of false positives among what was found to be either; None where nothing was."""
        true, false = self.outcomes[0], self.outcomes[1]
        return false / (true + false) if true + false else None


@dataclass(frozen=True, slots=True)
class Period:
    """What happened with alerts within a time."""

    since: datetime
    until: datetime
    total: Row
    weeks: tuple[Row, ...]
    lists: tuple[Row, ...]
    programs: tuple[Row, ...]
    sources: tuple[Row, ...]
    severities: tuple[Row, ...]
    #: Hours from the opening to the first judgement that closed an alert: the middle one, and that of nine in ten.
    median_hours: float | None
    most_hours: float | None
    #: How many alerts each person closed.
    people: tuple[tuple[str, int], ...]
    silent_feeds: tuple[SilentFeed, ...]


def period_of(details: Sequence[AlertDetail], silent: Sequence[SilentFeed], since: datetime, until: datetime) -> Period:
    """The alerts that were opened within a time, in numbers; a subject on several lists counts for each of them."""
    details = [each for each in details if not each.alert.is_withdrawn]
    closings = [found for detail in details if (found := _closing(detail)) is not None]
    hours = sorted((closing.at - opened).total_seconds() / 3600 for opened, closing in closings)
    people = Counter(closing.by for _, closing in closings)
    return Period(
        since=since,
        until=until,
        total=_row("all", details),
        weeks=_weeks(details, since, until),
        lists=_by(details, lambda each: sorted({id.split(":", 1)[0] for id in each.mention.listings})),
        programs=_by(details, lambda each: sorted({p for entry in (each.entity, *each.also) for p in entry.programs})),
        sources=_by(details, lambda each: [each.feed_title or "no feed"]),
        severities=tuple(_row(name, [each for each in details if each.alert.severity is name]) for name in Severity),
        median_hours=_quantile(hours, 5),
        most_hours=_quantile(hours, 9),
        people=tuple(people.most_common()),
        silent_feeds=tuple(silent),
    )


def outcome_of(detail: AlertDetail) -> str:
    """What an alert was found to be, or that nobody has closed it."""
    return detail.alert.outcome.value if detail.alert.outcome is not None else UNJUDGED


def _closing(detail: AlertDetail) -> tuple[datetime, Judgement] | None:
    """When an alert was opened, and the first judgement that closed it and was not taken back."""
    for judgement in detail.judgements:
        if judgement.outcome is not None and judgement.before.outcome is None and not judgement.undone:
            return detail.alert.opened_at, judgement
    return None


def _row(name: str, details: Iterable[AlertDetail]) -> Row:
    count = Counter(outcome_of(each) for each in details)
    return Row(name, tuple(count[outcome] for outcome in OUTCOMES))


def _by(details: Sequence[AlertDetail], names_of: Callable[[AlertDetail], Sequence[str]]) -> tuple[Row, ...]:
    """A breakdown, the most frequent first; an alert counts in each row that it names."""
    grouped: defaultdict[str, list[AlertDetail]] = defaultdict(list)
    for detail in details:
        for name in names_of(detail):
            grouped[name].append(detail)
    rows = sorted((_row(name, each) for name, each in grouped.items()), key=lambda row: (-row.total, row.name))
    if len(rows) <= _MOST:
        return tuple(rows)
    rest = [sum(counts) for counts in zip(*(row.outcomes for row in rows[_MOST:]), strict=True)]
    return (*rows[:_MOST], Row(f"{_REST} ({len(rows) - _MOST})", tuple(rest)))


def _weeks(details: Iterable[AlertDetail], since: datetime, until: datetime) -> tuple[Row, ...]:
    """Each week from Monday on, those without an alert too."""
    grouped: defaultdict[date, list[AlertDetail]] = defaultdict(list)
    for detail in details:
        grouped[_monday(detail.alert.opened_at)].append(detail)
    first = max(_monday(since), min(grouped)) if grouped else _monday(until)
    count = (_monday(until) - first).days // 7 + 1
    mondays = [first + timedelta(weeks=n) for n in range(count)]
    return tuple(_row(monday.isoformat(), grouped[monday]) for monday in mondays)


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def _quantile(ordered: Sequence[float], tenth: int) -> float | None:
    if len(ordered) < 2:
        return ordered[0] if ordered else None
    return quantiles(ordered, n=_TENTHS, method="inclusive")[tenth - 1]
