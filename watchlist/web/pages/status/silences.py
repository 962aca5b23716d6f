"""Whose alerts are listed and not told for a while."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import UsageError
from watchlist.steps.asked.silencing import silence_of
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done, one_line, told
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import TheSite

router = APIRouter()


@router.get("/status/silences")
def silences(request: Request, site: TheSite, account: Reader, all: bool = False, of: str = "") -> HTMLResponse:
    """The silences, and how many alerts were not told for each."""
    found = site.parts.store.silences(None if all else site.parts.clock())
    return page(request, account, "status/silences.html", silences=found, all=all, of=of[:300], told=told(request))


@router.get("/status/silences/{number}")
def silence(request: Request, site: TheSite, account: Reader, number: int) -> HTMLResponse:
    """One of them, and the alerts that were not told for it."""
    found, held = site.parts.store.silence(number)
    is_over = found.ended_at is not None or found.until <= site.parts.clock()
    return page(
        request,
        account,
        "status/silence.html",
        silence=found,
        held=held,
        is_over=is_over,
        told=told(request),
    )


@router.post("/status/silences/add")
def add(site: TheSite, account: Judge, of: Text, until: Text, why: Text) -> RedirectResponse:
    """Have alerts of an entity or a list not told for a while."""
    store, now = site.parts.store, site.parts.clock()
    if (reason := one_line(why)) is None:
        raise UsageError("a silence needs a reason, for those who come after you")
    silence = replace(silence_of(store, of.strip(), until.strip(), now), reason=reason, by=account.name)
    number = store.add_silence(silence)
    return done(site, f"/status/silences/{number}", f"Alerts of {of.strip()} are listed, and not told")


@router.post("/status/silences/{number}/remove")
def remove(site: TheSite, account: Judge, number: int) -> RedirectResponse:
    """End a silence."""
    found = site.parts.store.remove_silence(number, site.parts.clock())
    title = f"Silence {number} of {found.subject} is over; {found.held} alerts were not told"
    return done(site, f"/status/silences/{number}", title)
