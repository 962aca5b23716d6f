"""A month of alerts by the clock: digests, quiet hours, caps, silences, suppressions, an outage, changes of the clocks.

What each alert should be told, where and when, is worked out here from the words of the documentation, and held against
what arrived.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from watchlist.config.routes import RouteConfig
from watchlist.delivery.outbox import deliver_due
from watchlist.errors import DeliveryError
from watchlist.model import DeliveryStatus, Entity, Frequent, Quote, Silence, Suppression, stable_id
from watchlist.ports import Message
from watchlist.steps.parts import Parts
from watchlist.steps.route import route_alerts
from watchlist.storage.store import Store

DAYS = 31
ZONE = ZoneInfo("Europe/Zurich")
HOUR = timedelta(hours=1)
#: Minutes past the hour at which the program runs, about.
PAST = timedelta(minutes=41)
CAP = 2
PER_DAY = 3
DIGEST_AT, QUIET_FROM, QUIET_TO = time(2, 30), time(22), time(6, 30)
PLAIN, DAILY, HOURLY, SILENT, DISMISSED, FREQUENT = "123456"
#: How often an alert of each opens, to all.
SHARES = {PLAIN: 8, DAILY: 5, HOURLY: 3, SILENT: 2, DISMISSED: 2, FREQUENT: 9}
DESK, LEAD, HOOK = ("email", "desk@x.example"), ("email", "lead@x.example"), ("webhook", "")
ROUTES: tuple[dict[str, Any], ...] = (
    {
        "name": "digest",
        "subjects": [f"own:{DAILY}"],
        "channels": ["email"],
        "when": "daily",
        "at": f"{DIGEST_AT:%H:%M}",
        "zone": ZONE.key,
    },
    {
        "name": "hours",
        "subjects": [f"own:{HOURLY}"],
        "channels": ["email:lead@x.example"],
        "when": "hourly",
        "also": True,
    },
    {"name": "all", "channels": ["webhook"], "cap": CAP, "zone": ZONE.key, "quiet": {"from": "22:00", "to": "06:30"}},
)


@dataclass(frozen=True)
class Due:
    """When an alert is due at a place, and when it arrives at the latest."""

    at: datetime
    why: str


class Inbox:
    """A channel that keeps what it gets and when; it may be out of order."""

    def __init__(self, channel: str, recipients: tuple[str, ...], clock: Callable[[], datetime]) -> None:
        self.channel, self.recipients, self._clock = channel, recipients, clock
        self.down = False
        self.got: dict[tuple[str, str], list[tuple[datetime, int]]] = defaultdict(list)
        self.messages = 0

    def send(self, message: Message, said: Any = None) -> str | None:
        if self.down:
            raise DeliveryError(self.channel, "refused the connection", blame="channel")
        self.messages += 1
        self.got[self.channel, message.recipient] += [(self._clock(), each.alert.id) for each in message.alerts]
        return None

    def preview(self, message: Message) -> str:
        return ""


class Month:
    """The program on a clock that is set from hour to hour, and what it should tell."""

    def __init__(self, store: Store, start: datetime) -> None:
        self.store, self.now = store, start
        self.mail = Inbox("email", (DESK[1], LEAD[1]), lambda: self.now)
        self.hook = Inbox("webhook", ("",), lambda: self.now)
        self.parts = Parts(
            config=cast("Any", SimpleNamespace(routes=tuple(RouteConfig.model_validate(each) for each in ROUTES))),
            store=store,
            transports={"email": self.mail, "webhook": self.hook},
            index_dir=cast("Any", None),
            clock=lambda: self.now,
            stop=Event(),
        )
        self.due: dict[tuple[tuple[str, str], int], Due] = {}
        self.at_once: Counter[datetime] = Counter()
        self.of_day: Counter[tuple[str, datetime]] = Counter()
        self.silenced: list[int] = []
        self.outage = (start, start)

    def run(self) -> None:
        self.mail.down = self.outage[0] <= self.now < self.outage[1]
        route_alerts(self.parts)
        deliver_due(self.store, self.parts.transports, self.parts.clock, lambda: False)

    def expect(self, subject: str, number: int) -> None:
        """Work out what becomes of an alert that opened now."""
        day = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.of_day[subject, day] += 1
        if subject == SILENT and self.now < self.quiet_until:
            self.silenced.append(number)
            return
        frequent = self.of_day[subject, day] > PER_DAY
        end_of_day = day + timedelta(days=1)
        if subject == DAILY:
            for place in (DESK, LEAD):
                self.due[place, number] = Due(_next(self.now, DIGEST_AT), "the digest")
            return
        full_hour = self.now.replace(minute=0, second=0, microsecond=0)
        if subject == HOURLY:
            self.due[LEAD, number] = Due(full_hour + HOUR, "the full hour")
        at, why, held = self.now, "at once", False
        if self.at_once[full_hour] >= CAP:
            at, why, held = full_hour + HOUR, "the cap", True
        if _is_quiet(at):
            at, why, held = _next(at, QUIET_TO), "quiet hours", True
        if not held and frequent:
            at, why, held = end_of_day, "in short", True
        if not held:
            self.at_once[full_hour] += 1
        self.due[HOOK, number] = Due(at, why)

    quiet_until: datetime


def _next(moment: datetime, at: time) -> datetime:
    """The next time that clocks in Zurich show a time of day."""
    day = moment.astimezone(ZONE).date()
    found = [datetime.combine(day + timedelta(days=n), at, ZONE).astimezone(UTC) for n in range(3)]
    return min(each for each in found if each > moment)


def _is_quiet(moment: datetime) -> bool:
    shown = moment.astimezone(ZONE).time()
    return shown >= QUIET_FROM or shown < QUIET_TO


SPRING, AUTUMN = datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 10, 12, tzinfo=UTC)
#: When the daily digest is due on the day of the change: where the clocks jump over half past two, at half past three.
CHANGES = {SPRING: datetime(2026, 3, 29, 1, 30, tzinfo=UTC), AUTUMN: datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("backend", "start", "days"),
    [
        # Half of it has the change of the clocks, the outage, and an end of each rule. Each rule alone is in the plain
        # suite: see `test_routed.py` and `test_outbox.py`.
        pytest.param("sqlite", SPRING, 16, marks=pytest.mark.thorough),
        pytest.param("sqlite", SPRING, DAYS, marks=pytest.mark.crash),
        pytest.param("postgresql", AUTUMN, DAYS, marks=pytest.mark.crash),
        pytest.param("sqlite", AUTUMN, DAYS, marks=pytest.mark.crash),
        pytest.param("postgresql", SPRING, DAYS, marks=pytest.mark.crash),
    ],
    indirect=["backend"],
)
def test_over_a_month_everything_is_told_as_its_route_says(
    store: Store,
    own_list: str,
    entity: Callable[..., Entity],
    fill: Callable[..., Any],
    article: Callable[..., Any],
    pull: Callable[..., int],
    mention: Callable[..., Any],
    scan: Callable[..., Any],
    start: datetime,
    days: int,
) -> None:
    listed = {number: entity(number) for number in SHARES}
    fill(store, *listed.values())
    month, chance = Month(store, start + PAST), random.Random(12)
    month.quiet_until = start + days * timedelta(days=1) * 2 / 3
    month.outage = (start + timedelta(days=6), start + timedelta(days=8))
    silence = store.add_silence(Silence(f"own:{SILENT}", None, start, month.quiet_until, "known", "ann"))
    held_until = start + days * timedelta(days=1) / 2
    suppression = store.suppress(Suppression(f"own:{DISMISSED}", start, until=held_until, reason="another firm"))
    held, opened = 0, 0
    for hour in range(days * 24):
        month.now = start + hour * HOUR + PAST
        # Bursts, for the cap, and hours with nothing.
        for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 4)) if hour % 3 == 0 else 0):
            number = 1000 + opened + held
            (subject,) = chance.choices(list(SHARES), list(SHARES.values()))
            if timedelta(0) < CHANGES[start] - month.now < timedelta(days=1):
                subject = DAILY
            found = article(number, text=_words(number), id=stable_id(str(number)), fetched_at=month.now)
            pull(found, at=month.now)
            named = mention(found, listed[subject], quote=Quote("x", 0, 1), spans=())
            done = scan(found, named, channels=month.parts.told_on, frequent=Frequent(PER_DAY))
            alerts = store.record_scan(done, month.now)
            assert alerts is not None
            if subject == DISMISSED and month.now < held_until:
                assert alerts == ()
                held += 1
                continue
            opened += 1
            month.expect(subject, alerts[0].id)
        month.run()
    for hour in range(60):
        month.now = start + (days * 24 + hour) * HOUR + PAST
        month.run()

    assert_told(month, start)
    assert opened > 4 * days
    # What was held back is counted and listed, and told nobody.
    quiet, silent = store.silence(silence)
    assert len(month.silenced) > 1
    assert (quiet.held, sorted(each.alert_id for each in silent)) == (len(month.silenced), month.silenced)
    dismissed, back = store.suppression(suppression)
    assert held > 1
    assert (dismissed.held, len(back), {each.alert_id for each in back}) == (held, held, {0})


def assert_told(month: Month, start: datetime) -> None:
    """Each alert came once to each place it was for, when it was due, and to no other."""
    told = {**month.mail.got, **month.hook.got}
    arrived = {(place, id): at for place, some in told.items() for at, id in some}
    assert sum(map(len, told.values())) == len(arrived)
    assert arrived.keys() == month.due.keys()
    begin, end = month.outage
    for (place, id), due in month.due.items():
        # The program runs by the hour; mail comes once the outage is over, by the next try.
        ready = max(due.at, end) if place[0] == "email" and begin <= due.at + HOUR and due.at < end else due.at
        late = arrived[place, id] - ready
        assert timedelta(0) <= late <= 2 * HOUR if ready == end else timedelta(0) <= late < HOUR, (place, id, due, late)
    whys = Counter(due.why for due in month.due.values())
    assert whys.keys() == {"the digest", "the full hour", "at once", "the cap", "quiet hours", "in short"}
    assert CHANGES[start] in {due.at for due in month.due.values() if due.why == "the digest"}
    assert {each.status for each in month.store.deliveries()} == {DeliveryStatus.SENT}
    # Two days of outage come folded, not one by one.
    assert month.mail.messages < len([1 for place, _ in month.due if place[0] == "email"])


def _words(number: int) -> str:
    """Words that no other article has, so that each is a story."""
    made = random.Random(number)
    return " ".join("".join(made.choices("bdfgklmnprst", k=4)) + f"a{number}" for _ in range(12))
