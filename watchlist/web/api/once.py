"""Idempotency keys: what a program sends again with the same key is answered as before, and done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from watchlist.model import KeptAnswer
from watchlist.web.api.problems import KeyReusedError
from watchlist.web.security.current import Judge
from watchlist.web.site import TheSite

#: The header that says that an answer was given before.
REPLAYED = "Idempotency-Replayed"

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Any text of your own: the same request with it again is answered as before, for a day.",
    ),
]


class Once:
    """Answers one request, or gives the answer that it was given before."""

    def __init__(self, site: TheSite, key: str | None, id: str, request: str) -> None:
        self._site, self._key, self._id, self._request = site, key, id, request

    def __call__(self, make: Callable[[], Response]) -> Response:
        """The answer; raises KeyReusedError for a key of another request, or of one that is being answered."""
        if self._key is None:
            return make()
        store, clock = self._site.parts.store, self._site.parts.clock
        known = store.begin_answer(self._id, self._request, clock())
        if known is not None:
            return _again(known, self._request)
        try:
            made = make()
        except BaseException:
            store.forget_answer(self._id)
            raise
        body = bytes(made.body)
        store.keep_answer(self._id, KeptAnswer(self._request, made.status_code, made.media_type or "", body))
        return made


def _again(known: KeptAnswer, request: str) -> Response:
    if known.request != request:
        raise KeyReusedError("this idempotency key was used for another request: take a new one")
    if known.status is None:
        raise KeyReusedError("the request with this idempotency key is still being answered: ask again in a moment")
    return Response(known.body, known.status, {REPLAYED: "true"}, known.content_type)


async def _once(request: Request, site: TheSite, account: Judge, key: Key = None) -> Once:
    body = await request.body() if key is not None else b""
    place = f"{request.method} {request.url.path}?{request.url.query}"
    id = hashlib.sha256("\0".join((account.name, place, key or "")).encode()).hexdigest()
    return Once(site, key, id, hashlib.sha256(body).hexdigest())


#: A parameter of whatever changes something.
TheOnce = Annotated[Once, Depends(_once)]
