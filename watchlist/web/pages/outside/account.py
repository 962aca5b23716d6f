"""One's own account: who one is, with which tokens, and another password."""

from __future__ import annotations

from functools import partial
from typing import cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from watchlist.errors import UsageError
from watchlist.model import User
from watchlist.web.pages.rendering import page
from watchlist.web.security.current import Reader, visitor_of
from watchlist.web.security.log_in import LogInQueue, change_password, give
from watchlist.web.security.refusals import RefusedError
from watchlist.web.security.visitor import Way
from watchlist.web.site import Site, TheSite

router = APIRouter()


@router.get("/account")
def show(request: Request, site: TheSite, user: Reader, changed: bool = False) -> Response:
    """Who one is."""
    return _page(request, site, user, changed=changed)


@router.post("/account")
async def change(request: Request, site: TheSite, user: Reader) -> Response:
    """Take another password; every other session ends."""
    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    visitor, queue = visitor_of(request), cast("LogInQueue", request.app.state.log_ins)
    if form.get("password") != form.get("again"):
        return _page(request, site, user, trouble="The two are not the same.", status=400)
    present, wanted = form.get("present", ""), form.get("password", "")
    try:
        secret = await queue.run(partial(change_password, site, visitor, present, wanted))
    except UsageError as error:
        return _page(request, site, user, trouble=f"{error}.".capitalize(), status=400)
    except RefusedError as error:
        return _page(request, site, user, trouble=f"{error.words}.".capitalize(), status=error.status)
    reply = RedirectResponse("/account?changed=true", 303)
    give(reply, visitor, secret)
    return reply


def _page(
    request: Request, site: Site, user: User, *, trouble: str = "", status: int = 200, changed: bool = False
) -> Response:
    way, store = visitor_of(request).way, site.parts.store
    known = None if way is Way.ALONE else store.known_account(user.name)
    values = {
        "way": way,
        "has_password": way is Way.SESSION and known is not None and known[0].has_password,
        "tokens": store.access_tokens(user.name) if known else (),
        "now": site.parts.clock(),
        "trouble": trouble,
        "changed": changed,
    }
    return page(request, user, "outside/account.html", status=status, **values)
