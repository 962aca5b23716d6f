"""Official lists that somebody asks for: added by their id or an address, synced at once, and what came of it."""

from __future__ import annotations

from watchlist.errors import UsageError
from watchlist.lists.forms import published_lists
from watchlist.model import ListChange, ListDeclaration, WatchedList
from watchlist.ports import OwnListStore
from watchlist.steps.asked.feeds import is_http
from watchlist.steps.asked.listed.own import require_list_id


def add_official(store: OwnListStore, list_id: str, title: str | None, url: str | None) -> str:
    """Have an authority's list kept in sync, by the id it is known by or by an address; return its id.

    It is empty until it is synced. Raises UsageError for an id that is not known where there is no address, and for
    what is no address, ConflictError where the list is there.
    """
    require_list_id(list_id)
    published = published_lists().get(list_id)
    if url is not None and not is_http(url):
        raise UsageError(f"{url!r} is no address of a list: it should begin with https:// or http://")
    if published is None and url is None:
        known = ", ".join(sorted(published_lists()))
        raise UsageError(f"{list_id!r} is not known by name (known: {known}); another list needs its address")
    store.add_list(ListDeclaration(list_id, title or (published.title if published else list_id), url))
    return list_id


def sync_words(held: WatchedList, change: ListChange | None) -> tuple[str, ...]:
    """What a sync came to, in lines; ``held`` is the list afterwards."""
    if change is None:
        return (f"{held.id}: unchanged, {held.entity_count:,} entities",)
    numbers = f"{change.added:,} added, {change.changed:,} changed, {change.removed:,} removed"
    lines = [
        f"{held.id}: {change.entity_count:,} entities, {change.name_count:,} names ({numbers})",
        *(f"  taken although it is doubtful: {doubt}" for doubt in change.doubts),
    ]
    for pairs, words in ((change.renumbered, "only renumbered"), (change.reused, "ids used again")):
        if pairs:
            lines.append(f"  {len(pairs):,} {words}: 'watchlist lists diff {held.id}' names them")
    return tuple(lines)


def in_force(held: WatchedList) -> str | None:
    """What stays in force after a sync that failed; None where there is nothing."""
    count = held.entity_count
    return f"  {count:,} entities of the last good snapshot stay in force" if count else None
