"""Entries of a list that have the id of another."""

from __future__ import annotations

from dataclasses import replace

from watchlist.lists.reading.notes import Notes
from watchlist.model import Entity


class Doubles:
    """Tells the entries of one pass over a list apart.

    An authority's slip in one id costs no list. What is said twice stands once. Another entry under the same id is
    another entity, since nobody can tell whether it is: it gets the id with ``~2`` behind it, and a note.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._taken: set[str] = set()
        #: By stated id, what was said under it.
        self._said: dict[str, list[int]] = {}

    def told_apart(self, entity: Entity) -> Entity | None:
        """The entity under an id of its own; None where all of it was said before."""
        stated, says = entity.source_id, hash(entity)
        self._notes.read("reference")
        before = self._said.setdefault(stated, [])
        if before:
            self._notes.unread("reference", stated, f"{stated}, once more")
            if says in before:
                return None
        before.append(says)
        own, number = stated, 1
        while own in self._taken:
            number += 1
            own = f"{stated}~{number}"
        self._taken.add(own)
        return entity if own == stated else replace(entity, source_id=own)
