"""A feed set, switched, checked, or taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from watchlist.errors import ConflictError, UsageError
from watchlist.health.states import feed_state
from watchlist.model import FullText
from watchlist.steps.asked.feeds import set_feed
from watchlist.steps.parts import RunReport
from watchlist.steps.poll import poll_feeds
from watchlist.web.kept import Job
from watchlist.web.pages.feeds.one import job_of
from watchlist.web.pages.words import Text, done, lead, one_line
from watchlist.web.security.current import Admin
from watchlist.web.site import TheSite

router = APIRouter()


class FeedForm(BaseModel):
    """What can be set of a feed."""

    title: str = Field(default="", max_length=1000)
    every: str = Field(default="", max_length=100)
    full_text: str = Field(default=FullText.AUTO.value, max_length=100)
    folder: str = Field(default="", max_length=1000)


@router.post("/feeds/{feed_id}/set")
def change(site: TheSite, account: Admin, feed_id: int, form: Annotated[FeedForm, Form()]) -> RedirectResponse:
    """Change title, interval, full text and folder; what was left as it is, is not set anew."""
    store = site.parts.store
    feed = store.feed(str(feed_id))
    wanted = {
        "title": one_line(form.title) if one_line(form.title) != feed.title else None,
        "every": one_line(form.every),
        "full_text": _full_text(form.full_text) if form.full_text != feed.full_text else None,
        "folder": (one_line(form.folder) or "") if one_line(form.folder) != feed.folder else None,
    }
    if not any(value is not None for value in wanted.values()):
        raise UsageError("nothing was changed in the form")
    set_feed(store, str(feed_id), wanted)
    return done(site, f"/feeds/{feed_id}", "The feed is changed")


@router.post("/feeds/{feed_id}/pause")
def pause(site: TheSite, account: Admin, feed_id: int) -> RedirectResponse:
    """Switch a feed off: it is not polled."""
    site.parts.store.switch_feed(str(feed_id), on=False)
    return done(site, f"/feeds/{feed_id}", "The feed is off", "It is not asked until it is on again.")


@router.post("/feeds/{feed_id}/resume")
def resume(site: TheSite, account: Admin, feed_id: int) -> RedirectResponse:
    """Switch a feed on."""
    site.parts.store.switch_feed(str(feed_id), on=True)
    return done(site, f"/feeds/{feed_id}", "The feed is on")


@router.post("/feeds/{feed_id}/check")
def check(site: TheSite, account: Admin, feed_id: int) -> RedirectResponse:
    """Poll a feed now."""
    parts = site.parts
    feed = parts.store.feed(str(feed_id))
    if not feed.enabled:
        raise ConflictError(f"feed {feed_id} is off: switch it on first")

    def task(say: Callable[[str], None]) -> None:
        report = RunReport()
        poll_feeds(parts, report, lambda each, _now: each.id == feed_id)
        after = parts.store.feed(str(feed_id))
        say(f"{feed_state(after)}; {report.counts['articles_new']:,} new of {after.article_count:,} articles")
        if after.next_reason:
            say(f"next: {after.next_reason}")

    title = f"Check of {feed.title or feed.url}"
    site.kept.work.start(Job(job_of(feed_id), title, account.name, parts.clock()), task, parts.clock)
    return lead(f"/feeds/{feed_id}")


@router.post("/feeds/{feed_id}/remove")
def remove(site: TheSite, account: Admin, feed_id: int, sure: Text = "") -> RedirectResponse:
    """Take a feed away; its articles and their alerts stay."""
    feed = site.parts.store.feed(str(feed_id))
    if sure.strip() != str(feed_id):
        raise UsageError(f"to take {feed.title or feed.url} away, write its number {feed_id} into the field beside it")
    site.parts.store.remove_feed(str(feed_id))
    return done(site, "/feeds", f"Removed feed {feed_id}, {feed.url}", "Its articles and their alerts stay.")


def _full_text(text: str) -> FullText:
    try:
        return FullText(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is none of {', '.join(FullText)}") from error
