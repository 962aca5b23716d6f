"""Entities with their names and identifiers, read back; `writing` stores them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select

from watchlist.alerts.occasion import listing_note
from watchlist.errors import NotFoundError
from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema, Standing
from watchlist.storage.database.rows import CHUNK, AnyRow, Rows
from watchlist.storage.database.tables import entities, identifiers, lists, names

#: Columns of `entities` that hold one tuple of strings each, named as in the model.
TUPLES = ("countries", "birth_dates", "birth_places", "programs", "designations", "addresses", "linked_to")


class EntityRows(Rows):
    """The entities of all lists."""

    def entity(self, entity_id: str) -> Entity:
        """One entity, on its list or taken off it; raises NotFoundError."""
        with self._reading() as connection:
            for found in read_entities(connection, entities.c.id == entity_id):
                return found
        raise NotFoundError("entity", entity_id, "'watchlist entities search TEXT' finds ids")

    def standing(self, entity_id: str) -> Standing:
        """Since when an entity is on its list, and under which ids; raises NotFoundError."""
        with self._reading() as connection:
            row = connection.execute(select(entities).where(entities.c.id == entity_id)).first()
            before = select(entities.c.id).where(entities.c.succeeded_by == entity_id).order_by(entities.c.id)
            formerly = tuple(connection.execute(before).scalars())
        if row is None:
            raise NotFoundError("entity", entity_id, "'watchlist entities search TEXT' finds ids")
        return Standing(row.first_seen_at, row.changed_at, row.removed_at, row.succeeded_by, formerly)

    def live_entities(self, list_id: str | None = None) -> Iterator[Entity]:
        """The entities now on one list, or on all lists that are switched on; streamed within one transaction."""
        condition = screened_for()
        if list_id is not None:
            condition = and_(entities.c.removed_at.is_(None), entities.c.list_id == list_id)
        with self._reading() as connection:
            yield from read_entities(connection, condition)

    def listing_notes(self, entity_ids: tuple[str, ...]) -> dict[str, str]:
        """For entities that are found by looking back, why they come now: new on the list, or under a new name."""
        statement = select(entities.c.id, entities.c.listed_on, entities.c.first_seen_at, entities.c.changed_at)
        notes = {}
        with self._reading() as connection:
            for row in connection.execute(statement.where(entities.c.id.in_(entity_ids))):
                notes[row.id] = listing_note(row.listed_on, row.first_seen_at, row.changed_at)
        return notes

    def listed_since(self) -> dict[str, datetime]:
        """Since when each entity that is screened for is on its list as it is now: new there, or changed."""
        statement = select(entities.c.id, entities.c.first_seen_at, entities.c.changed_at).where(screened_for())
        with self._reading() as connection:
            return {row.id: max(row.first_seen_at, row.changed_at) for row in connection.execute(statement)}

    def live_names(self) -> tuple[tuple[str, str], ...]:
        """Each name on a list with its entity's id, for a search that tolerates misspelling."""
        statement = (
            select(names.c.entity_id, names.c.text)
            .join(entities, entities.c.id == names.c.entity_id)
            .where(_on_a_list())
        )
        with self._reading() as connection:
            return tuple((row.entity_id, row.text) for row in connection.execute(statement))


def read_entities(connection: Connection, condition: ColumnElement[bool], limit: int | None = None) -> Iterator[Entity]:
    """The entities that fulfil a condition, in the order of their ids, with names and identifiers."""
    statement = select(entities).where(condition).order_by(entities.c.list_id, entities.c.id).limit(limit)
    result = connection.execute(statement.execution_options(yield_per=CHUNK))
    for part in result.partitions(CHUNK):
        ids = [row.id for row in part]
        given: dict[str, list[Name]] = {id: [] for id in ids}
        for row in connection.execute(
            select(names)
            .where(names.c.entity_id.in_(ids))
            .order_by(names.c.entity_id, names.c.origin != NameOrigin.AUTHORITY, names.c.position, names.c.id)
        ):
            name = _name_from_row(row)
            if name.origin == NameOrigin.AUTHORITY or _is_new(name, given[row.entity_id]):
                given[row.entity_id].append(name)
        numbers: dict[str, list[Identifier]] = {id: [] for id in ids}
        for row in connection.execute(
            select(identifiers)
            .where(identifiers.c.entity_id.in_(ids))
            .order_by(identifiers.c.entity_id, identifiers.c.position, identifiers.c.id)
        ):
            numbers[row.entity_id].append(Identifier(row.kind, row.value, row.detail))
        for row in part:
            yield _from_row(row, tuple(given[row.id]), tuple(numbers[row.id]))


def _from_row(row: AnyRow, given: tuple[Name, ...], numbers: tuple[Identifier, ...]) -> Entity:
    return Entity(
        list_id=row.list_id,
        source_id=row.source_id,
        schema=Schema(row.schema),
        names=given,
        identifiers=numbers,
        listed_on=row.listed_on,
        reference=row.reference,
        remarks=row.remarks,
        url=row.url,
        **{column: tuple(getattr(row, column)) for column in TUPLES},
    )


def _name_from_row(row: AnyRow) -> Name:
    return Name(
        text=row.text,
        kind=NameKind(row.kind),
        lang=row.lang,
        given=row.given,
        family=row.family,
        origin=NameOrigin(row.origin),
        script=row.script,
        parts=tuple((kind, text) for kind, text in row.parts or ()),
        weak=row.weak,
    )


def _is_new(name: Name, others: list[Name]) -> bool:
    """Whether a name that is not the authority's adds to those before it: the authority may have taken it up since."""
    return all(name.text.casefold() != other.text.casefold() for other in others)


def screened_for() -> ColumnElement[bool]:
    """Of an entity: that it is on its list, and that the list is switched on."""
    switched_on = select(lists.c.id).where(lists.c.enabled, ~lists.c.disabled, lists.c.removed_at.is_(None))
    return and_(entities.c.removed_at.is_(None), entities.c.list_id.in_(switched_on))


def _on_a_list() -> ColumnElement[bool]:
    """Of an entity: that its list holds it, and that the list itself was not taken away."""
    there = select(lists.c.id).where(lists.c.removed_at.is_(None))
    return and_(entities.c.removed_at.is_(None), entities.c.list_id.in_(there))


def live_entity(connection: Connection, entity_id: str) -> AnyRow:
    """The id and list of an entity that is on its list; raises NotFoundError."""
    row = connection.execute(
        select(entities.c.id, entities.c.list_id).where(entities.c.id == entity_id, entities.c.removed_at.is_(None))
    ).first()
    if row is None:
        raise NotFoundError("entity", entity_id, "'watchlist entities search TEXT' finds ids")
    return row
