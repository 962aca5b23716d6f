"""How everything stands: the verdict, each fault, who is at work."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import NotFoundError
from watchlist.health.overview import gather
from watchlist.health.screenful import lines
from watchlist.health.states import doing
from watchlist.model import DeliveryStatus, WorkerRole
from watchlist.steps.asked.times import parse_since
from watchlist.steps.health.standing import numbered_faults, present_faults
from watchlist.steps.health.verdict import health_of, in_words
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done, one_line, told
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: Faults of the past that are shown.
_PAST = 500


@router.get("/status")
def status(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """What ``watchlist status`` says, and what can be done about it."""
    parts, now = site.parts, site.parts.clock()
    faults, state = present_faults(parts, now), gather(parts, now)
    return page(
        request,
        account,
        "status/overview.html",
        health=health_of(faults).name.lower(),
        verdict=in_words(faults),
        facts=lines(state),
        faults=faults,
        workers=[(each, set(each.roles) == set(WorkerRole), doing(each)) for each in parts.store.workers()],
        failed=state.deliveries.get(DeliveryStatus.FAILED, 0),
        waiting=sum(state.deliveries.get(each, 0) for each in (DeliveryStatus.PENDING, DeliveryStatus.SENDING)),
        running=[each for each in site.kept.work.jobs() if each.is_running],
        told=told(request),
    )


@router.get("/status/faults")
def past(
    request: Request, site: TheSite, account: Reader, past: Annotated[str, Query(max_length=40)] = "30d"
) -> HTMLResponse:
    """Faults that are over."""
    since = parse_since(one_line(past) or "30d", site.parts.clock())
    found = site.parts.store.past_faults(since or site.parts.clock(), _PAST)
    return page(request, account, "status/faults.html", faults=found, past=past, told=told(request))


@router.post("/status/faults/ack")
def acknowledge(site: TheSite, account: Judge, subject: Text, why: Text = "") -> RedirectResponse:
    """Say that somebody knows of a fault, and sees to it."""
    number = _number(site, subject)
    site.parts.store.acknowledge_faults((number,), account.name, one_line(why), site.parts.clock())
    return done(site, "/status", f"Fault {number} is acknowledged", "It weighs less until it is over.")


@router.post("/status/faults/unack")
def take_back(site: TheSite, account: Judge, subject: Text) -> RedirectResponse:
    """Take an acknowledgement back."""
    number = _number(site, subject)
    site.parts.store.take_back_acknowledgement((number,))
    return done(site, "/status", f"The acknowledgement of fault {number} is taken back")


def _number(site: Site, subject: str) -> int:
    """The number of the fault of a subject, which gets one where it was found just now; raises NotFoundError."""
    found = numbered_faults(site.parts, site.parts.clock())
    number = next((each.number for each in found if each.fault.subject == subject and each.number), None)
    if number is None:
        raise NotFoundError("fault of", subject, "it is over")
    return number
