"""Texts in, mentions out; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Request, Response
from starlette.concurrency import run_in_threadpool

from watchlist.errors import UsageError
from watchlist.model import Article
from watchlist.web.api.answers import NDJSON, told_lines, told_list
from watchlist.web.api.routing import problems, room
from watchlist.web.api.shapes.alerts import MentionShape
from watchlist.web.api.shapes.asked import GivenText, ScreenAsked
from watchlist.web.screening.text import AskedText
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = room("screening")

#: Characters of a text, and of all texts of a batch together.
_LONGEST, _LONGEST_BATCH = 1_000_000, 4_000_000


@router.post(
    "/screen",
    response_model=list[MentionShape],
    responses=problems(400, 413)
    | {200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "Mentions, best first."}},
)
async def screen(
    request: Request,
    site: TheSite,
    account: Reader,
    asked: ScreenAsked,
    jsonl: Annotated[bool, Query(description="A mention a line, as `watchlist screen --jsonl`.")] = False,
) -> Response:
    """Find listed names in a text of up to a million characters, or in a batch of texts.

    Each item is a subject in a text, as `watchlist screen --jsonl` prints it; ``article`` is the text's ``id``, or its
    number in the batch. Nothing is stored; the very text that was asked for before is answered from memory, with the
    lists as they are.
    """
    articles = _articles(asked)
    found = await run_in_threadpool(_found, site, articles, asked.lists)
    as_lines = jsonl or NDJSON in request.headers.get("accept", "")
    return told_lines(found) if as_lines else told_list(found)


def _articles(asked: ScreenAsked) -> list[Article]:
    if asked.texts is not None and (asked.text or asked.title):
        raise UsageError("give a text or a batch as 'texts', not both")
    given: Sequence[GivenText] = [asked] if asked.texts is None else asked.texts
    articles = [
        Article(str(each.id if each.id is not None else number), each.title, each.text)
        for number, each in enumerate(given, 1)
    ]
    sizes = [len(each.title) + len(each.text) for each in articles]
    if any(size > _LONGEST for size in sizes):
        raise UsageError(f"a text may have {_LONGEST:,} characters: cut it into several")
    if sum(sizes) > _LONGEST_BATCH:
        raise UsageError(f"a batch may have {_LONGEST_BATCH:,} characters: make several of it")
    return articles


def _found(site: Site, articles: Sequence[Article], lists: Sequence[str] | None) -> list[str]:
    chosen = None if lists is None else _known(site, lists)
    found = site.screening.screen_all([AskedText(each, chosen) for each in articles])
    return [mention for each in found for mention in each.json]


def _known(site: Site, lists: Sequence[str]) -> frozenset[str]:
    known = {each.id: each.enabled for each in site.parts.store.watched_lists()}
    for list_id in lists:
        if not known.get(list_id):
            raise UsageError(
                f"no list {list_id!r} is screened for: there are {', '.join(k for k in known if known[k])}"
            )
    return frozenset(lists)
