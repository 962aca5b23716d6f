"""Errors as problems (RFC 9457): every answer that is none says why, and what to do instead."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool

from watchlist.alerts.as_json import judgement_json
from watchlist.errors import (
    BusyError,
    ConflictError,
    DatabaseAwayError,
    JudgedMeanwhileError,
    NotFoundError,
    SchemaOutOfDateError,
    StorageError,
    UsageError,
    WatchlistError,
)
from watchlist.log import Log
from watchlist.text.plain_json import json_text
from watchlist.web.api.answers import PROBLEM
from watchlist.web.security.refusals import is_for_programs, told
from watchlist.web.site import site_of

_log = Log(__name__)

#: Seconds after which a database that does not answer may be asked again.
_AWAY_FOR = 5
#: What a problem is about, where its status does not say it.
VALIDATION = "urn:watchlist:problem:validation"
JUDGED_MEANWHILE = "urn:watchlist:problem:judged-meanwhile"
KEY_REUSED = "urn:watchlist:problem:idempotency-key-reused"

#: Class of error to status, the first that fits.
_STATUS: tuple[tuple[type[WatchlistError], HTTPStatus], ...] = (
    (JudgedMeanwhileError, HTTPStatus.CONFLICT),
    (ConflictError, HTTPStatus.CONFLICT),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DatabaseAwayError, HTTPStatus.SERVICE_UNAVAILABLE),
    (SchemaOutOfDateError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class KeyReusedError(WatchlistError):
    """An idempotency key that was used for another request, or for one that is still being answered."""


def problem(status: int, detail: str, *, kind: str = "about:blank", **more: Any) -> Response:
    """A problem as an answer."""
    body = {"type": kind, "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **more}
    return Response(json_text(body), status, media_type=PROBLEM)


def tell_problems(application: FastAPI) -> None:
    """Have an application answer this program's own errors, and requests that are not as they should be."""
    application.add_exception_handler(WatchlistError, _of_our_own)
    application.add_exception_handler(RequestValidationError, _not_valid)


async def _of_our_own(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), None)
    if status is None:
        if isinstance(error, KeyReusedError):
            return problem(HTTPStatus.CONFLICT, str(error), kind=KEY_REUSED)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        if isinstance(error, StorageError):
            _log.error("the database refused", path=request.url.path, error=str(error))
    headers = {}
    if isinstance(error, BusyError):
        headers["Retry-After"] = str(error.retry_after)
    elif isinstance(error, DatabaseAwayError):
        headers["Retry-After"] = str(_AWAY_FOR)
    if not is_for_programs(request.url.path):
        return told(request.scope, status, str(error), headers)
    if isinstance(error, JudgedMeanwhileError):
        last = await run_in_threadpool(_last_judgements, request, error)
        return problem(status, str(error), kind=JUDGED_MEANWHILE, judgements=last)
    made = problem(status, str(error))
    made.headers.update(headers)
    return made


def _last_judgements(request: Request, error: JudgedMeanwhileError) -> list[dict[str, Any]]:
    store = site_of(request).parts.store
    details = store.alert_details(error.alert_ids)
    return [{"alert": each.alert.id, **judgement_json(each.judgements[-1])} for each in details if each.judgements]


async def _not_valid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    found = [
        {"where": ".".join(str(part) for part in each["loc"]), "what": str(each["msg"])} for each in error.errors()
    ]
    words = "; ".join(f"{each['where']}: {each['what']}" for each in found)
    if not is_for_programs(request.url.path):
        return told(request.scope, HTTPStatus.BAD_REQUEST, words)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, kind=VALIDATION, errors=found)
