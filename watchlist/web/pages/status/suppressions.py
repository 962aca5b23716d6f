"""What opens no alerts, since somebody dismissed its like."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.alerts.held_in_words import ends, reach
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import done, told
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import TheSite

router = APIRouter()


@router.get("/status/suppressions")
def suppressions(request: Request, site: TheSite, account: Reader, all: bool = False) -> HTMLResponse:
    """What holds alerts back, and how many each has."""
    now = site.parts.clock()
    found = [(each, reach(each), ends(each, now)) for each in site.parts.store.suppressions(None if all else now)]
    return page(request, account, "status/suppressions.html", suppressions=found, all=all, told=told(request))


@router.get("/status/suppressions/{number}")
def suppression(request: Request, site: TheSite, account: Reader, number: int) -> HTMLResponse:
    """One of them, and what it has held back."""
    found, held = site.parts.store.suppression(number)
    return page(
        request,
        account,
        "status/suppression.html",
        suppression=found,
        subject=site.parts.store.entity(found.entity_id).caption,
        reach=reach(found),
        ends=ends(found, site.parts.clock()),
        held=held,
        told=told(request),
    )


@router.post("/status/suppressions/{number}/remove")
def remove(site: TheSite, account: Judge, number: int) -> RedirectResponse:
    """End a suppression."""
    found = site.parts.store.remove_suppression(number, account.name, site.parts.clock())
    after = f"'watchlist rescreen --entity {found.entity_id}' opens alerts on the {found.held} mentions it held back."
    lines = [after] if found.held else []
    return done(site, f"/status/suppressions/{number}", f"Suppression {number} of {found.entity_id} is over", *lines)
