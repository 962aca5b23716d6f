"""What changed about an entity between two states of its list, and several changes folded into one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from watchlist.model import ChangeKind, ChangeNote, Entity, EntityChange, Identifier, Name
from watchlist.subjects.continuity import is_same

#: What is compared, as named in the model.
_FIELDS = (
    *("schema", "names", "countries", "birth_dates", "birth_places", "identifiers", "programs", "designations"),
    *("addresses", "linked_to", "listed_on", "reference", "remarks", "url"),
)
#: A change to one of these may find other articles.
_MATCHED = frozenset({"schema", "names", "identifiers"})

#: Each field that differs, with its values before and after.
Fields = dict[str, tuple[list[str], list[str]]]


@dataclass(frozen=True, slots=True)
class Touched:
    """One entity that a list gained, lost or describes in another way, before it is stored."""

    entity_id: str
    kind: ChangeKind
    caption: str
    fields: Fields
    note: ChangeNote | None = None
    other_id: str | None = None

    @property
    def matches_anew(self) -> bool:
        """Whether articles that did not mention it before may do so now."""
        if self.kind is ChangeKind.ADDED and self.note is not ChangeNote.RENUMBERED:
            return True
        return not _MATCHED.isdisjoint(self.fields)


def compare(former: Entity | None, entity: Entity, *, listed: bool, ids_by_authority: bool) -> Touched:
    """What a list says anew of an entity, ``former`` being what its id named before.

    ``listed`` says whether that is on the list still. Where an authority gives the ids, an id may have been given to
    somebody else: then the note is ``reused``, and who keeps the former entity fills in where.
    """
    if former is not None and ids_by_authority and not is_same(former, entity):
        kind = ChangeKind.CHANGED if listed else ChangeKind.ADDED
        return Touched(entity.id, kind, entity.caption, differences(former, entity), ChangeNote.REUSED)
    if former is not None and listed:
        return Touched(entity.id, ChangeKind.CHANGED, entity.caption, differences(former, entity))
    return Touched(entity.id, ChangeKind.ADDED, entity.caption, {})


def note_renumbered(
    touched: Sequence[Touched], pairs: Mapping[str, str], gone: Iterable[Entity], come: Iterable[Entity]
) -> list[Touched]:
    """The changes with those marked that only gave an entity another id; ``pairs`` leads from old ids to new ones."""
    former = {pairs[entity.id]: entity for entity in gone if entity.id in pairs}
    fields = {entity.id: differences(former[entity.id], entity) for entity in come if entity.id in former}
    for each in fields.values():
        # It has the id in it.
        each.pop("url", None)
    others = {**pairs, **{new: old for old, new in pairs.items()}}
    return [
        replace(
            each, note=ChangeNote.RENUMBERED, other_id=others[each.entity_id], fields=fields.get(each.entity_id, {})
        )
        if each.entity_id in others
        else each
        for each in touched
    ]


def differences(before: Entity, after: Entity) -> Fields:
    """Each field in which two descriptions of an entity differ, with its values in both."""
    found: Fields = {}
    for field in _FIELDS:
        old, new = _values(before, field), _values(after, field)
        if old != new:
            found[field] = (old, new)
    if "names" not in found and before.names != after.names:
        # Only what else is known of them differs.
        found["names"] = ([_in_full(name) for name in before.names], [_in_full(name) for name in after.names])
    return found


def brought(
    before: Mapping[str, Entity], come: Iterable[Entity], at: datetime, *, replace: bool
) -> tuple[EntityChange, ...]:
    """What entities that come to a list of the user's change of it; with ``replace`` those that do not come go."""
    found: list[EntityChange] = []
    seen: set[str] = set()
    for entity in come:
        seen.add(entity.source_id)
        former = before.get(entity.source_id)
        if former is None:
            found.append(EntityChange(entity.id, ChangeKind.ADDED, entity.caption, at))
        elif differing := differences(former, entity):
            fields = tuple((field, tuple(old), tuple(new)) for field, (old, new) in differing.items())
            found.append(EntityChange(entity.id, ChangeKind.CHANGED, entity.caption, at, fields))
    gone = [former for source_id, former in before.items() if replace and source_id not in seen]
    found += [EntityChange(former.id, ChangeKind.REMOVED, former.caption, at) for former in gone]
    return tuple(found)


def fold(rows: Iterable[EntityChange]) -> tuple[EntityChange, ...]:
    """Several changes of each entity, in order of time, as one; what was undone again is left out."""
    folded: dict[str, EntityChange] = {}
    for row in rows:
        earlier = folded.pop(row.entity_id, None)
        both = _together(earlier, row) if earlier is not None else row
        if both is not None:
            folded[row.entity_id] = both
    return tuple(folded[id] for id in sorted(folded))


def _values(entity: Entity, field: str) -> list[str]:
    value: Any = getattr(entity, field)
    if value is None:
        return []
    if isinstance(value, tuple):
        return [_text(each) for each in value]
    return [str(value)]


def _text(value: object) -> str:
    if isinstance(value, Name):
        return f"{value.text} ({_strength(value)})"
    if isinstance(value, Identifier):
        return f"{value.kind}/{value.detail}:{value.value}" if value.detail else f"{value.kind}:{value.value}"
    return str(value)


def _strength(name: Name) -> str:
    return f"weak {name.kind}" if name.weak else str(name.kind)


def _in_full(name: Name) -> str:
    known = [_strength(name), name.lang, name.script]
    known += [f"{kind} {text}" for kind, text in (("given", name.given), ("family", name.family), *name.parts) if text]
    return f"{name.text} ({', '.join(each for each in known if each)})"


def _together(earlier: EntityChange, later: EntityChange) -> EntityChange | None:
    added, changed, removed = ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED
    noted = later if later.note is not None else earlier
    note, other_id = noted.note, noted.other_id
    if earlier.kind is added:
        if later.kind is removed and ChangeNote.REUSED not in (earlier.note, later.note):
            return None
        kind = removed if later.kind is removed else added
        return EntityChange(
            entity_id=later.entity_id, kind=kind, caption=later.caption, at=earlier.at, note=note, other_id=other_id
        )
    if later.kind is removed or later.note is ChangeNote.REUSED:
        return later
    if earlier.kind is removed:
        # Back on the list: what changed meanwhile was not compared.
        return replace(later, kind=changed, fields=(), note=None, other_id=None) if later.fields else None
    merged = {field: (before, after) for field, before, after in earlier.fields}
    for field, before, after in later.fields:
        merged[field] = (merged.get(field, (before, after))[0], after)
    fields = tuple((field, *pair) for field, pair in merged.items() if pair[0] != pair[1])
    if not fields and note is None:
        return None
    return replace(later, kind=changed, fields=fields, note=note, other_id=other_id)
