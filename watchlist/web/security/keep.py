"""All of it around an application."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from watchlist.web.security.bodies import BodyBounds
from watchlist.web.security.gate import Gate
from watchlist.web.security.headers import AnswerHeaders
from watchlist.web.security.refusals import RefusedError, refusal, told


def keep(application: FastAPI) -> None:
    """Have every request of an application pass what stands here, whichever route it is for."""
    # The last is the first that a request meets.
    application.add_middleware(Gate)
    application.add_middleware(BodyBounds)
    application.add_middleware(AnswerHeaders)
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
