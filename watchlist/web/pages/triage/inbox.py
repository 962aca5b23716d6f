"""The inbox: what is to be judged, the gravest first, and what was kept for review."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watchlist.alerts.triage import standing
from watchlist.model import AlertDetail, AlertOrder, AlertStatus, Schema, Severity
from watchlist.steps.asked.named import shown_id
from watchlist.web.pages.rendering import page
from watchlist.web.pages.triage.asked import ALL, AskedAlerts, asked_of
from watchlist.web.pages.triage.done import done_by
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: Alerts to a page.
_PAGE: Final = 50
#: Alerts are counted up to here; those that are searched for by words, each of which is looked at, up to there.
_COUNTED: Final = 10_000
_COUNTED_BY_WORDS: Final = 1_000


@router.get("/")
def inbox(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """The alerts, or what was kept for review, that the parameters ask for."""
    asked = asked_of(request, site)
    store = site.parts.store
    limit = min(asked.wanted.limit or _PAGE, _PAGE)
    counted = _COUNTED if asked.wanted.text is None else _COUNTED_BY_WORDS
    found, after, total = _page_of(site, asked, limit, counted)
    status = AlertStatus.OPEN if asked.status == ALL or asked.of_review else AlertStatus(asked.status)
    return page(
        request,
        account,
        "triage/inbox.html",
        status=400 if asked.error else 200,
        asked=asked,
        alerts=found,
        after=after,
        counts=store.alert_counts(),
        total=total,
        counted=counted,
        severities=store.severity_counts(status),
        of_lists=store.list_counts(status),
        titles=store.list_titles(),
        newest=store.newest_alert(),
        done=done_by(request, site, account),
        tabs=(*AlertStatus, ALL),
        gravity=tuple(Severity),
        schemas=tuple(Schema),
        orders=tuple(AlertOrder),
        standing=standing,
        shown_id=shown_id,
    )


@router.get("/inbox/new")
def new(request: Request, site: TheSite, account: Reader) -> dict[str, int]:
    """How many alerts are open, and how many that are asked for have come beyond a number."""
    asked = asked_of(request, site)
    beyond = request.query_params.get("beyond", "")
    known = int(beyond) if beyond.isascii() and beyond.isdigit() else 0
    store = site.parts.store
    come = 0 if asked.of_review or asked.error else store.count_alerts(asked.wanted, _COUNTED, known)
    return {"open": store.alert_counts().get(AlertStatus.OPEN, 0), "new": come}


def _page_of(
    site: Site, asked: AskedAlerts, limit: int, counted: int
) -> tuple[tuple[AlertDetail, ...], str | None, int | None]:
    """A page of what is asked for, after which the next one begins, and how many there are, up to a bound."""
    wanted = replace(asked.wanted, limit=limit + 1)
    store = site.parts.store
    total: int | None = None
    if asked.of_review:
        found = store.find_kept(wanted)
    else:
        found, total = store.page_of_alerts(wanted, counted)
    more = len(found) > limit
    return found[:limit], shown_id(found[limit - 1]) if more else None, total
