"""All feeds; one found at a site, or added by its address."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import ConflictError
from watchlist.health.states import FOUND_IN, feed_state
from watchlist.steps.asked.feeds import add_feed, look_at
from watchlist.steps.parts import RunReport
from watchlist.steps.poll import poll_feeds
from watchlist.web.kept import Job
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done, lead, one_line, told
from watchlist.web.security.current import Admin, Reader
from watchlist.web.site import TheSite

router = APIRouter()

ALL = "feeds all"


@router.get("/feeds")
def overview(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """Every feed with how its last poll went."""
    now = site.parts.clock()
    return page(
        request,
        account,
        "feeds/overview.html",
        feeds=[
            (each, feed_state(each), each.enabled and each.habit.silent_for(now) is not None)
            for each in site.parts.store.watched_feeds()
        ],
        work=site.kept.work.job(ALL),
        told=told(request),
    )


@router.post("/feeds/add")
def add(site: TheSite, account: Admin, url: Text, title: Text = "") -> RedirectResponse:
    """Add a feed by its address or its site's, which is asked once."""
    found = add_feed(site.parts, site.parts.store, url, one_line(title))
    lines = []
    if found.unread is not None:
        lines.append(f"It could not be looked at, and is asked again when it is due: {found.unread}")
    elif found.feed.url != found.asked:
        lines.append(f"{found.asked} is a page; its feed is {found.feed.url}")
    if found.articles:
        articles = "1 article" if found.articles == 1 else f"{found.articles:,} articles"
        lines.append(f"It brought {articles}; the next run screens what is new.")
    return done(site, f"/feeds/{found.feed.id}", "The feed is added", *lines)


@router.post("/feeds/discover")
def discover(request: Request, site: TheSite, account: Admin, url: Text) -> HTMLResponse:
    """Which feeds a site has; asks for the page and the site's robots.txt, once each."""
    found = look_at(url, site.parts.config, site.parts.clock(), thorough=True)
    there = {each.url for each in site.parts.store.feeds_as_set()}
    return page(
        request,
        account,
        "feeds/discovered.html",
        url=url.strip(),
        found=found,
        sources=FOUND_IN,
        there=there,
    )


@router.post("/feeds/check")
def check_all(site: TheSite, account: Admin) -> RedirectResponse:
    """Poll every feed that is on, now."""
    parts = site.parts
    if not any(each.enabled for each in parts.store.feeds_as_set()):
        raise ConflictError("no feed is on: there is nothing to ask")

    def task(say: Callable[[str], None]) -> None:
        report = RunReport()
        poll_feeds(parts, report, lambda _feed, _now: True)
        new = report.counts["articles_new"]
        say(f"{new:,} new articles")
        if report.errors:
            say(f"{len(report.errors):,} feeds could not be read")
        for line in report.errors[:20]:
            say(line)

    site.kept.work.start(Job(ALL, "Check of all feeds", account.name, parts.clock()), task, parts.clock)
    return lead("/feeds")
