"""What a list holds, counted: names by kind and script, identifiers by kind, fields that are filled."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from watchlist.model import ListContents
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import entities, identifiers, names
from watchlist.storage.listed.entities import TUPLES

_TEXTS = ("listed_on", "reference", "remarks", "url")


class ContentRows(Rows):
    """The contents of lists."""

    def list_contents(self, list_id: str) -> ListContents:
        """What a list holds now, the most first; names that the user or the press gave are among them."""
        live = and_(entities.c.list_id == list_id, entities.c.removed_at.is_(None))
        with self._reading() as connection:
            named = connection.execute(
                select(names.c.kind, names.c.weak, names.c.script, func.count().label("n"))
                .join(entities, entities.c.id == names.c.entity_id)
                .where(live)
                .group_by(names.c.kind, names.c.weak, names.c.script)
            ).all()
            numbered = connection.execute(
                select(identifiers.c.kind, func.count().label("n"))
                .join(entities, entities.c.id == identifiers.c.entity_id)
                .where(live)
                .group_by(identifiers.c.kind)
            ).all()
            with_numbers = connection.execute(
                select(func.count(identifiers.c.entity_id.distinct()))
                .join(entities, entities.c.id == identifiers.c.entity_id)
                .where(live)
            ).scalar_one()
            schemas = connection.execute(
                select(entities.c.schema, func.count().label("n")).where(live).group_by(entities.c.schema)
            ).all()
            filled = connection.execute(select(*(_filled(field) for field in (*TUPLES, *_TEXTS))).where(live)).one()
        fields = {**filled._asdict(), "identifiers": with_numbers}
        return ListContents(
            names=tuple(sorted(((row.kind, row.weak, row.script, row.n) for row in named), key=lambda each: -each[3])),
            identifiers=tuple(sorted(((row.kind, row.n) for row in numbered), key=lambda each: -each[1])),
            schemas=tuple(sorted(((row.schema, row.n) for row in schemas), key=lambda each: -each[1])),
            fields=tuple(sorted(((field, n or 0) for field, n in fields.items()), key=lambda each: -each[1])),
        )


def _filled(field: str) -> ColumnElement[int]:
    column = entities.c[field]
    there = func.json_array_length(column) > 0 if field in TUPLES else and_(column.is_not(None), column != "")
    return func.count().filter(there).label(field)
