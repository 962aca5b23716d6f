"""What goes along with the runs of a program: they are added up, and told to the ping server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from watchlist.config.secrets import secrets_of
from watchlist.errors import StorageError
from watchlist.health.pings import Paced, Ping, Pinger
from watchlist.health.totals import Totals
from watchlist.log import forget_lines, hidden, tail
from watchlist.steps.health.standing import present_faults
from watchlist.steps.health.verdict import Health, health_of, in_words
from watchlist.steps.parts import Parts, RunReport
from watchlist.text.masked import masked, without_logins


@dataclass(slots=True)
class Beside:
    """Told when a run begins and how it ends; never raises, and never holds a run up."""

    parts: Parts
    totals: Totals = field(default_factory=Totals)
    _pinger: Pinger = field(init=False)
    _paced: Paced = field(init=False)
    _began_at: float = 0.0

    def __post_init__(self) -> None:
        self._pinger = Pinger(self.parts.config.health)
        self._paced = Paced(self._pinger.every)

    def take(self, parts: Parts) -> None:
        """Go on with another configuration."""
        if parts.config.health != self.parts.config.health:
            self._pinger.close()
            self._pinger = Pinger(parts.config.health)
            self._paced = Paced(self._pinger.every)
        self.parts = parts

    def began(self) -> None:
        """A run begins."""
        self._began_at = time.monotonic()
        forget_lines()
        if self._pings and self._paced.is_due():
            self._pinger.tell(Ping.START)

    def ended(self, report: RunReport) -> None:
        """A run came to its end."""
        self.totals.add("with_errors" if report.errors else "done", report.counts, self._took)
        if not self._pings:
            return
        try:
            faults = present_faults(self.parts, self.parts.clock())
        except StorageError as error:
            self._tell(Ping.FAIL, [str(error), *report.errors])
            return
        ping = Ping.FAIL if health_of(faults) is Health.FAILING else Ping.SUCCESS
        counts = ", ".join(f"{n} {key.replace('_', ' ')}" for key, n in sorted(report.counts.items()) if n)
        self._tell(ping, [in_words(faults), counts or "nothing was due", *report.errors])

    def broke(self, error: BaseException) -> None:
        """A run was broken off."""
        self.totals.add("broken_off", {}, self._took)
        self._tell(Ping.FAIL, [f"the run was broken off: {error or type(error).__name__}"])

    def close(self) -> None:
        """Have the last pings sent, for as long as one may take."""
        self._pinger.close()

    @property
    def _pings(self) -> bool:
        return self.parts.config.health.ping_url is not None

    @property
    def _took(self) -> float:
        return time.monotonic() - self._began_at

    def _tell(self, ping: Ping, lines: list[str]) -> None:
        if self._paced.wants(ping):
            text = "\n".join([*lines, *tail()]) + "\n"
            self._pinger.tell(ping, masked(without_logins(text), hidden() | secrets_of(self.parts.config)))


@contextmanager
def beside(parts: Parts) -> Iterator[Beside]:
    """What goes along with runs, as long as the block lasts."""
    made = Beside(parts)
    try:
        yield made
    finally:
        made.close()
