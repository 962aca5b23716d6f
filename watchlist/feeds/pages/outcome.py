"""What became of a page: of one that came back, of one that may not be fetched, of a request that failed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.feeds.pages.barriers import LOG_IN, PAYWALL, in_the_way
from watchlist.feeds.pages.page import Page
from watchlist.feeds.pages.robots import Verdict
from watchlist.feeds.pages.whole import READ_ALL_THE_SAME
from watchlist.http.failures import HttpError
from watchlist.http.inflate import TooLargeError
from watchlist.model import PageForFetch, PageIntent, PageStatus
from watchlist.news.full_text import has_more, is_same_article, next_try

NO_TEXT = "no article's text was found on the page"
OTHER = "the page is not that of the article: it has hardly a word of its title and summary"

#: A server that asks for patience without saying how long is left alone for this many seconds.
_USUAL_HOLD = 1800.0


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page, and how its site is to be treated afterwards."""

    intent: PageIntent
    #: Seconds to leave the site alone.
    pause: float = 0.0
    #: The site asked for patience of so many seconds.
    hold: float | None = None
    #: The site gave no answer.
    silent: bool = False


def judge(page: PageForFetch, found: Page, now: datetime, *, reads_paywalled: bool = True) -> PageIntent:
    """What a page that came back is to its article.

    ``reads_paywalled`` says whether the text of one that is declared as closed is used where it is plainly whole.
    """
    open_all_the_same = found.free is False and found.whole and reads_paywalled
    free = None if open_all_the_same else found.free
    barrier = in_the_way(found.title, found.text or found.all_text, free=free, password=found.password)
    if barrier is not None:
        return given_up(page, now, barrier)
    if not found.text:
        return given_up(page, now, NO_TEXT)
    if not is_same_article(page.title, page.summary, f"{found.title}\n{found.text}"):
        return given_up(page, now, OTHER)
    # The title is a field of its own: in the text it would be found a second time. A headline that says it otherwise
    # than the feed is a part of the text.
    text = found.text if found.headline in ("", page.title) else f"{found.headline}\n{found.text}"
    if not has_more(page.title, page.summary, text):
        return PageIntent(page, now, PageStatus.PLAIN)
    return PageIntent(
        page,
        now,
        PageStatus.READ,
        text=text,
        lang=found.lang,
        published_at=found.published_at,
        reason=READ_ALL_THE_SAME if open_all_the_same else None,
    )


def given_up(page: PageForFetch, now: datetime, reason: str) -> PageIntent:
    """A page that is not tried again."""
    return PageIntent(page, now, PageStatus.FAILED, reason=reason)


def refused(page: PageForFetch, now: datetime, verdict: Verdict) -> PageIntent:
    """A page that robots.txt does not allow to be fetched."""
    reason = verdict.refusal or ""
    return _tried_again(page, now, reason, None) if verdict.passing else given_up(page, now, reason)


def failed(page: PageForFetch, now: datetime, error: HttpError) -> PageOutcome:
    """A page that did not come."""
    if error.status == 402:
        return PageOutcome(given_up(page, now, PAYWALL))
    if error.status == 401:
        return PageOutcome(given_up(page, now, LOG_IN))
    if error.permanent or isinstance(error.__cause__, TooLargeError):
        return PageOutcome(given_up(page, now, error.reason))
    wants_patience = error.status in (429, 503)
    return PageOutcome(
        _tried_again(page, now, error.reason, error.retry_after),
        hold=(error.retry_after or _USUAL_HOLD) if wants_patience else None,
        silent=error.status is None,
    )


def _tried_again(page: PageForFetch, now: datetime, reason: str, retry_after: float | None) -> PageIntent:
    again = next_try(now, page.tries + 1, retry_after)
    status = PageStatus.FAILED if again is None else PageStatus.WAITING
    return PageIntent(page, now, status, reason=reason, next_at=again)
