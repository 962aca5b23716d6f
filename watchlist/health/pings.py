"""Pings in the manner of healthchecks.io: that a run begins, that it went well, that it failed, with what it said.

They go out in a thread of their own, one after the other. A server that is slow, refuses or is away is logged once and
holds nobody up.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from watchlist.config import HealthConfig
from watchlist.log import Log

_log = Log(__name__)

#: The most of what a run said that is sent, in bytes.
MOST_BYTES = 10_000
#: Pings that wait at most; of more, the oldest are worth least.
_MOST_WAITING = 4


class Ping(StrEnum):
    """What is told; its value is what follows the address."""

    START = "/start"
    SUCCESS = ""
    FAIL = "/fail"


class Pinger:
    """Sends pings to one address; use it in one thread, and close it."""

    def __init__(self, config: HealthConfig) -> None:
        self._config = config
        self._waiting: deque[tuple[Ping, bytes]] = deque(maxlen=_MOST_WAITING)
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._failed: str | None = None

    @property
    def every(self) -> float:
        """Seconds between two pings for which nothing has changed."""
        return self._config.ping_every

    def tell(self, ping: Ping, text: str = "") -> None:
        """Have a ping sent; returns at once. Without an address nothing is done."""
        if self._config.ping_url is None:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="pings", daemon=True)
            self._thread.start()
        with self._changed:
            self._waiting.append((ping, ending(text).encode()))
            self._changed.notify()

    def close(self) -> None:
        """Have what waits sent, for as long as one ping may take, and end."""
        if self._thread is None:
            return
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(self._config.ping_timeout)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if not self._waiting:
                    return
                ping, body = self._waiting.popleft()
            self._send(ping, body)

    def _send(self, ping: Ping, body: bytes) -> None:
        try:
            reason = _posted(self._config, ping, body)
        except Exception as error:
            # Whatever it is, no run is held up by it. Its text may hold the address.
            reason = type(error).__name__
        if reason != self._failed:
            if reason is not None:
                _log.warning("the ping server could not be told", reason=reason)
            else:
                _log.warning("the ping server is told again")
        self._failed = reason


def address_of(url: str, ping: Ping) -> str:
    """Where a ping goes: a query stays at the end."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + ping))


def ending(text: str) -> str:
    """The end of a text, from the beginning of a line on, within `MOST_BYTES`."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= MOST_BYTES:
        return encoded.decode()
    rest = encoded[-MOST_BYTES:]
    cut = rest.partition(b"\n")[2] or rest
    return cut.decode("utf-8", "ignore")


def _posted(config: HealthConfig, ping: Ping, body: bytes) -> str | None:
    """Post it; returns why that failed, without the address, or None."""
    from watchlist.http.addresses import Guard, is_literal
    from watchlist.http.client import make_client
    from watchlist.http.exchange import exchange, new_request
    from watchlist.http.failures import Failure, HttpError
    from watchlist.http.limits import Limits

    if config.ping_url is None:
        return None
    url = address_of(config.ping_url.get_secret_value(), ping)
    limits = Limits.starting_now(config.ping_timeout)
    headers = [(b"Content-Type", b"text/plain; charset=utf-8")]
    # What was written out as an address was meant so.
    trusted = is_literal(urlsplit(url).hostname or "")
    try:
        with make_client("watchlist", deadline=config.ping_timeout, guard=Guard.allowing(config.allow)) as client:
            request = new_request(client, "POST", url, limits, headers=headers, content=body)
            with exchange(client, request, limits, trusted=trusted) as answer:
                return None if 200 <= answer.status < 300 else answer.failure(None).reason
    except HttpError as error:
        if error.kind is Failure.ADDRESS:
            return "its address cannot be used"
        return error.reason.replace("not fetched", "not told").replace("under 'fetch'", "under 'health'")


class Paced:
    """When a daemon pings: each minute or so, and at once when what is to be told has changed."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._told: Ping | None = None
        self._at = float("-inf")

    def is_due(self) -> bool:
        """Whether it is time to tell something whatever it is."""
        return time.monotonic() - self._at >= self._every

    def wants(self, ping: Ping) -> bool:
        """Whether this is to be told; then it counts as told."""
        if ping is self._told and not self.is_due():
            return False
        self._told, self._at = ping, time.monotonic()
        return True
