"""Errors of ours as pages: what is wrong, in its own words, and where to go on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response

from watchlist.errors import (
    BusyError,
    ConflictError,
    DatabaseAwayError,
    ExtractionError,
    FeedError,
    JudgedMeanwhileError,
    ListFetchError,
    ListParseError,
    NoDatabaseError,
    NotFoundError,
    RunLockedError,
    SchemaOutOfDateError,
    SnapshotRejectedError,
    UsageError,
    WatchlistError,
)
from watchlist.text.masked import without_logins
from watchlist.web.pages.rendering import bare_page
from watchlist.web.security.refusals import is_for_programs

_Handler = Callable[[Request, Exception], Response]

#: Class of error to status, the first that fits; any other WatchlistError is ours: 500.
_STATUSES: tuple[tuple[type[WatchlistError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (ConflictError, HTTPStatus.CONFLICT),
    (JudgedMeanwhileError, HTTPStatus.CONFLICT),
    (SnapshotRejectedError, HTTPStatus.CONFLICT),
    (RunLockedError, HTTPStatus.CONFLICT),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (ListParseError, HTTPStatus.BAD_REQUEST),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DatabaseAwayError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoDatabaseError, HTTPStatus.SERVICE_UNAVAILABLE),
    (SchemaOutOfDateError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ListFetchError, HTTPStatus.BAD_GATEWAY),
    (FeedError, HTTPStatus.BAD_GATEWAY),
    (ExtractionError, HTTPStatus.BAD_GATEWAY),
)
_TITLES = {
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.CONFLICT: "That cannot be done as things stand",
    HTTPStatus.BAD_REQUEST: "That cannot be read",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not at the moment",
    HTTPStatus.BAD_GATEWAY: "The other side did not answer well",
}
_OURS = "Something went wrong here"
_AGAIN_AFTER = 5


def status_of(error: WatchlistError) -> HTTPStatus:
    """The status that an error of ours is answered with."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def tell_errors(application: FastAPI) -> None:
    """Have errors that are raised while a page is made become pages; programs are answered as they were before."""
    for kind, handler in ((WatchlistError, _ours), (RequestValidationError, _unread)):
        application.add_exception_handler(kind, _for_people(handler, application.exception_handlers.get(kind)))


def _for_people(handler: _Handler, otherwise: Callable[..., Any] | None) -> Callable[..., Awaitable[Response]]:
    async def told(request: Request, error: Exception) -> Response:
        if otherwise is not None and is_for_programs(request.url.path):
            answer: Response = await otherwise(request, error)
            return answer
        return handler(request, error)

    return told


def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, WatchlistError):
        raise error
    status = status_of(error)
    answer = error_page(request, status, without_logins(str(error)))
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        wait = error.retry_after if isinstance(error, BusyError) else _AGAIN_AFTER
        answer.headers["Retry-After"] = str(wait)
    return answer


def _unread(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    in_path = any(each["loc"][0] == "path" for each in error.errors())
    status = HTTPStatus.NOT_FOUND if in_path else HTTPStatus.BAD_REQUEST
    return error_page(request, status, said)


def error_page(request: Request, status: HTTPStatus, words: str) -> HTMLResponse:
    """A page that says what is wrong."""
    back = "/" + request.url.path.strip("/").partition("/")[0]
    title = _TITLES.get(status, _OURS)
    return bare_page(request, "shared/error.html", status=status, title=title, words=words, back=back)
