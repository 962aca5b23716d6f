"""What does not work as it should, by the state that is stored. Pure; silence is a fault too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, takewhile

from watchlist.feeds.schedule import duration_words
from watchlist.lists.recency import went_back
from watchlist.lists.schedule import is_stale
from watchlist.model import UNROUTED, DeliveryTrouble, Fault, Feed, Outage, Run, SetAside, WatchedList
from watchlist.ports import Transport
from watchlist.steps.clock import SET_BACK, SET_FORWARD, SLEPT
from watchlist.text.masked import without_logins

#: Polls in a row that must fail before a feed's fault is more than a passing one.
LASTING_FAILURES = 3
#: How long a channel must take nothing before that is more than a passing fault.
LASTING_OUTAGE = timedelta(hours=1)
#: So many articles set aside are no oddity of one article.
MANY_SET_ASIDE = 100
#: After so many of the usual times between two runs, and no less than this, nothing runs any more.
_MISSED_RUNS = 5
_LEAST_STANDSTILL = timedelta(hours=1)
#: The same where there was one run only.
_UNKNOWN_STANDSTILL = timedelta(days=2)
#: Times between runs by which one is known to be far longer.
_LEAST_GAPS = 4
#: A stored time that is so far ahead was stored by a clock that was wrong, or the clock is wrong now.
_CLOCK_TOLERANCE = timedelta(minutes=5)


def list_faults(lists: Sequence[WatchedList], max_age: timedelta, now: datetime) -> Iterator[Fault]:
    """Lists that are stale, were refused or could not be fetched, or were never synced.

    Where there are no names at all, `setup_faults` tells of those that were never synced, all of them at once.
    """
    is_empty = not any(each.enabled and each.entity_count for each in lists)
    for each in lists:
        if not each.enabled:
            continue
        subject = f"list {each.id}"
        stale = is_stale(each, max_age, now)
        if stale and each.last_good_at is not None:
            since = f"last good check {each.last_good_at:%Y-%m-%d %H:%M} UTC"
            reason = f"; {each.last_error}" if each.last_error else ""
            yield Fault(subject, f"list {each.id}: stale, {since}{reason}")
        elif each.last_error:
            # A list that would go back and forth is never stale, and its good checks must not hide it.
            yield Fault(subject, f"list {each.last_error}", lasting=went_back(each.last_error))
        elif _is_never_synced(each) and not is_empty:
            hint = f"'watchlist lists sync {each.id}' fetches it"
            yield Fault(subject, f"list {each.id}: never synced; {hint}", lasting=False)


def _is_never_synced(each: WatchedList) -> bool:
    return each.enabled and each.refresh and not each.entity_count and each.last_error is None


def feed_faults(feeds: Iterable[Feed], now: datetime) -> Iterator[Fault]:
    """Feeds that failed, lasting once they did several times in a row; that are gone for good; that went silent."""
    for each in feeds:
        subject = f"feed {each.id}"
        if each.gone_at is not None:
            since = f"gone for good since {each.gone_at:%Y-%m-%d} (410), and switched off"
            hint = f"'watchlist feeds remove {each.id}' takes it away, 'enable' asks it again"
            yield Fault(subject, f"feed {each.id} {without_logins(each.url)}: {since}; {hint}")
        elif each.enabled and not each.last_error and (silent := each.habit.silent_for(now)) is not None:
            usual = duration_words(each.habit.gap or 0.0)
            lasting = duration_words(silent.total_seconds())
            text = f"silent for {lasting}; as a rule it brings something new about every {usual}"
            yield Fault(subject, f"feed {each.id} {without_logins(each.url)}: {text}")
        if each.enabled and each.last_error:
            text = f"feed {each.id} {without_logins(each.url)}: {each.last_error}"
            yield Fault(subject, text, lasting=each.failures >= LASTING_FAILURES)


def run_faults(runs: Sequence[Run]) -> Iterator[Fault]:
    """The last of these runs, the newest first, if it came to no end; it lasts where it is known why, or three did so.

    A single one without a word was killed, as when the machine is switched off, and the next has gone on.
    """
    broken = list(takewhile(lambda run: run.finished_at is None, runs))
    if broken:
        why = next((run.errors[0] for run in broken if run.errors), "")
        times = f", as {len(broken) - 1} before it" if len(broken) > 1 else ""
        text = f"the run of {broken[0].started_at:%Y-%m-%d %H:%M} UTC was broken off{times}"
        yield Fault("runs", f"{text}: {why or 'killed'}", lasting=bool(why) or len(broken) >= LASTING_FAILURES)


def standstill_faults(runs: Sequence[Run], now: datetime) -> Iterator[Fault]:
    """That nothing runs any more, by the usual time between these runs, the newest first; and a clock that jumped."""
    if not runs:
        return
    last = runs[0].started_at
    if last - now > _CLOCK_TOLERANCE:
        text = f"the clock says {now:%Y-%m-%d %H:%M} UTC, and a run began at {last:%Y-%m-%d %H:%M} UTC"
        yield Fault("clock", f"{text}: it was set back, or was wrong then; 'watchlist doctor' compares it")
        return
    gaps = sorted(later.started_at - earlier.started_at for later, earlier in pairwise(runs))
    longest = max(_LEAST_STANDSTILL, _MISSED_RUNS * gaps[len(gaps) // 2]) if gaps else _UNKNOWN_STANDSTILL
    if now - last <= longest:
        return
    since = f"{duration_words((now - last).total_seconds())} ago, at {last:%Y-%m-%d %H:%M} UTC"
    if runs[0].finished_at is None and not runs[0].errors:
        text = f"the last run began {since}, and has come to no end: it is still at work, or was killed"
        yield Fault("standstill", text)
        return
    hint = "is 'watchlist run' still running, or its line in the crontab still there?"
    yield Fault("standstill", f"nothing runs: the last run began {since}; {hint}", grave=True)


def clock_faults(runs: Sequence[Run]) -> Iterator[Fault]:
    """That the clock was set, or the machine slept, between some of these runs, the newest first."""
    for later, earlier in pairwise(runs):
        counts = dict(later.counts)
        at = f"before the run of {later.started_at:%Y-%m-%d %H:%M} UTC"
        back = max((earlier.started_at - later.started_at).total_seconds(), counts.get(SET_BACK, 0))
        if back > _CLOCK_TOLERANCE.total_seconds():
            text = f"the clock was set back by {duration_words(back)} {at}; times beyond that were taken back"
            yield Fault("clock", text)
        elif forward := counts.get(SET_FORWARD):
            text = f"the clock was set forward by {duration_words(forward)} {at}"
            yield Fault("clock", f"{text}; 'watchlist doctor' compares it")
        elif slept := counts.get(SLEPT):
            yield Fault("clock", f"the machine slept for {duration_words(slept)} {at}: nothing was watched")
        elif (gap := _pause(later, earlier, runs)) is not None:
            text = f"nothing ran for {duration_words(gap.total_seconds())} {at}"
            yield Fault("clock", f"{text}: the machine was off or slept, or its clock was set forward")
        else:
            continue
        return


def _pause(later: Run, earlier: Run, runs: Sequence[Run]) -> timedelta | None:
    """The time between two runs, if it is far longer than between the others, and these are enough to tell."""
    gap = later.started_at - earlier.started_at
    others = sorted(one.started_at - other.started_at for one, other in pairwise(runs) if one is not later)
    if len(others) < _LEAST_GAPS or earlier.finished_at is None:
        return None
    work = earlier.finished_at - earlier.started_at
    return gap if gap - work > max(_LEAST_STANDSTILL, _MISSED_RUNS * others[len(others) // 2]) else None


def screening_faults(aside: SetAside, waiting: int, oldest: datetime | None, now: datetime) -> Iterator[Fault]:
    """Articles that could not be screened, and articles that wait too long."""
    if aside.count:
        again = f", the next at {aside.next_at:%Y-%m-%d %H:%M} UTC" if aside.next_at is not None else ""
        text = f"{_counted(aside.count, 'article')} could not be screened, and will be tried again{again}"
        grave = aside.count >= MANY_SET_ASIDE
        last = f"the last was {aside.article}: {aside.error}"
        yield Fault("articles set aside", f"{text}; {last}", aside.repeatedly > 0 or grave, grave)
    if oldest is not None and now - oldest > LASTING_OUTAGE:
        text = f"{_counted(waiting, 'article')} wait to be screened, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Fault("articles waiting", f"{text}; 'watchlist run --once' screens them", grave=True)


def setup_faults(lists: Sequence[WatchedList], feeds: Sequence[Feed]) -> Iterator[Fault]:
    """That nothing is looked for, or nowhere; nobody is told of it: it is so in every new database."""
    on = [each for each in lists if each.enabled]
    if not any(each.entity_count for each in on):
        never = sum(map(_is_never_synced, on))
        hint = (
            f"{_counted(never, 'list')} never synced, 'watchlist lists sync' fetches"
            if never
            else "sync or create a list"
        )
        yield Fault("setup names", f"no names to look for: {hint}", lasting=False, grave=True)
    asked = [each for each in feeds if each.enabled]
    if asked and all(each.last_error and each.failures >= LASTING_FAILURES for each in asked):
        yield Fault("setup feeds", f"no feed works: {_counted(len(asked), 'feed')} failing", lasting=False, grave=True)


def delivery_faults(troubles: Iterable[DeliveryTrouble], outages: Iterable[Outage], now: datetime) -> Iterator[Fault]:
    """Messages that are parked, or wait after a failed try; and channels and recipients that take nothing."""
    standing = {(each.channel, each.recipient): each for each in outages}
    held_up: Counter[Outage] = Counter()
    for each in troubles:
        way, messages = way_words(each.channel, each.recipient), _counted(each.deliveries, "message")
        outage = standing.get((each.channel, "")) or standing.get((each.channel, each.recipient or ""))
        if each.parked:
            what = f"{_counted(each.alerts, 'alert')} could not be told" if each.alerts else f"{messages} not taken"
            period = f"between {each.first_at:%Y-%m-%d %H:%M} and {each.last_at:%Y-%m-%d %H:%M} UTC"
            hint = "'watchlist deliveries retry --failed' sends what is parked"
            text = f"{way}: {what}, {messages} from {period}: {each.error}; {hint}"
            yield Fault(f"deliveries {way}", text, grave=each.alerts > 0)
        elif outage is not None:
            held_up[outage] += each.deliveries
        else:
            since = f"the oldest since {each.first_at:%Y-%m-%d %H:%M} UTC"
            text = f"{way}: {messages} waiting to be tried again, {since}: {each.error}"
            yield Fault(f"waiting {way}", text, lasting=False)
    for outage in standing.values():
        way, count = way_words(outage.channel, outage.recipient), held_up[outage]
        since = f"takes nothing since {outage.since:%Y-%m-%d %H:%M} UTC"
        text = f"{way} {since}, {_counted(count, 'message')} waiting, next try {outage.next_try_at:%H:%M}"
        lasting = now - outage.since >= LASTING_OUTAGE
        yield Fault(f"channel {way}", f"{text}: {outage.error}", lasting, grave=lasting and count > 0)


def lost_faults(waiting: Mapping[tuple[str, str | None], int], transports: Mapping[str, Transport]) -> Iterator[Fault]:
    """Messages for channels or recipients that are not configured: nothing will come of them by itself."""
    for (channel, recipient), count in waiting.items():
        if channel == UNROUTED and transports:
            continue
        transport = transports.get(channel)
        if transport is None or (recipient is not None and recipient not in transport.recipients):
            way, messages = way_words(channel, recipient), _counted(count, "message")
            hint = "set it up again, or 'watchlist deliveries drop N' gives them up"
            yield Fault(f"lost {way}", f"{way}: {messages} waiting, and it is not configured: {hint}", lasting=False)


def way_words(channel: str, recipient: str | None) -> str:
    """Where a message goes, in words."""
    return f"{channel} to {recipient}" if recipient else channel


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"
