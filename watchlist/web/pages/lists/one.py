"""One list: how it stands, what it holds, and what changed."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from watchlist.errors import UsageError
from watchlist.lists.forms import published_lists
from watchlist.steps.asked.listed.exports import list_as_csv
from watchlist.steps.asked.times import parse_since
from watchlist.subjects.in_words import not_read, what_changed
from watchlist.web.pages.lists.overview import standing
from watchlist.web.pages.lists.sync import job_of
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import one_line, told
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = APIRouter()

#: Snapshots that are shown, changes of a difference, and entities to a page.
_SNAPSHOTS, _CHANGES, _ENTITIES = 20, 300, 100
Word = Annotated[str, Query(max_length=200)]


@router.get("/lists/{list_id}")
def one(request: Request, site: TheSite, account: Reader, list_id: str) -> HTMLResponse:
    """A list's card."""
    parts = site.parts
    held = parts.store.watched_list(list_id)
    state, stale, due = standing(parts, held, parts.clock())
    faults = [each for each in parts.store.open_faults() if each.fault.subject == f"list {list_id}"]
    return page(
        request,
        account,
        "lists/one.html",
        held=held,
        state=state,
        stale=stale,
        due=due,
        faults=faults,
        contents=parts.store.list_contents(list_id),
        history=parts.store.list_history(list_id, _SNAPSHOTS),
        published=published_lists().get(list_id),
        not_read=not_read,
        work=site.kept.work.job(job_of(list_id)),
        told=told(request),
    )


def _snapshots(
    before: Annotated[str, Query(alias="from", max_length=200)] = "",
    after: Annotated[str, Query(alias="to", max_length=200)] = "",
) -> tuple[str, str]:
    return before, after


@router.get("/lists/{list_id}/changes")
def changes(
    request: Request,
    site: TheSite,
    account: Reader,
    list_id: str,
    snapshots: Annotated[tuple[str, str], Depends(_snapshots)],
    since: Word = "",
) -> HTMLResponse:
    """What a list gained, lost or changed; by default since the snapshot before the newest."""
    before, after = snapshots
    store = site.parts.store
    held = store.watched_list(list_id)
    if since and (before or after):
        raise UsageError("give a time, or two snapshots, not both")
    numbers = [store.snapshot_number(list_id, each) if each else None for each in (before, after)]
    if not since and numbers == [None, None] and not held.own:
        past = store.list_history(list_id, 2)
        numbers = [past[1].id if len(past) > 1 else 0, None]
    at = parse_since(one_line(since), site.parts.clock())
    found = store.list_changes(list_id, since=at, after=numbers[0], until=numbers[1])
    return page(
        request,
        account,
        "lists/changes.html",
        held=held,
        count=len(found),
        changes=[(each, what_changed(each)) for each in found[:_CHANGES]],
        history=store.list_history(list_id, _SNAPSHOTS),
        chosen={"since": since, "from": before, "to": after},
    )


@router.get("/lists/{list_id}/entities")
def entities(
    request: Request,
    site: TheSite,
    account: Reader,
    list_id: str,
    start: Annotated[int, Query(ge=0, le=10_000_000, alias="from")] = 0,
) -> HTMLResponse:
    """The entities of a list, in the order of their ids."""
    held = site.parts.store.watched_list(list_id)
    found = list(islice(site.parts.store.live_entities(list_id), start, start + _ENTITIES))
    return page(
        request,
        account,
        "lists/entities.html",
        held=held,
        entities=found,
        start=start,
        step=_ENTITIES,
        told=told(request),
    )


@router.get("/lists/{list_id}/export.csv")
def export(site: TheSite, account: Reader, list_id: str) -> Response:
    """A list as CSV, in the form that an import reads."""
    site.parts.store.watched_list(list_id)
    written = list_as_csv(site.parts.store.live_entities(list_id))
    named = {"Content-Disposition": f'attachment; filename="{list_id}.csv"'}
    return PlainTextResponse(written, media_type="text/csv", headers=named)
