"""The values of one row of the generic CSV: taken strictly, or with a note where one is bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from watchlist.lists.forms.generic.cells import birth_date, identifier, split
from watchlist.lists.reading.notes import Noted, Notes
from watchlist.lists.words.days.date_cells import read_dates
from watchlist.model import Identifier

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of a row hold. A bad value is noted; where nobody takes notes it raises ValueError."""

    source_id: str
    notes: Notes | None

    def one(self, field: Noted, text: str, read: Callable[[str], _Value], missing: _Value | None) -> _Value | None:
        """One value, or what stands for none and for a bad one."""
        if not text:
            return missing
        self._count(field)
        try:
            return read(text)
        except ValueError as error:
            self._note(field, text, error)
            return missing

    def dates(self, cell: str) -> tuple[str, ...]:
        """Dates of birth; those that are not in the form are read as any list's are, where bad ones are noted."""
        found: list[str] = []
        for text in split(cell):
            self._count("birth_dates")
            try:
                found.append(birth_date(text))
            except ValueError as error:
                loose = read_dates(text)
                if loose.unread or self.notes is None:
                    self._note("birth_dates", text, error)
                found += loose.dates
        return tuple(found)

    def identifiers(self, cell: str) -> tuple[Identifier, ...]:
        """Identifiers; a bad one is kept as one of kind ``other``."""
        found = ((text, self.one("identifiers", text, identifier, None)) for text in split(cell))
        return tuple(good or Identifier("other", text) for text, good in found)

    def _count(self, field: Noted) -> None:
        if self.notes is not None:
            self.notes.read(field)

    def _note(self, field: Noted, text: str, error: ValueError) -> None:
        if self.notes is None:
            raise error
        self.notes.unread(field, self.source_id, text)
