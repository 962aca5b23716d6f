"""What a request carries so that nobody else's page can send it.

A browser adds its cookies to whatever any page has it send here, and a proxy or this machine let it in by where it
comes from. So what changes something must hold a token that only our own pages know, and come from one of them by the
browser's own word. A program that sends its token as a header is not a browser that was led on.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import unquote_plus, urlsplit

from fastapi import Request
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.types import Message, Receive, Scope

from watchlist.web.security.refusals import RefusedError, is_for_programs
from watchlist.web.security.secrets import same
from watchlist.web.security.visitor import Visitor, Way

FIELD = "csrf"
HEADER = "x-csrf-token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
#: What any page may have a browser send here without asking first (the Fetch standard's list), beside forms.
_UNASKED = ("", "text/plain")
_IN_FORM = re.compile(rb"(?:^|&)csrf=([^&]*)")
_AGAIN = "open the page anew and send it again"


def csrf_token(request: Request) -> str:
    """The token of whoever asks, for scripts: they send it as ``X-CSRF-Token``."""
    visitor: Visitor = request.state.visitor
    return visitor.csrf


def hidden_field(request: Request) -> Markup:
    """The field that every form with ``method="post"`` holds."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token(request))


async def refuse_forged(scope: Scope, receive: Receive, visitor: Visitor, own: str | None) -> Receive:
    """Let a request through that changes nothing, or that comes from our own page or from a program.

    ``own`` is the public address. Returns what the route reads the body with. Raises RefusedError for any other.
    """
    if scope["method"] in _SAFE or visitor.way is Way.TOKEN:
        return receive
    headers = Headers(scope=scope)
    _refuse_foreign(headers, own)
    if (token := headers.get(HEADER)) is not None:
        _refuse_other(token, visitor)
        return receive
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        body = await _whole(receive)
        token = _urlencoded(body) if kind == _FORMS[0] else await _multipart(scope, body)
        _refuse_other(token, visitor)
        return _again(body, receive)
    if visitor.way is Way.ALONE and is_for_programs(scope["path"]) and _is_no_browser(headers, kind):
        return receive
    raise RefusedError(403, f"it does not say that it comes from a page of this site: {_AGAIN}")


def _refuse_foreign(headers: Headers, own: str | None) -> None:
    """Raise RefusedError for what comes from another site's page, by the browser's own word."""
    site, origin = headers.get("sec-fetch-site", "same-origin"), headers.get("origin")
    hosts = {headers.get("host", "").lower(), urlsplit(own).netloc if own else ""}
    if site not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin.lower()).netloc not in hosts - {""}
    ):
        hint = "" if own else "; if a proxy is between, set web.public_url to what browsers see"
        raise RefusedError(403, f"it comes from a page of another site{hint}")


def _refuse_other(token: str | None, visitor: Visitor) -> None:
    if not token or not visitor.csrf or not same(token, visitor.csrf):
        raise RefusedError(403, f"the page it was sent from is of another log-in, or cookies are off: {_AGAIN}")


def _is_no_browser(headers: Headers, kind: str) -> bool:
    """Whether a request is one that no page could have sent: browsers ask first before they send such a body."""
    said_by_browsers = ("origin", "cookie", "sec-fetch-site", "sec-fetch-mode")
    return kind not in _UNASKED and not any(name in headers for name in said_by_browsers)


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise RefusedError(400, "it broke off")
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read once more, and then what else comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return left.pop() if left else await receive()

    return given


def _urlencoded(body: bytes) -> str | None:
    found = _IN_FORM.search(body)
    return unquote_plus(found[1].decode("latin-1")) if found else None


async def _multipart(scope: Scope, body: bytes) -> str | None:
    read: Callable[[], Awaitable[Message]] = _again(body, _nothing)
    try:
        async with Request(dict(scope), read).form() as form:
            found = form.get(FIELD)
            return found if isinstance(found, str) else None
    except (MultiPartException, HTTPException) as error:
        raise RefusedError(400, "its form cannot be read") from error


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
