"""Lists, and who stands on them."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Annotated

from fastapi import Query, Request, Response

from watchlist.answers.listed import (
    changes_json,
    contents_json,
    entity_json,
    group_json,
    history_json,
    lists_json,
    notes_json,
    standing_json,
)
from watchlist.errors import UsageError
from watchlist.steps.asked.noting import note_of
from watchlist.steps.asked.search import search_entities
from watchlist.steps.asked.times import parse_since
from watchlist.web.api.answers import answer, page
from watchlist.web.api.once import TheOnce
from watchlist.web.api.routing import USUAL, EntityPath, Limit, ListPath, problems, room
from watchlist.web.api.shapes.asked import NoteAsked
from watchlist.web.api.shapes.derived import many
from watchlist.web.api.shapes.listed import (
    ChangeShape,
    ContentsShape,
    EntityInFull,
    EntityShape,
    GroupShape,
    HistoryShape,
    ListShape,
    NoteShape,
)
from watchlist.web.api.shapes.sought import EntitiesSought
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import TheSite

router = room("lists and entities")


@router.get("/entities", response_model=many(EntityShape), responses=problems(400, 404))
def list_entities(
    request: Request, site: TheSite, account: Reader, sought: Annotated[EntitiesSought, Query()]
) -> Response:
    """Entities by words of their names, the nearest first; or those of a list, page by page."""
    store = site.parts.store
    limit, cursor = sought.limit, sought.cursor
    if (sought.q is None) == (sought.list_ is None):
        raise UsageError("give words of a name as 'q', or the id of a list as 'list'")
    if sought.q is not None:
        return answer([entity_json(each) for each in search_entities(store, sought.q, limit)])
    list_id = store.watched_list(sought.list_ or "").id
    beyond = (each for each in store.live_entities(list_id) if cursor is None or each.id > cursor)
    found = [*islice(beyond, limit + 1)]
    more = found[limit - 1].id if len(found) > limit else None
    return page(request, [entity_json(each) for each in found[:limit]], more)


@router.get("/entities/{entity:path}", response_model=EntityInFull, responses=problems(404))
def show_entity(site: TheSite, account: Reader, entity: EntityPath) -> Response:
    """All that is known of one entity."""
    parts = site.parts
    found, standing = parts.store.entity(entity), parts.store.standing(entity)
    suppressions = parts.store.suppressions(parts.clock())
    return answer(standing_json(found, standing, suppressions, parts.store.notes_on([entity])))


# Before the subjects, whose ids may hold slashes.
@router.get("/subjects/{entity:path}/notes", response_model=many(NoteShape), responses=problems(404))
def list_notes(site: TheSite, account: Reader, entity: EntityPath) -> Response:
    """What people wrote of a subject, on any of its entries; the newest first."""
    store = site.parts.store
    store.entity(entity)
    return answer(notes_json(store.notes_on([entity])))


@router.post(
    "/subjects/{entity:path}/notes", response_model=NoteShape, status_code=201, responses=problems(400, 404, 409)
)
def add_note(site: TheSite, account: Judge, once: TheOnce, entity: EntityPath, asked: NoteAsked) -> Response:
    """Write a note on a subject; it is shown with every alert of it, and kept for good."""

    def added() -> Response:
        note = note_of(entity, asked.text, account.name, site.parts.clock())
        return answer(asdict(site.parts.store.note_subject(note)), status=201)

    return once(added)


@router.get("/subjects/{entity:path}", response_model=many(GroupShape), responses=problems(404))
def show_subject(site: TheSite, account: Reader, entity: EntityPath) -> Response:
    """The entries of all lists that are one with an entity, each with what it was recognised by; often none."""
    store = site.parts.store
    store.entity(entity)
    return answer(group_json(store.group(entity)))


@router.get("/lists", response_model=many(ListShape))
def list_lists(site: TheSite, account: Reader) -> Response:
    """What each list holds and how its last sync went."""
    parts = site.parts
    return answer(lists_json(parts.store.watched_lists(), parts.config, parts.clock()))


@router.get("/lists/{list_id}", response_model=ContentsShape, responses=problems(404))
def show_list(site: TheSite, account: Reader, list_id: ListPath) -> Response:
    """What a list holds: its age, its names by kind and script, and the cells that could not be read."""
    parts = site.parts
    watched = parts.store.watched_list(list_id)
    return answer(contents_json(watched, parts.store.list_contents(list_id), parts.clock()))


@router.get("/lists/{list_id}/history", response_model=many(HistoryShape), responses=problems(404))
def list_history(site: TheSite, account: Reader, list_id: ListPath, limit: Limit = USUAL) -> Response:
    """The snapshots of a list, the newest first, and what each changed."""
    store = site.parts.store
    store.watched_list(list_id)
    return answer(history_json(store.list_history(list_id, limit)))


@router.get("/lists/{list_id}/diff", response_model=many(ChangeShape), responses=problems(400, 404))
def list_changes(
    site: TheSite,
    account: Reader,
    list_id: ListPath,
    since: Annotated[str, Query(max_length=40, description="What changed since: ``7d``, ``2026-11-23``.")] = "7d",
) -> Response:
    """The entities that a list gained, lost or changed."""
    parts = site.parts
    parts.store.watched_list(list_id)
    changes = parts.store.list_changes(list_id, since=parse_since(since, parts.clock()), after=None, until=None)
    return answer(changes_json(changes))
