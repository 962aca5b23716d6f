"""Logging in and out."""

from __future__ import annotations

from functools import partial
from typing import cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from watchlist.web.pages.rendering import page
from watchlist.web.security.current import visitor_of
from watchlist.web.security.log_in import LogInQueue, give, log_in, log_out
from watchlist.web.security.refusals import RefusedError, local_path
from watchlist.web.security.visitor import Way
from watchlist.web.site import TheSite

router = APIRouter()

_WRONG = "Name and password are not those of an account that is open."


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The form to log in, or who is logged in already."""
    return _page(request, next)


@router.post("/login")
async def enter(request: Request, site: TheSite) -> Response:
    """Begin a session, and go on to where somebody wanted to go."""
    visitor = visitor_of(request)
    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    name, wanted = form.get("name", "").strip(), form.get("next", "/")
    queue = cast("LogInQueue", request.app.state.log_ins)
    try:
        secret = await queue.run(partial(log_in, site, visitor, name, form.get("password", "")))
    except RefusedError as error:
        reply = _page(request, wanted, f"{error.words[:1].upper()}{error.words[1:]}.", name, error.status)
        reply.headers["Retry-After"] = str(int(error.retry_after or 0) + 1)
        return reply
    if secret is None:
        return _page(request, wanted, _WRONG, name, 403)
    reply = RedirectResponse(local_path(wanted), 303)
    give(reply, visitor, secret)
    return reply


@router.post("/logout")
def leave(request: Request, site: TheSite) -> Response:
    """End the session."""
    visitor = visitor_of(request)
    log_out(site, visitor)
    reply = RedirectResponse("/login", 303)
    give(reply, visitor, None)
    return reply


def _page(request: Request, wanted: str, trouble: str = "", name: str = "", status: int = 200) -> Response:
    visitor = visitor_of(request)
    # Only what a log-in ends is ended by logging out.
    way = visitor.way if visitor.user is not None else Way.NOBODY
    values = {"next": local_path(wanted), "trouble": trouble, "name": name, "way": way}
    return page(request, visitor.user, "outside/login.html", status=status, **values)
