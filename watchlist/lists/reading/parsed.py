"""A list file that was recognised, with what it says about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from watchlist.errors import ListParseError
from watchlist.lists.reading.doubles import Doubles
from watchlist.lists.reading.notes import Notes
from watchlist.model import Entity

#: How far the readers are. Raise it when they understand more of the same files: then a list is read again although its
#: file has not changed.
READING = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says about itself."""

    #: What the list calls this state; None where it says nothing.
    version: str | None = None
    published_at: datetime | None = None
    #: The number of entities the list itself states.
    declared_count: int | None = None

    @classmethod
    def on(cls, published: datetime, declared_count: int | None = None) -> Self:
        """A file that is known by the day it was published on."""
        return cls(published.date().isoformat(), published, declared_count)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """One state of a list. The head is read; the entities stream whenever they are asked for."""

    list_id: str
    #: Which form was recognised, by its id.
    form: str
    #: SHA-256 over the content after decompression, so that a file and its gzip are the same state.
    sha256: str
    #: Opens the file and yields its entities; called once for each pass.
    open_entities: Callable[[], Iterator[Entity]]
    #: The authority's page on an entity, from its id, for those that name no page themselves.
    url_of: Callable[[str], str | None]
    #: As in `Stated`.
    version: str | None = None
    published_at: datetime | None = None
    declared_count: int | None = None
    #: What was taken although it is doubtful, in words; whole when the entities have gone by.
    doubts: list[str] = field(default_factory=list)
    #: The cells that could not be read, known when the entities have gone by.
    notes: Notes = field(default_factory=Notes)

    def entities(self) -> Iterator[Entity]:
        """Every entity in the file's order, one at a time, each with an id of its own.

        Raises ListParseError when the file turns out damaged, which may be at its very end, or when the number of
        entities is not the declared one: store nothing for good before the iterator is exhausted.
        """
        count = 0
        self.doubts.clear()
        self.notes.clear()
        doubles = Doubles(self.notes)
        for stated in self.open_entities():
            count += 1
            entity = replace(stated, url=self.url_of(stated.source_id)) if stated.url is None else stated
            if (own := doubles.told_apart(entity)) is not None:
                yield own
        if self.declared_count is not None and count != self.declared_count:
            raise ListParseError(
                self.list_id,
                f"the file declares {self.declared_count:,} entities but holds {count:,}",
            )
