"""Which cells of a list were read and which say something that could not be: counted while the list goes by.

A reader never refuses a list for one cell. It keeps the entity, notes the cell here, and `lists.guard` judges whether
there are too many.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from watchlist.model import CellCount

#: What is counted, named as in the model.
Noted = Literal["schema", "names", "countries", "birth_dates", "identifiers", "listed_on", "reference"]
#: Cells of each field that are kept to be shown.
_EXAMPLES = 10
_LONGEST = 120


class Notes:
    """The cells of one pass over a list."""

    def __init__(self) -> None:
        self._filled: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._examples: dict[str, list[tuple[str, str]]] = {}

    def clear(self) -> None:
        """Begin another pass."""
        for counted in (self._filled, self._unread, self._examples):
            counted.clear()

    def read(self, field: Noted) -> None:
        """A cell was read, or looked at in vain and then also noted."""
        self._filled[field] += 1

    def unread(self, field: Noted, source_id: str, text: str) -> None:
        """A cell of an entity could not be read; to be called besides `read`."""
        self._unread[field] += 1
        examples = self._examples.setdefault(field, [])
        if len(examples) < _EXAMPLES:
            examples.append((source_id, text[:_LONGEST]))

    def counts(self) -> tuple[CellCount, ...]:
        """The fields of whose cells some could not be read, the most first."""
        return tuple(
            CellCount(field, max(self._filled[field], count), count, tuple(self._examples[field]))
            for field, count in self._unread.most_common()
        )
