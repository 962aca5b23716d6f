"""Looking entities up by name, as a person does who knows roughly what it is."""

from __future__ import annotations

import re

from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from watchlist.errors import NotFoundError
from watchlist.model import Entity
from watchlist.ports import SearchStore

#: Below this rapidfuzz score (0 to 100) two names no longer look alike.
_ALIKE = 82.0


def search_entities(store: SearchStore, text: str, limit: int) -> tuple[Entity, ...]:
    """Entities with a name that holds all words of ``text``, the nearest first; if there are none, names much like it.

    Nearest is the name itself, then one that has the words as words, then one that only holds their letters.
    """
    wanted = _words(text)
    if not wanted:
        return ()
    names = store.live_names()
    ranks: dict[str, tuple[int, int, str]] = {}
    for id, name in names:
        rank = _rank(wanted, _words(name), id)
        if rank is not None and rank < ranks.get(id, (9, 0, "")):
            ranks[id] = rank
    ids = sorted(ranks, key=ranks.__getitem__) or _alike(text, names, limit)
    return tuple(store.entity(id) for id in ids[:limit])


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", anyascii(text).lower()))


def _rank(wanted: tuple[str, ...], words: tuple[str, ...], id: str) -> tuple[int, int, str] | None:
    if sorted(wanted) == sorted(words):
        return 0, 0, id
    if set(wanted) <= set(words):
        return 1, len(words), id
    joined = " ".join(words)
    return (2, len(words), id) if all(word in joined for word in wanted) else None


def _alike(text: str, names: tuple[tuple[str, str], ...], limit: int) -> list[str]:
    ranked = process.extract(
        anyascii(text),
        [anyascii(name) for _, name in names],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
        limit=limit,
    )
    return list(dict.fromkeys(names[position][0] for _, _, position in ranked))


def free_id(store: SearchStore, list_id: str, name: str) -> str:
    """A readable id for a new entity that nobody on the list has."""
    stem = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:60] or "entity"
    for number in range(1, 10_000):
        candidate = stem if number == 1 else f"{stem}-{number}"
        try:
            store.entity(f"{list_id}:{candidate}")
        except NotFoundError:
            return candidate
    raise LookupError(stem)
