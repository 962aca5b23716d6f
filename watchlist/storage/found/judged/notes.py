"""What people wrote of subjects; a note stays with its entity, and is told of all that are one with that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, insert, or_, select

from watchlist.errors import NotFoundError
from watchlist.model import SubjectNote
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import entities, entity_groups, subject_notes


class NoteRows(Rows):
    """The notes on subjects."""

    def note_subject(self, note: SubjectNote) -> SubjectNote:
        """Keep a note, with the entity under the id that it has now; raises NotFoundError."""
        present = func.coalesce(entities.c.succeeded_by, entities.c.id)
        with self._writing() as connection:
            entity_id = connection.execute(select(present).where(entities.c.id == note.entity_id)).scalar()
            if entity_id is None:
                raise NotFoundError("entity", note.entity_id, "'watchlist entities search' finds it by its name")
            values = {"entity_id": entity_id, "at": note.at, "by": note.by, "text": note.text}
            return replace(note, entity_id=entity_id, id=insert_one(connection, insert(subject_notes).values(values)))

    def notes_on(self, entity_ids: Iterable[str]) -> tuple[SubjectNote, ...]:
        """The notes on these entities, under whichever ids, and on all that are one with them; the newest first."""
        wanted = list(entity_ids)
        present = select(func.coalesce(entities.c.succeeded_by, entities.c.id)).where(entities.c.id.in_(wanted))
        groups = select(entity_groups.c.group_id).where(entity_groups.c.entity_id.in_(present))
        members = select(entity_groups.c.entity_id).where(entity_groups.c.group_id.in_(groups))
        found = or_(subject_notes.c.entity_id.in_(present), subject_notes.c.entity_id.in_(members))
        statement = select(subject_notes).where(found).order_by(subject_notes.c.at.desc(), subject_notes.c.id.desc())
        with self._reading() as connection:
            return tuple(_note(row) for row in connection.execute(statement))

    def subject_notes(self, since: datetime | None = None) -> tuple[SubjectNote, ...]:
        """All notes on subjects, or those since a time, the oldest first."""
        statement = select(subject_notes).order_by(subject_notes.c.id)
        if since is not None:
            statement = statement.where(subject_notes.c.at >= since)
        with self._reading() as connection:
            return tuple(_note(row) for row in connection.execute(statement))


def _note(row: AnyRow) -> SubjectNote:
    return SubjectNote(row.entity_id, row.at, row.by, row.text, row.id)
