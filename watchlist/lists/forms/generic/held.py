"""A list of the user's while a file updates it: ids that the file leaves out, and what it has no column for."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import replace

from anyascii import anyascii

from watchlist.model import Entity, Name, NameOrigin, Schema

#: The columns whose cells are fields of the model under the same name.
_FIELDS = (
    *("programs", "countries", "birth_dates", "identifiers", "birth_places", "designations", "addresses", "linked_to"),
    *("listed_on", "reference", "url", "remarks"),
)
_LONGEST_ID = 60


class OwnList:
    """What a list holds, asked for while the rows of a file go by."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Names that the user gave besides are no part of it: no file changes them."""
        self.entities = {each.source_id: own_names_only(each) for each in entities}
        self._named: defaultdict[str, deque[str]] = defaultdict(deque)
        for source_id in sorted(self.entities):
            self._named[self.entities[source_id].caption.casefold()].append(source_id)
        self._taken = set(self.entities)

    def schema(self, source_id: str) -> Schema:
        """The schema of an entity of which a file says none."""
        known = self.entities.get(source_id)
        return known.schema if known else Schema.LEGAL_ENTITY

    def id_of(self, name: str) -> str:
        """The id of a row that has none: that of the entity of this name, else a new one made of the name.

        Several rows of one name are the entities of that name in the order of their ids, so that the same file read
        again changes nothing.
        """
        named = self._named[name.casefold()]
        return named.popleft() if named else self._free(name)

    def merged(self, entity: Entity, columns: Collection[str]) -> Entity:
        """The entity of a row, with what is held of it where the file has no column."""
        known = self.entities.get(entity.source_id)
        if known is None:
            return entity
        kept = {field: getattr(known, field) for field in _FIELDS if field not in columns}
        names = entity.names if "aliases" in columns else (entity.names[0], *_others(known, entity.names[0]))
        if "name_parts" not in columns:
            by_text = {name.text: name for name in known.names}
            names = tuple(_with_parts(name, by_text.get(name.text)) for name in names)
        return replace(entity, names=names, **kept)

    def _free(self, name: str) -> str:
        stem = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:_LONGEST_ID] or "entity"
        number = 1
        while (candidate := stem if number == 1 else f"{stem}-{number}") in self._taken:
            number += 1
        self._taken.add(candidate)
        return candidate


def own_names_only(entity: Entity) -> Entity:
    """An entity without the names that the user or the press set gave it."""
    return replace(entity, names=tuple(name for name in entity.names if name.origin is NameOrigin.AUTHORITY))


def _others(known: Entity, primary: Name) -> tuple[Name, ...]:
    return tuple(name for name in known.names[1:] if name.text != primary.text)


def _with_parts(name: Name, known: Name | None) -> Name:
    """A name with what is known of the parts, the language and the script of the same text."""
    if known is None:
        return name
    return replace(
        name,
        given=known.given,
        family=known.family,
        parts=known.parts,
        lang=name.lang or known.lang,
        script=known.script,
    )
