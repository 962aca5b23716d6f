"""Lists of the user's: made, and their entities added, changed and taken off; and names that a user gives to any."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from watchlist.errors import ConflictError, UsageError
from watchlist.lists.forms import published_lists
from watchlist.model import Entity, IntakeOptions, ListDeclaration
from watchlist.ports import GroupingStore, OwnListStore
from watchlist.steps.asked.listed.given import Given, changed_entity, new_entity, user_alias
from watchlist.steps.asked.search import free_id
from watchlist.steps.sync import regroup

_LIST_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")


def create_list(store: OwnListStore, list_id: str, title: str | None) -> None:
    """Make an empty list of the user's; raises UsageError for an id that none may have, or that is taken."""
    require_list_id(list_id)
    if list_id in published_lists():
        raise UsageError(f"{list_id} is an official list: 'watchlist lists sync {list_id}' fetches it")
    store.add_list(ListDeclaration(id=list_id, title=title or list_id, url=None, refresh=False, own=True))


def require_list_id(list_id: str) -> None:
    """Raise UsageError for what can be no id of a list."""
    if not _LIST_ID.fullmatch(list_id):
        raise UsageError(f"{list_id!r} is no list id: use lower-case letters, digits and '_'")


def require_own(store: OwnListStore, list_id: str) -> None:
    """Raise ConflictError for an authority's list, NotFoundError where there is none."""
    if not store.watched_list(list_id).own:
        raise ConflictError(
            f"{list_id} is its authority's list: 'watchlist lists create' makes one of your own,"
            " 'watchlist entities alias' gives a listed entity another name"
        )


def add_entity(
    store: OwnListStore, list_id: str, source_id: str | None, given: Given, now: datetime, look_back: timedelta
) -> Entity:
    """Put somebody on a list of the user's, under an id that is given or else made of the name."""
    require_own(store, list_id)
    entity = new_entity(list_id, source_id or free_id(store, list_id, given.name or ""), given)
    store.put_entity(entity, now, look_back)
    return entity


def edit_entity(store: OwnListStore, entity_id: str, given: Given, now: datetime, look_back: timedelta) -> Entity:
    """Change an entity of a list of the user's; what is None in ``given`` stays as it is."""
    entity = store.entity(entity_id)
    require_own(store, entity.list_id)
    changed = changed_entity(entity, given)
    options = IntakeOptions(keep_others=True, look_back=look_back)
    store.apply_entities(entity.list_id, [changed], now, lambda _change: None, options)
    return changed


def remove_entity(store: OwnListStore, entity_id: str, now: datetime) -> Entity:
    """Take an entity off a list of the user's; its alerts stay on record."""
    entity = store.entity(entity_id)
    require_own(store, entity.list_id)
    store.remove_entity(entity_id, now)
    return entity


def decide_group(store: GroupingStore, one: str, other: str, *, same: bool, now: datetime) -> None:
    """Decide that two entities are one, or that they are two, whatever they share; raises NotFoundError."""
    if one == other:
        raise UsageError("name two different entities")
    for id in (one, other):
        store.entity(id)
    store.decide_group(one, other, same, now)
    regroup(store)


def give_name(
    store: OwnListStore, entity_id: str, text: str, now: datetime, look_back: timedelta
) -> tuple[Entity, bool]:
    """Give an entity of any list one more name; return it, and whether it had not that name yet."""
    entity = store.entity(entity_id)
    return entity, store.add_alias(entity_id, user_alias(text, entity.schema), now, look_back)
