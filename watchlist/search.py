"""Looking entities up by name, as a person does who knows roughly what it is."""

from __future__ import annotations

import re

from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from watchlist.errors import NotFoundError
from watchlist.model import Entity
from watchlist.storage.store import Store

#: Below this rapidfuzz score (0 to 100) two names no longer look alike.
_ALIKE = 82.0


def search_entities(store: Store, text: str, limit: int) -> tuple[Entity, ...]:
    """Entities with a name that holds all words of ``text``; if there are none, those with the likest names first."""
    words = tuple(text.split())
    found = store.search_entities(words, limit) if words else ()
    if found:
        # Short names first: who types one word seldom means the entity with nine.
        return tuple(sorted(found, key=lambda entity: (len(entity.caption), entity.id)))
    names = store.live_names()
    ranked = process.extract(
        anyascii(text),
        [anyascii(name) for _, name in names],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
        limit=limit,
    )
    ids = list(dict.fromkeys(names[position][0] for _, _, position in ranked))
    return tuple(store.entity(id) for id in ids)


def free_id(store: Store, list_id: str, name: str) -> str:
    """A readable id for a new entity that nobody on the list has."""
    stem = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:60] or "entity"
    for number in range(1, 10_000):
        candidate = stem if number == 1 else f"{stem}-{number}"
        try:
            store.entity(f"{list_id}:{candidate}")
        except NotFoundError:
            return candidate
    raise LookupError(stem)
