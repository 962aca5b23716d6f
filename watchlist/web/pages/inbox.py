"""The inbox: open alerts, by severity and time."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watchlist.model import AlertFilter, AlertStatus
from watchlist.web.pages.rendering import page
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = APIRouter()


@router.get("/")
def inbox(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """The open alerts."""
    found = site.parts.store.find_alerts(AlertFilter(statuses=(AlertStatus.OPEN,), limit=50))
    return page(request, account, "inbox.html", alerts=found)
