"""What the entities of a file show of it while they go by: names in a false encoding, entries of another list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.forms.published import PublishedList
from watchlist.lists.words.garbled import is_garbled
from watchlist.model import Entity

#: So many garbled names, and this share of the names that are no ASCII, are no slips of the authority's.
LEAST_GARBLED = 3
MOST_GARBLED = 0.5
#: Of fewer entities nothing can be told by the share of their programs.
LEAST_TOLD = 20


@dataclass(slots=True)
class Contents:
    """Counts of what went by."""

    #: The list that the entities are meant for, where it is known by name.
    published: PublishedList | None = None
    entities: int = 0
    #: Entities with a program that another list of the authority has.
    of_others: int = 0
    #: Names that are not plain ASCII, those of them that are garbled, and the first of these.
    foreign: int = 0
    garbled: int = 0
    example: str = ""

    def watch(self, entities: Iterable[Entity]) -> Iterator[Entity]:
        """The entities as they are, counted."""
        scope = self.published.scope if self.published else None
        for entity in entities:
            self.entities += 1
            self.of_others += scope is not None and not scope.programs.isdisjoint(entity.programs)
            for name in entity.names:
                if not name.text.isascii():
                    self._foreign(name.text)
            yield entity

    def _foreign(self, text: str) -> None:
        self.foreign += 1
        if is_garbled(text):
            self.garbled += 1
            self.example = self.example or text

    def check(self, list_id: str) -> None:
        """Raise SnapshotRejectedError when the file is not what it should be, once all has gone by."""
        if self.garbled >= LEAST_GARBLED and self.garbled > self.foreign * MOST_GARBLED:
            raise SnapshotRejectedError(
                list_id,
                f"{self.garbled:,} of {self.foreign:,} names that are not plain ASCII are garbled, such as"
                f" {self.example!r}: the file is not in the encoding that it declares; correct that in its first line",
            )
        scope = self.published.scope if self.published else None
        if scope is not None and self.entities >= LEAST_TOLD:
            share = self.of_others / self.entities
            if not scope.least <= share <= scope.most:
                raise SnapshotRejectedError(
                    list_id,
                    f"its programs are those of {scope.other}; give the file of {list_id}, or --accept takes it all"
                    " the same",
                )
