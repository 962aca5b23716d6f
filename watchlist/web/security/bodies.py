"""Bounds on what a request sends: how much, and how long it may take to come."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watchlist.web.security.refusals import RefusedError, refusal
from watchlist.web.site import site_in

#: Where more is taken than `web.max_body`, in bytes; what stands below such a path has its bound. A text of one
#: megabyte is several in a form, where a letter of another script takes six bytes.
LARGER = {
    "/screen": 8_000_000,
    "/api/v1/screen": 8_000_000,
    "/api/v1/articles": 32_000_000,
    "/match": 8_000_000,
    "/lists": 12_000_000,
    "/feeds": 8_000_000,
}

#: What is too large is read to its end all the same where it is no more than so many times as large.
_READ_TO_ITS_END: Final = 2


def most_at(path: str, otherwise: int) -> int:
    """The most bytes that are taken at a path."""
    found = [most for place, most in LARGER.items() if path == place or path.startswith(f"{place}/")]
    return max([otherwise, *found])


class BodyBounds:
    """Cuts off what is too large or too slow, whichever route it is for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request within the bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        web = site_in(scope).parts.config.web
        most = most_at(scope["path"], web.max_body)
        # As fast as for the least bound; more may take longer in proportion.
        seconds = web.body_time * most / web.max_body
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdigit() or int(told) > most:
            if told.isdigit() and int(told) <= _READ_TO_ITS_END * most:
                await _read_on(receive, seconds)
            await refusal(scope, RefusedError(413, _too_large(most)))(scope, receive, send)
            return
        await self._app(scope, _bounded(receive, most, seconds), send)


async def _read_on(receive: Receive, seconds: float) -> None:
    """Let the rest of a body come and go: a proxy that is answered while it sends says "bad gateway" for it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await receive()).get("more_body", False):
                pass


def _bounded(receive: Receive, most: int, seconds: float) -> Receive:
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    taken, is_whole = 0, False

    async def bounded() -> Message:
        nonlocal taken, is_whole
        if is_whole:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError as error:
            # What reads bodies lets errors of this kind through.
            raise HTTPException(408, f"it took longer than {seconds:g} seconds to come", _CLOSE) from error
        taken += len(message.get("body", b""))
        is_whole = message["type"] != "http.request" or not message.get("more_body", False)
        if taken > most:
            raise HTTPException(413, _too_large(most), _CLOSE)
        return message

    return bounded


#: The rest of it is not read.
_CLOSE = {"Connection": "close"}


def _too_large(most: int) -> str:
    return f"it is larger than the {most:,} bytes that are taken here"
