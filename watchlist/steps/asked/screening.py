"""A text that somebody wants screened: which lists it is screened for, how it is read, and one that is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from watchlist.config import FetchConfig
from watchlist.errors import ExtractionError, FeedFetchError, UsageError
from watchlist.model import Article


def chosen_lists(wanted: list[str], known: Mapping[str, bool]) -> frozenset[str]:
    """The lists of these ids, of those that are known and whether they are on; raises UsageError for any other."""
    chosen = frozenset(filter(None, (each.strip() for each in wanted)))
    if not chosen:
        raise UsageError("--lists names no list: write ids with commas between them")
    for list_id in sorted(chosen):
        if list_id not in known:
            raise UsageError(f"no list {list_id!r}: there are {', '.join(known) or 'none'}")
        if not known[list_id]:
            raise UsageError(f"{list_id} is off: 'watchlist lists enable {list_id}' switches it on")
    return chosen


def read_as(article: Article) -> str:
    """Which language pack reads an article, in words."""
    from watchlist.matching.language.packs.detect import language_of
    from watchlist.matching.language.packs.load import pack

    code = language_of(article.title, article.text)
    return f"{article.title or 'text'}: read as {pack(code).name} ({code})."


def page_at(url: str, options: FetchConfig, now: datetime) -> Article:
    """The page at an address as an article: what a stranger names, kept to the public internet like pages of feeds.

    Raises UsageError for what is no address, FeedFetchError where it cannot be had, ExtractionError for no page.
    """
    # Here, because what fetches takes longer to import than a text to screen.
    from watchlist.feeds.fetch import client_for
    from watchlist.feeds.pages.installed import can_read_pages
    from watchlist.feeds.pages.one_page import ACCEPT
    from watchlist.feeds.pages.page import read_page, what_it_is
    from watchlist.feeds.reading.document import Source
    from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
    from watchlist.http.failures import HttpError
    from watchlist.http.get import Wanted, get
    from watchlist.http.limits import Limits
    from watchlist.steps.asked.feeds import typed_address

    url = typed_address(url)
    # Nobody's word is enough to connect to an address of our own network: whoever asks need not be the operator.
    wanted = Wanted(url, accept=ACCEPT, meant="")
    limits = Limits.starting_now(options.deadline, options.page_max_bytes)
    with client_for(options) as client, Sandbox(1) as sandbox:
        try:
            with get(client, wanted, limits, now=now) as answer:
                source = Source(answer.url, answer.header("content-type"), now)
                body = answer.packed()
            kind = (source.content_type or "").partition(";")[0].strip().lower()
            if kind != "text/plain" and can_read_pages():
                found = read_page(body, source, sandbox, _READING)
                return Article(id=source.url, title=found.title, text=found.text or found.all_text, url=source.url)
        except HttpError as error:
            raise FeedFetchError(url, error.reason, status=error.status, permanent=error.permanent) from error
        if kind == "text/plain":
            arguments = {"content_type": source.content_type, "most": options.page_max_bytes}
            text = sandbox.run("text", arguments, body, _READING)
            title = ""
        elif (other := what_it_is(b"<", source.content_type)) is not None:
            raise ExtractionError(url, other)
        else:
            pair = sandbox.run("page", {}, body, _READING)
            title, text = pair if not isinstance(pair, Failed) else ("", pair)
    if isinstance(text, Failed):
        raise ExtractionError(url, text.reason)
    return Article(id=source.url, title=title, text=text, url=source.url)


#: Seconds that reading a page may take once it is here.
_READING = 10.0
