"""What is known of the sites that pages are on: their robots.txt, and whether they asked for patience."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import httpx

from watchlist.config import FetchConfig
from watchlist.feeds.pages.robots import Verdict, ask_site, may_fetch, origin_of, product_token
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.failures import Failure, HttpError
from watchlist.model import PageForFetch, PageHost
from watchlist.news.full_text import hold


class Sites:
    """Says what may be fetched, and keeps what is learnt on the way. Safe in threads."""

    def __init__(self, hosts: Iterable[PageHost], options: FetchConfig, client: httpx.Client, sandbox: Sandbox) -> None:
        self._options = options
        self._client = client
        self._sandbox = sandbox
        self._agent = product_token(options.user_agent)
        self._hosts = {host.origin: host for host in hosts}
        self._lock = threading.Lock()
        self._learnt: queue.SimpleQueue[PageHost] = queue.SimpleQueue()

    def may_fetch(self, url: str, page: PageForFetch, now: datetime) -> Verdict:
        """Whether an address may be fetched on account of a page; its site's robots.txt is fetched where that is due.

        Raises HttpError for what is no address.
        """
        origin = origin_of(url)
        if origin is None:
            raise HttpError(Failure.ADDRESS, "not an address that can be fetched", permanent=True)
        with self._lock:
            host = self._hosts.get(origin)
        # One checked in the future was checked under a wrong clock.
        if host is None or not host.checked_at <= now < host.expires_at:
            fresh = ask_site(origin, now, self._options, self._client, self._sandbox, meant=page.feed_url)
            host = replace(fresh, hold_until=host.hold_until if host else None)
            with self._lock:
                self._hosts[origin] = host
            self._learnt.put(host)
        return may_fetch(url, host, self._agent, self._sandbox)

    def keep_away(self, origin: str, seconds: float, now: datetime) -> None:
        """Remember that a site asked for patience."""
        with self._lock:
            known = self._hosts.get(origin)
            if known is not None:
                self._hosts[origin] = known = replace(known, hold_until=now + hold(seconds))
                self._learnt.put(known)

    def held(self, origin: str, now: datetime) -> bool:
        """Whether a site is to be left alone still."""
        known = self._hosts.get(origin)
        # A hold from a clock that was ahead would last for ever.
        longest = now + hold(float("inf"))
        return known is not None and known.hold_until is not None and now < known.hold_until <= longest

    def learnt(self) -> Iterator[PageHost]:
        """Sites of which something new was learnt since the last time, to be stored."""
        while True:
            try:
                yield self._learnt.get_nowait()
            except queue.Empty:
                return


def site_of(page: PageForFetch) -> str:
    """The site that a page is on; an address that cannot be read is a site of its own."""
    return origin_of(page.url) or page.url


def share_out(pages: Iterable[PageForFetch], limit: int) -> list[PageForFetch]:
    """At most so many of the pages, one of each site in turn, in their order: one busy site is not to take them all."""
    by_site: dict[str, deque[PageForFetch]] = {}
    for page in pages:
        by_site.setdefault(site_of(page), deque()).append(page)
    chosen: list[PageForFetch] = []
    while by_site and len(chosen) < limit:
        for site in list(by_site)[: limit - len(chosen)]:
            chosen.append(by_site[site].popleft())
            if not by_site[site]:
                del by_site[site]
    return chosen
