"""Whether the program is at work, for those who watch it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from watchlist.health.replies import reply_to
from watchlist.web.site import Site, TheSite

router = APIRouter(tags=["health"])


class HealthShape(BaseModel):
    """How it is, in a word, and why where it is not well."""

    status: str
    why: list[str]


@router.get("/healthz", response_model=HealthShape)
def healthz(request: Request, site: TheSite) -> Response:
    """Whether the program is at work; nobody else is asked for that, no token is needed."""
    return _reply(request, site)


@router.get("/readyz", response_model=HealthShape)
def readyz(request: Request, site: TheSite) -> Response:
    """Whether it can do its work: its database answers, and there are names to look for; no token is needed."""
    return _reply(request, site)


@router.get("/metrics", response_class=Response)
def metrics(request: Request, site: TheSite) -> Response:
    """The figures for Prometheus, where the configuration has them on."""
    return _reply(request, site)


def _reply(request: Request, site: Site) -> Response:
    """The same answers as the daemon's."""
    why = site.daemon.why_down() if site.daemon is not None else None
    reply = reply_to(request.url.path, site.parts, site.totals, [f"the daemon is down: {why}"] if why else ())
    if reply is None:
        return Response(status_code=404)
    return Response(reply.body, reply.status, media_type=reply.content_type)
