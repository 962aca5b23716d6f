"""Who is on which list: a search over all names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from watchlist.steps.asked.search import search_entities
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import told
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = APIRouter()

#: The most that are shown, and the longest text that is looked for.
_MOST, _LONGEST = 50, 500


@router.get("/subjects")
def search(
    request: Request, site: TheSite, account: Reader, q: Annotated[str, Query(max_length=_LONGEST)] = ""
) -> HTMLResponse:
    """Entities by words of their names; where no name has them all, those that look alike."""
    found = search_entities(site.parts.store, q, _MOST) if q.strip() else ()
    titles = {each.id: each.title for each in site.parts.store.watched_lists()}
    return page(
        request,
        account,
        "subjects/search.html",
        q=q,
        found=found,
        titles=titles,
        most=_MOST,
        told=told(request),
    )
