"""Messages on their way: which wait and failed, and why; sent again, or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.delivery.waiting import error_of, next_try
from watchlist.model import DeliveryStatus
from watchlist.steps.deliver import deliver
from watchlist.steps.parts import RunReport
from watchlist.web.kept import Job
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import done, lead, numbers, told
from watchlist.web.security.current import Admin, Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

_SHOWN = 100
SENDING = "deliveries"
#: What is shown, by the word in the address.
_KINDS = {
    "all": tuple(DeliveryStatus),
    "failed": (DeliveryStatus.FAILED,),
    "waiting": (DeliveryStatus.PENDING, DeliveryStatus.SENDING),
}
Numbers = Annotated[list[int], Form()]


@router.get("/status/deliveries")
def deliveries(request: Request, site: TheSite, account: Reader, show: str = "all") -> HTMLResponse:
    """The deliveries, the newest first."""
    store = site.parts.store
    outages = store.outages()
    found = store.deliveries(_SHOWN, _KINDS.get(show, _KINDS["all"]))
    return page(
        request,
        account,
        "status/deliveries.html",
        deliveries=[(each, next_try(each, outages), error_of(each, outages)) for each in found],
        show=show if show in _KINDS else "all",
        counts=store.delivery_counts(),
        work=site.kept.work.job(SENDING),
        told=told(request),
    )


@router.get("/status/deliveries/{number}")
def delivery(request: Request, site: TheSite, account: Reader, number: int) -> HTMLResponse:
    """One delivery: to whom, what it is about, what became of it."""
    store = site.parts.store
    found, outages = store.delivery(number), store.outages()
    return page(
        request,
        account,
        "status/delivery.html",
        delivery=found,
        next_at=next_try(found, outages),
        error=error_of(found, outages),
        alerts=store.alert_details(found.alert_ids),
        notices=store.notices(found.notice_ids),
        work=site.kept.work.job(SENDING),
        told=told(request),
    )


@router.post("/status/deliveries/retry")
def retry(site: TheSite, account: Admin, n: Numbers = []) -> RedirectResponse:  # noqa: B006 - FastAPI copies it
    """Send deliveries now that failed, wait or were dropped."""
    wanted = tuple(numbers(n))
    for number in wanted:
        site.parts.store.delivery(number)
    found = site.parts.store.retry_deliveries(wanted, site.parts.clock())
    return _send(site, account.name, len(found), len(set(wanted)))


@router.post("/status/deliveries/retry-failed")
def retry_failed(site: TheSite, account: Admin) -> RedirectResponse:
    """Send all that are parked."""
    found = site.parts.store.retry_deliveries(None, site.parts.clock())
    return _send(site, account.name, len(found), len(found))


@router.post("/status/deliveries/drop")
def drop(site: TheSite, account: Admin, n: Numbers = []) -> RedirectResponse:  # noqa: B006 - FastAPI copies it
    """Give deliveries up that need not be sent."""
    wanted = numbers(n)
    for number in wanted:
        site.parts.store.delivery(number)
    found = site.parts.store.drop_deliveries(wanted)
    left = len(set(wanted)) - len(found)
    lines = ["The others are sent already, or being sent."] if left else []
    return done(site, "/status/deliveries", f"{len(found)} dropped", *lines, is_bad=bool(left))


def _send(site: Site, by: str, count: int, wanted: int) -> RedirectResponse:
    parts = site.parts
    if not count:
        return done(site, "/status/deliveries", "There is nothing to send again", is_bad=bool(wanted))

    def task(say: Callable[[str], None]) -> None:
        report = RunReport()
        deliver(parts, report)
        say(f"{report.counts['deliveries_sent']:,} sent, {report.counts['deliveries_failed']:,} not")
        for line in report.errors[:20]:
            say(line)

    job = Job(SENDING, f"Sending {count} again", by, parts.clock())
    site.kept.work.start(job, task, parts.clock)
    if count < wanted:
        return done(site, "/status/deliveries", f"{count} of {wanted} are taken up again", is_bad=True)
    return lead("/status/deliveries")
