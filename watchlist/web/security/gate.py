"""What every request passes before a route sees it: who asks, and whether it is really theirs.

`keep` puts it around the application, with the bounds and the headers around that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watchlist.errors import StorageError
from watchlist.log import Log
from watchlist.web.security.bodies import BodyBounds
from watchlist.web.security.door import Door
from watchlist.web.security.forgery import refuse_forged
from watchlist.web.security.headers import AnswerHeaders
from watchlist.web.security.log_in import LogInQueue
from watchlist.web.security.refusals import NotLoggedInError, RefusedError, refusal, told
from watchlist.web.security.secrets import VISIT, cookie
from watchlist.web.security.visitor import Visitor, Way
from watchlist.web.site import site_in

_log = Log(__name__)

_Found = TypeVar("_Found")

#: What is the same for everybody, and asks nobody who they are.
_FOR_ALL = re.compile(r"/static/.*|/healthz|/readyz", re.DOTALL)
#: What is there for those who are not logged in; beside these a route is closed, whatever it asks for itself.
_OPEN = re.compile(r"/login|/logout|/m/[^/]+")
#: Looks into the database at a time that find out who asks; apart from the threads in which routes are answered.
_LOOKS = 8
_NOBODY = Visitor(Way.NOBODY)


class Gate:
    """Lets requests through to the routes, each with its `Visitor`; see `current`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._door = app, Door()
        self._looks: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say why not."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            visitor = await self._visitor(scope)
            public = site_in(scope).parts.config.web.public_url
            read = receive if visitor is _NOBODY else await refuse_forged(scope, receive, visitor, public)
        except RefusedError as error:
            await refusal(scope, error)(scope, receive, send)
            return
        except HTTPException as error:
            # Of a body that is too large, or too slow.
            await told(scope, error.status_code, error.detail, error.headers)(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        # Whoever asks for the head of an answer gets that of a GET; the server keeps the body back.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self._app(inner, read, _remembering(visitor, send) if visitor.visit else send)
        if visitor.is_stale:
            # After the answer: nobody waits for it, and a database that is busy or read-only does without.
            with suppress(StorageError):
                await self._in_thread(partial(self._door.note_use, visitor), scope)

    async def _visitor(self, scope: Scope) -> Visitor:
        path = scope["path"]
        if _FOR_ALL.fullmatch(path) and scope["method"] in ("GET", "HEAD"):
            return _NOBODY
        try:
            visitor = self._door.visitor_unasked(scope)
            if visitor is None:
                visitor = await self._in_thread(self._door.visitor, scope)
        except StorageError as error:
            _log.error("the database does not say who asks", error=str(error))
            raise RefusedError(503, "the database does not answer", retry_after=5) from error
        if visitor.user is None and not _OPEN.fullmatch(path):
            raise NotLoggedInError
        return visitor

    async def _in_thread(self, look: Callable[[Scope], _Found], scope: Scope) -> _Found:
        if self._looks is None:
            self._looks = anyio.CapacityLimiter(_LOOKS)
        return await anyio.to_thread.run_sync(look, scope, limiter=self._looks)


def _remembering(visitor: Visitor, send: Send) -> Send:
    """Has the browser keep what it is known by, with the first page it gets."""

    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                kept = cookie(VISIT, visitor.visit or "", is_secure=visitor.is_secure, strict=True)
                headers.append("Set-Cookie", kept)
        await send(message)

    return with_cookie


def keep(application: FastAPI) -> None:
    """Have every request of an application pass what stands here, whichever route it is for."""
    # The last is the first that a request meets.
    application.add_middleware(Gate)
    application.add_middleware(BodyBounds)
    application.add_middleware(AnswerHeaders)
    application.state.log_ins = LogInQueue()
    application.add_exception_handler(HTTPException, _told)
    application.add_exception_handler(RefusedError, _refused)


def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    words = error.detail or HTTPStatus(error.status_code).description
    return told(request.scope, error.status_code, words, error.headers)


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, RefusedError):
        raise error
    return refusal(request.scope, error)
