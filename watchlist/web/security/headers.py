"""Headers of every answer: what a browser may do with it, and that nobody keeps it."""

from __future__ import annotations

import traceback

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watchlist.log import Log
from watchlist.web.security.refusals import told
from watchlist.web.site import site_in

_log = Log(__name__)

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with that, browsers don't say of our own forms either where they come from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ONE_YEAR = 31_536_000
#: What belongs to the program and to nobody: kept, and asked for anew each time.
_STATIC = "/static/"


class AnswerHeaders:
    """Puts them on every answer, also on that to a request which the program broke on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if site_in(scope).parts.config.web.is_https:
                    headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR}"
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith(_STATIC) else "no-store")
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception:
            if begun:
                raise
            # Written out here, as text: a renderer of tracebacks could show local variables, and so secrets.
            _log.error("unexpected error", path=scope["path"], traceback=traceback.format_exc())
            words = "the program broke on this; its log says where, please report it"
            await told(scope, 500, words)(scope, receive, with_headers)
