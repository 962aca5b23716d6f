"""Where alerts go: how each channel stands, a sample sent for real, the routes."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import DeliveryError, NotFoundError, UsageError
from watchlist.health.channels import channel_standings, sample, tell_missed, transport_of
from watchlist.health.routes import when_words, whose
from watchlist.steps.asked.times import parse_since
from watchlist.web.kept import Job
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done, lead, newest, one_line, told
from watchlist.web.security.current import Admin, Reader
from watchlist.web.site import TheSite

router = APIRouter()

_TRIAL = "channel "


@router.get("/status/channels")
def channels(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """The channels that are set up, and the routes to them."""
    return page(
        request,
        account,
        "status/channels.html",
        channels=channel_standings(site.parts),
        routes=[(each, whose(each), when_words(each)) for each in site.parts.config.routes],
        work=newest(*site.kept.work.jobs(_TRIAL)),
        told=told(request),
    )


@router.get("/status/channels/{name}/preview")
def preview(request: Request, site: TheSite, account: Reader, name: str) -> HTMLResponse:
    """What the last alert looks like there, or an invented one."""
    transport = transport_of(site.parts, name)
    shown = transport.preview(sample(site.parts, transport.recipients[0], site.parts.clock()))
    return page(request, account, "status/preview.html", name=name, shown=shown)


@router.post("/status/channels/{name}/tell")
def tell(site: TheSite, account: Admin, name: str, since: Text, to: Text = "") -> RedirectResponse:
    """Have a channel, or one recipient of it, told the alerts that it missed."""
    start = parse_since(one_line(since), site.parts.clock())
    if start is None:
        raise UsageError("it takes a time since when: 7d, or 2026-11-23")
    count = tell_missed(site.parts, name, one_line(to), start)
    words = f"{count:,} alerts will be told on {name}" if count else f"{name} was told everything since then"
    return done(site, "/status/channels", words)


@router.post("/status/channels/{name}/test")
def try_out(site: TheSite, account: Admin, name: str, to: Text = "") -> RedirectResponse:
    """Send a sample for real, to one recipient or all."""
    parts = site.parts
    transport = transport_of(parts, name)
    if to and to not in transport.recipients:
        raise NotFoundError(f"recipient of {name}", to, f"there are {', '.join(transport.recipients)}")

    def task(say: Callable[[str], None]) -> None:
        failed: list[DeliveryError] = []
        for recipient in (to,) if to else transport.recipients:
            say(f"{name}{f' to {recipient}' if recipient else ''}")
            try:
                transport.send(sample(parts, recipient, parts.clock()), say)
            except DeliveryError as error:
                say(str(error))
                failed.append(error)
            else:
                say("It was taken.")
        if failed:
            raise failed[0]

    site.kept.work.start(Job(f"{_TRIAL}{name}", f"Test of {name}", account.name, parts.clock()), task, parts.clock)
    return lead("/status/channels")
