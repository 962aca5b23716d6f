"""One feed: how it stands, its last polls, and why it is asked next when it is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watchlist.feeds.schedule import duration_words
from watchlist.health.states import feed_state
from watchlist.model import Declared, FullText
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import told
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = APIRouter()

#: Polls that are shown.
_POLLS = 20


def job_of(feed_id: int) -> str:
    """The key of a feed's check."""
    return f"feed {feed_id}"


@router.get("/feeds/{feed_id}")
def one(request: Request, site: TheSite, account: Reader, feed_id: int) -> HTMLResponse:
    """A feed's card."""
    store, now = site.parts.store, site.parts.clock()
    feed = store.feed(str(feed_id))
    return page(
        request,
        account,
        "feeds/one.html",
        feed=feed,
        state=feed_state(feed),
        every=duration_words(feed.every) if feed.every is not None else "",
        gap=duration_words(feed.habit.gap) if feed.habit.gap is not None else "",
        silent=feed.enabled and feed.habit.silent_for(now) is not None,
        polls=store.feed_polls(feed.id)[:_POLLS],
        faults=[each for each in store.open_faults() if each.fault.subject == f"feed {feed.id}"],
        full_texts=tuple(FullText),
        is_ours=feed.declared is Declared.USER,
        is_polled=feed.url.startswith(("http://", "https://")),
        work=site.kept.work.job(job_of(feed.id)),
        told=told(request),
    )
