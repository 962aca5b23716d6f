"""What the robots.txt of a site allows (RFC 9309): for the pages of articles, since feeds are made for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx

from watchlist.config import FetchConfig
from watchlist.feeds.fetch import GOOD
from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
from watchlist.http.failures import HttpError
from watchlist.http.get import Wanted, get
from watchlist.http.limits import Limits
from watchlist.model import Access, PageHost

FORBIDDEN = "the site's robots.txt does not allow it"

#: RFC 9309, 2.4: not kept for more than a day.
_KEPT = timedelta(hours=12)
#: One that could not be had is asked for again after this.
_CLOSED_FOR = timedelta(hours=1)
#: RFC 9309, 2.5: at least so much is read; the rest is not.
MOST_READ = 500 * 1024
#: Seconds within which it must be here: a site that is away must not hold up the run for long.
_FETCH_DEADLINE = 10.0
#: Seconds that reading one may take.
READ_DEADLINE = 5.0
#: The longest Crawl-delay that is kept: what asks for more would have a feed's pages come next week.
LONGEST_DELAY = 30.0

#: No host name that exists is longer.
_LONGEST_ORIGIN = 255

_ACCEPT = "text/plain, */*;q=0.5"
_PRODUCT = re.compile(r"(?<![\w./-])([A-Za-z][A-Za-z_-]*)(?:/[\w.]+)?")
_NO_NAMES = frozenset(
    {"mozilla", "compatible", "applewebkit", "khtml", "like", "gecko", "chrome", "safari", "windows", "linux", "x"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be fetched."""

    #: Why not; None if it may.
    refusal: str | None = None
    #: Whether the refusal is one for now only.
    passing: bool = False
    #: Seconds to leave between two requests.
    delay: float = 0.0


def origin_of(url: str) -> str | None:
    """Scheme, host and port of a web address, as robots.txt is found by them; None for what is no such address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return origin if len(origin) <= _LONGEST_ORIGIN else None


def product_token(user_agent: str) -> str:
    """The name by which robots.txt speaks of us: ``watchlist`` in ``Mozilla/5.0 (compatible; watchlist/0.1)``."""
    names = (found[1] for found in _PRODUCT.finditer(user_agent))
    return next((name for name in names if name.lower() not in _NO_NAMES), "watchlist")


def ask_site(
    origin: str, now: datetime, options: FetchConfig, client: httpx.Client, sandbox: Sandbox, *, meant: str = ""
) -> PageHost:
    """Fetch a site's robots.txt, on account of a feed whose address is ``meant``.

    Never raises: without one everything is allowed, and nothing if it is out of reach.
    """
    closed = PageHost(origin=origin, access=Access.CLOSED, rules="", checked_at=now, expires_at=now + _CLOSED_FOR)
    wanted = Wanted(f"{origin}/robots.txt", accept=_ACCEPT, meant=meant, good=GOOD)
    limits = Limits.starting_now(min(options.deadline, _FETCH_DEADLINE), options.max_bytes)
    try:
        with get(client, wanted, limits, now=now) as answer:
            body = answer.packed()
    except HttpError as error:
        if error.status is not None and 300 <= error.status < 500 and error.status != httpx.codes.TOO_MANY_REQUESTS:
            # "Unavailable", and redirects that lead nowhere (RFC 9309, 2.3.1).
            return replace(closed, access=Access.OPEN, expires_at=now + _KEPT)
        return replace(closed, reason=error.reason)
    rules = sandbox.run("text", {"content_type": "text/plain; charset=utf-8", "most": MOST_READ}, body, READ_DEADLINE)
    if isinstance(rules, Failed):
        return replace(closed, reason=rules.reason)
    return replace(closed, access=Access.RULES, rules=rules.replace("\0", ""), expires_at=now + _KEPT)


def may_fetch(url: str, host: PageHost, agent: str, sandbox: Sandbox) -> Verdict:
    """Whether a page of this site may be fetched, by its robots.txt.

    The rules are read in the sandbox: what a stranger writes there is matched as patterns, which can take for ever.
    """
    if host.access is Access.OPEN:
        return Verdict()
    if host.access is Access.CLOSED:
        return Verdict(f"the site's robots.txt cannot be had ({host.reason}), so nothing is fetched", passing=True)
    outcome = sandbox.run("robots", {"url": url, "agent": agent}, host.rules.encode(), READ_DEADLINE)
    if isinstance(outcome, Failed):
        return Verdict(f"the site's robots.txt {outcome.reason}", passing=True)
    delay = min(max(outcome["delay"] or 0.0, 0.0), LONGEST_DELAY)
    return Verdict(delay=delay) if outcome["allowed"] else Verdict(FORBIDDEN, delay=delay)
