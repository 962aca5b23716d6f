"""Articles in: one, an array, or lines of JSON, which are taken as they come. What cannot be read stops no other."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from watchlist.errors import UsageError
from watchlist.feeds.files import MAX_LINE, Problem, Reading, read_line
from watchlist.steps.asked.ingest import Scope, ids_of, keep_entries, scope_of
from watchlist.text.plain_json import json_text
from watchlist.web.api.answers import JSON, NDJSON, answer
from watchlist.web.api.once import TheOnce
from watchlist.web.api.routing import problems, room
from watchlist.web.api.shapes.asked import TakenArticles
from watchlist.web.security.current import Judge
from watchlist.web.site import Site, TheSite

router = room("articles")

#: Lines that are stored together.
_CHUNK = 100
#: Results are kept in memory up to so many bytes, and then in a file.
_IN_MEMORY = 1_000_000
#: What the articles of a request are called in messages about them.
_NAME = "request"

_BODY = {
    "required": True,
    "content": {
        JSON: {
            "schema": {
                "anyOf": [
                    {"$ref": "#/components/schemas/GivenArticle"},
                    {"type": "array", "items": {"$ref": "#/components/schemas/GivenArticle"}},
                ]
            }
        },
        NDJSON: {"schema": {"type": "string", "description": "An article a line."}},
    },
}

Feed = Annotated[
    str | None,
    Query(max_length=400, description="The feed they belong to: one that is there, or a name for a new one."),
]


@router.post(
    "/articles",
    response_model=TakenArticles,
    responses=problems(400, 409, 413)
    | {200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "What became of each."}},
    openapi_extra={"requestBody": _BODY},
)
async def take_articles(request: Request, site: TheSite, account: Judge, once: TheOnce, feed: Feed = None) -> Response:
    """Take in articles; the next run screens them. The same articles again change nothing.

    JSON has one article or an array of them. Of lines of JSON (``application/x-ndjson``) each is taken as it comes, and
    the answer has a line for each and the sums last; an idempotency key has no meaning there, nor is one needed.
    """
    scope = await run_in_threadpool(scope_of, site.parts.store, feed)
    intake = _ArticleIntake(site, scope)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == NDJSON:
        return await _streamed(intake, request)
    if kind != JSON:
        raise UsageError(f"articles come as {JSON} or {NDJSON}, not as {kind or 'nothing'}")
    body = await request.body()
    return await run_in_threadpool(once, lambda: _whole(intake, body))


@dataclass(slots=True)
class _ArticleIntake:
    """Articles on their way in."""

    site: Site
    scope: Scope
    accepted: int = 0
    new: int = 0
    refused: int = 0
    _reading: Reading = field(init=False)

    def __post_init__(self) -> None:
        parts = self.site.parts
        self._reading = Reading(self.site.sandbox, parts.clock(), keep=parts.config.keeps_evidence)

    def take(self, found: Sequence[tuple[int, bytes]]) -> list[dict[str, Any]]:
        """Take lines with their numbers; say of each what became of it."""
        read = [(number, read_line(line, _NAME, number, self._reading)) for number, line in found]
        entries = [each for _, each in read if not isinstance(each, Problem)]
        ids = iter(ids_of(entries, self.scope))
        self.new += keep_entries(self.site.parts.store, entries, self._reading, self.scope)
        self.accepted += len(entries)
        self.refused += len(read) - len(entries)
        return [
            {"line": number, "id": None, "error": each.reason}
            if isinstance(each, Problem)
            else {"line": number, "id": next(ids), "error": None}
            for number, each in read
        ]

    @property
    def sums(self) -> dict[str, int]:
        """How many there were."""
        return {"accepted": self.accepted, "new": self.new, "refused": self.refused}


def _whole(intake: _ArticleIntake, body: bytes) -> Response:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the body is no JSON: {error}") from error
    values = value if isinstance(value, list) else [value]
    found = [(number, json.dumps(each, ensure_ascii=False).encode()) for number, each in enumerate(values, 1)]
    results: list[dict[str, Any]] = []
    for at in range(0, len(found), _CHUNK):
        results += intake.take(found[at : at + _CHUNK])
    return answer({**intake.sums, "results": results})


async def _streamed(intake: _ArticleIntake, request: Request) -> Response:
    # Answered when all has come: whoever sends would not read before.
    with ExitStack() as stack:
        results = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        waiting: list[tuple[int, bytes]] = []

        async def take() -> None:
            told = await run_in_threadpool(intake.take, tuple(waiting))
            waiting.clear()
            results.write("".join(f"{json_text(each)}\n" for each in told).encode())

        async for number, line in _lines(request.stream()):
            if line.strip():
                waiting.append((number, line))
            if len(waiting) >= _CHUNK:
                await take()
        if waiting:
            await take()
        results.write(f"{json_text(intake.sums)}\n".encode())
        results.seek(0)
        # It is closed once it is sent.
        stack.pop_all()
        return StreamingResponse(_pieces(results), media_type=NDJSON)


async def _lines(stream: AsyncIterator[bytes]) -> AsyncIterator[tuple[int, bytes]]:
    """The lines of a body with their numbers; of one that is too long only so much that it is seen to be."""
    number, held = 1, b""
    async for part in stream:
        *whole, rest = (held + part).split(b"\n")
        for line in whole:
            yield number, line[: MAX_LINE + 1]
            number += 1
        held = rest[: MAX_LINE + 1]
    if held:
        yield number, held


def _pieces(results: IO[bytes]) -> Iterator[bytes]:
    with results:
        while piece := results.read(1 << 16):
            yield piece
