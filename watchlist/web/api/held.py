"""What holds alerts back: suppressions, and silences."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Response

from watchlist.answers.held import silence_in_full, silence_json, suppression_in_full, suppression_json
from watchlist.steps.asked.silencing import silence_of
from watchlist.web.api.answers import answer
from watchlist.web.api.once import TheOnce
from watchlist.web.api.routing import Number, problems, room
from watchlist.web.api.shapes.asked import Nothing, SilenceAsked
from watchlist.web.api.shapes.derived import many
from watchlist.web.api.shapes.listed import SilenceInFull, SilenceShape, SuppressionInFull, SuppressionShape
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import Site, TheSite

router = room("suppressions and silences")

All = Annotated[bool, Query(description="Those that are over as well.")]


@router.get("/suppressions", response_model=many(SuppressionShape))
def list_suppressions(site: TheSite, account: Reader, all: All = False) -> Response:
    """What opens no alerts, since somebody dismissed its like."""
    parts = site.parts
    return answer([suppression_json(each) for each in parts.store.suppressions(None if all else parts.clock())])


@router.get("/suppressions/{number}", response_model=SuppressionInFull, responses=problems(404))
def show_suppression(site: TheSite, account: Reader, number: Number) -> Response:
    """A suppression, and what it has held back."""
    return answer(_suppression(site, number))


@router.post("/suppressions/{number}/end", response_model=SuppressionInFull, responses=problems(404, 409))
def end_suppression(site: TheSite, account: Judge, once: TheOnce, number: Number, asked: Nothing) -> Response:
    """End a suppression; what it held back stays on record."""

    def ended() -> Response:
        parts = site.parts
        parts.store.remove_suppression(number, account.name, parts.clock())
        return answer(_suppression(site, number))

    return once(ended)


@router.get("/silences", response_model=many(SilenceShape))
def list_silences(site: TheSite, account: Reader, all: All = False) -> Response:
    """Whose alerts are listed and not told for a while."""
    parts = site.parts
    return answer([silence_json(each) for each in parts.store.silences(None if all else parts.clock())])


@router.get("/silences/{number}", response_model=SilenceInFull, responses=problems(404))
def show_silence(site: TheSite, account: Reader, number: Number) -> Response:
    """A silence, and the alerts that were not told for it."""
    return answer(silence_in_full(*site.parts.store.silence(number)))


@router.post("/silences", response_model=SilenceInFull, status_code=201, responses=problems(400, 404, 409))
def add_silence(site: TheSite, account: Judge, once: TheOnce, asked: SilenceAsked) -> Response:
    """Have alerts of an entity or a list not told for a while."""

    def added() -> Response:
        parts = site.parts
        made = silence_of(parts.store, asked.subject, asked.until, parts.clock())
        number = parts.store.add_silence(replace(made, reason=asked.why, by=account.name))
        return answer(silence_in_full(*parts.store.silence(number)), status=201)

    return once(added)


@router.post("/silences/{number}/end", response_model=SilenceInFull, responses=problems(404, 409))
def end_silence(site: TheSite, account: Judge, once: TheOnce, number: Number, asked: Nothing) -> Response:
    """End a silence."""

    def ended() -> Response:
        parts = site.parts
        parts.store.remove_silence(number, parts.clock())
        return answer(silence_in_full(*parts.store.silence(number)))

    return once(ended)


def _suppression(site: Site, number: int) -> dict[str, object]:
    store = site.parts.store
    found, held = store.suppression(number)
    return suppression_in_full(found, store.entity(found.entity_id).caption, held)
