"""Whether the program is at work, for those who watch it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from watchlist.health.replies import reply_to
from watchlist.web.site import TheSite

router = APIRouter()


@router.get("/healthz")
@router.get("/readyz")
@router.get("/metrics")
def health(request: Request, site: TheSite) -> Response:
    """The same answers as the daemon's."""
    reply = reply_to(request.url.path, site.parts, site.totals)
    if reply is None:
        return Response(status_code=404)
    return Response(reply.body, reply.status, media_type=reply.content_type)
