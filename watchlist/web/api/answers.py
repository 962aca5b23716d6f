"""How the API answers: JSON as commands print it, and where the next page is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from watchlist.model import AlertDetail
from watchlist.text.plain_json import json_text

JSON = "application/json"
NDJSON = "application/x-ndjson"
PROBLEM = "application/problem+json"


def answer(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as the body of an answer."""
    return Response(json_text(value), status, headers, JSON)


def lines(values: Sequence[Any]) -> Response:
    """Values as lines of JSON."""
    return told_lines([json_text(each) for each in values])


def told_lines(texts: Sequence[str]) -> Response:
    """The same of values that are JSON already."""
    return Response("".join(f"{each}\n" for each in texts), 200, media_type=NDJSON)


def told_list(texts: Sequence[str]) -> Response:
    """Values that are JSON already, as one list."""
    return Response(f"[{', '.join(texts)}]", 200, media_type=JSON)


def page(request: Request, values: Any, cursor: str | None) -> Response:
    """A page of a listing; where there are more, the header ``Link`` has the address of the next."""
    if cursor is None:
        return answer(values)
    # A path alone: which name the server has for others, only they know.
    query = request.url.include_query_params(cursor=cursor).query
    return answer(values, headers={"Link": f'<{request.url.path}?{query}>; rel="next"'})


def cursor_of(detail: AlertDetail) -> str:
    """The cursor for what comes after an alert, or a mention kept for review."""
    return str(detail.alert.id) if detail.alert.id else f"m{detail.mention.id}"
