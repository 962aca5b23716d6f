"""Where an alert goes, and when: pure decisions from the routes as configured.

Routes are read from the top. The first that fits decides, and reading goes on only if it says so (``also``). An alert
that none fits goes to every channel at once, as if there were no routes: nothing is dropped for want of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from watchlist.alerts.frequent import end_of_day
from watchlist.config.routes import QuietHours, RouteConfig, time_of
from watchlist.model import AlertDetail

#: The name of the route of what no other fits.
DEFAULT = "default"
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Considered:
    """A route that was looked at for an alert: whether it fits, and why or why not, in words."""

    route: str
    fits: bool
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an alert goes by one route, and when."""

    route: str
    channel: str
    #: One recipient of the channel; None for all.
    recipient: str | None
    due: datetime
    #: Whether it waits for others until then, to come together with them.
    held: bool
    #: Why then, in words.
    why: str


def consider(detail: AlertDetail, routes: Sequence[RouteConfig]) -> tuple[Considered, ...]:
    """The routes that are looked at for an alert, in their order."""
    found = []
    for route in routes:
        misfits = tuple(_misfits(detail, route))
        why = "; ".join(misfits) if misfits else "everything it asks for is so"
        found.append(Considered(route.name, not misfits, why))
        if not misfits and not route.also:
            break
    if not any(each.fits for each in found):
        found.append(Considered(DEFAULT, True, "no route fits: every channel, at once"))
    return tuple(found)


def turns_of(
    detail: AlertDetail,
    routes: Sequence[RouteConfig],
    channels: Sequence[str],
    told: Mapping[str, int],
    now: datetime,
) -> tuple[Turn, ...]:
    """Where an alert goes and when; ``told`` is how many alerts each route told at once since the full hour."""
    by_name = {route.name: route for route in routes}
    turns: dict[tuple[str, str | None], Turn] = {}
    for each in consider(detail, routes):
        if not each.fits:
            continue
        route = by_name.get(each.route)
        targets = route.channels if route is not None else channels
        due, held, why = when(route, told.get(each.route, 0), now) if route is not None else (now, False, "at once")
        if detail.alert.rolled_up and not held:
            # What the subject's day has had its share of comes together at the end of it.
            due, held, why = end_of_day(now), True, "in short, at the end of the day: its subject is frequent"
        for target in targets:
            channel, _, recipient = target.partition(":")
            turn = Turn(each.route, channel, recipient or None, due, held, why)
            # Two routes to one place tell it once, the sooner of them.
            known = turns.get((channel, turn.recipient))
            if known is None or turn.due < known.due:
                turns[channel, turn.recipient] = turn
    return tuple(each for each in turns.values() if each.recipient is None or (each.channel, None) not in turns)


def when(route: RouteConfig, told: int, now: datetime) -> tuple[datetime, bool, str]:
    """When a route tells an alert that opens now, whether it waits for others until then, and why."""
    zone = ZoneInfo(route.zone)
    if route.when == "daily":
        return next_daily(now, route.at, zone), True, f"daily at {route.at} {route.zone}"
    due, held, why = now, False, "at once"
    if route.when == "hourly":
        due, held, why = full_hour(now) + _HOUR, True, "with the next full hour"
    elif route.cap is not None and told >= route.cap:
        due, held, why = full_hour(now) + _HOUR, True, f"{told} told at once this hour: with the next full hour"
    if route.quiet is not None and is_quiet(due, route.quiet, zone):
        due = quiet_until(due, route.quiet, zone)
        held, why = True, f"quiet hours: at {route.quiet.end} {route.zone}"
    return due, held, why


def full_hour(now: datetime) -> datetime:
    """The last full hour, in UTC."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def next_daily(now: datetime, at: str, zone: ZoneInfo) -> datetime:
    """The next time that the clocks of a zone show a time of day, once on each day.

    Where they jump over it, it is as long after midnight as on other days; where they show it twice, the first counts.
    """
    day = now.astimezone(zone).date()
    while (found := datetime.combine(day, time_of(at), zone).astimezone(UTC)) <= now:
        day += timedelta(days=1)
    return found


def is_quiet(moment: datetime, quiet: QuietHours, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone are within the quiet hours, which may go past midnight."""
    local = moment.astimezone(zone).time()
    begin, end = time_of(quiet.begin), time_of(quiet.end)
    return begin <= local < end if begin < end else local >= begin or local < end


def quiet_until(moment: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """When the quiet hours end that hold at a moment."""
    day, end = moment.astimezone(zone).date(), time_of(quiet.end)
    ends = (
        datetime.combine(day + timedelta(days=n), end.replace(fold=fold), zone).astimezone(UTC)
        for n in (0, 1)
        # Where the clocks show the end twice, and the first has passed, the second counts.
        for fold in (0, 1)
    )
    found = min(each for each in ends if each > moment and not is_quiet(each, quiet, zone))
    # Where the clocks jump over the end, it is when they jump.
    while not is_quiet(found - _MINUTE, quiet, zone):
        found -= _MINUTE
    return found


def _misfits(detail: AlertDetail, route: RouteConfig) -> Iterator[str]:
    listings = (detail.entity, *detail.also)
    programs = tuple(program for each in listings for program in each.programs)
    wanted: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("list", route.lists, [each.list_id for each in listings]),
        ("program", route.programs, programs),
        ("schema", route.schemas, [detail.entity.schema]),
        ("severity", route.severities, [detail.alert.severity]),
        ("subject", route.subjects, [each.id for each in listings]),
        ("feed", route.feeds, [detail.feed_title or ""]),
        ("language", route.languages, [detail.article_lang or ""]),
    )
    for what, asked, found in wanted:
        if asked and not {each.casefold() for each in asked} & {each.casefold() for each in found}:
            told = ", ".join(dict.fromkeys(filter(None, found))) or "not known"
            yield f"the {what} is {told}, not {' or '.join(asked)}"
