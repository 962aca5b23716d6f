"""A request that is not answered: why, as a plain page or, for a program, as a problem (RFC 9457)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Scope

#: Not what a browser takes for the name of a host: two slashes, of either kind.
_LOCAL = re.compile(r"/(?![/\\])[!-~]*")
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} - watchlist</title>
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<main>
<h1>{title}</h1>
<p>{words}</p>
<p><a href="/">Inbox</a></p>
</main>
</body>
</html>
"""


#: Where paths begin that programs ask for.
_FOR_PROGRAMS = ("/api/", "/match", "/search/", "/entities/", "/openapi", "/metrics")


class RefusedError(Exception):
    """A request that is not to be answered: the status, and why, in words for whoever asked."""

    def __init__(self, status: int, words: str, *, retry_after: float | None = None) -> None:
        self.status = status
        self.words = words
        self.retry_after = retry_after
        super().__init__(words)


class NotLoggedInError(RefusedError):
    """Nobody is logged in, where somebody has to be."""

    def __init__(self, words: str = "this needs an account: log in, or send a token") -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED, words)


def is_for_programs(path: str) -> bool:
    """Whether what stands at a path is asked for by programs."""
    return path in ("/catalog", "/algorithms") or path.startswith(_FOR_PROGRAMS)


def refusal(scope: Scope, error: RefusedError) -> Response:
    """The answer that says so. Whoever opens a page without a log-in is sent to log in."""
    headers = {} if error.retry_after is None else {"Retry-After": str(int(error.retry_after) + 1)}
    if isinstance(error, NotLoggedInError):
        if not is_for_programs(scope["path"]) and "authorization" not in Headers(scope=scope):
            return RedirectResponse(_log_in(scope), HTTPStatus.SEE_OTHER)
        headers["WWW-Authenticate"] = "Bearer"
    return told(scope, error.status, error.words, headers)


def told(scope: Scope, status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    """A status in words, for whoever asked."""
    title = HTTPStatus(status).phrase
    if is_for_programs(scope["path"]):
        problem = {"type": "about:blank", "title": title, "status": int(status), "detail": words}
        return JSONResponse(problem, status, headers, media_type="application/problem+json")
    sentence = f"{words[:1].upper()}{words[1:]}."
    return HTMLResponse(_PAGE.format(title=escape(title), words=escape(sentence)), status, headers)


def _log_in(scope: Scope) -> str:
    from urllib.parse import quote

    if scope["method"] not in ("GET", "HEAD") or scope["path"] == "/":
        return "/login"
    query = scope["query_string"].decode("latin-1")
    return "/login?next=" + quote(scope["path"] + (f"?{query}" if query else ""), safe="/")


def local_path(wanted: str) -> str:
    """A path of this site as it is, the inbox for anything else: nobody is led elsewhere by what a form holds."""
    return wanted if _LOCAL.fullmatch(wanted) else "/"
