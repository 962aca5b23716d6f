"""States of a list, and what changes from one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells of one field were read, and how many say something that could not be read."""

    #: The entity's field that they belong to, such as ``birth_dates``.
    field: str
    filled: int
    unread: int
    #: The first of those not read: the authority's id, and the cell.
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def share(self) -> float:
        """The share of cells not read."""
        return self.unread / self.filled if self.filled else 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One accepted state of a list."""

    list_id: str
    #: What tells this state from others: the publication date where the list states one, else a prefix of the SHA-256.
    version: str
    published_at: datetime | None
    fetched_at: datetime
    sha256: str
    entity_count: int
    name_count: int
    #: The form it was read from, such as ``ofac_csv``.
    form: str = ""
    #: How many entities have something in each field of theirs.
    filled: tuple[tuple[str, int], ...] = ()
    #: The ids at the end of the file, in its order.
    tail: tuple[str, ...] = ()
    #: The fields of whose cells some could not be read; their entities are kept without them.
    cells: tuple[CellCount, ...] = ()
    #: How far the readers were by which it was read.
    reading: int = 1

    @property
    def unread(self) -> int:
        """How many cells could not be read."""
        return sum(each.unread for each in self.cells)


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How a list is taken in."""

    #: Entities that do not come stay on the list.
    keep_others: bool = False
    #: Articles stored within this time are put in the queue to be screened for what is new; None means none.
    look_back: timedelta | None = None
    #: The channels that are told of a change.
    announce_to: tuple[str, ...] = ()
    #: Whether an authority gives the ids, who may give an entity another one, or an entity's to somebody else. A user
    #: may give ids of a list of their own to whom they like.
    ids_by_authority: bool = False


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a sync or an import did to a list, in numbers of entities."""

    list_id: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    name_count: int = 0
    #: How many entities have something in each field of theirs.
    filled: tuple[tuple[str, int], ...] = ()
    #: Old and new id of each entity that was only given another id; also counted as removed and as added.
    renumbered: tuple[tuple[str, str], ...] = ()
    #: Each id that names another entity now, and the id under which the former one is kept; also counted as changed
    #: or, where it had been off the list, as added.
    reused: tuple[tuple[str, str], ...] = ()
    #: The ids at the end of what was read, in its order, and those that are gone.
    tail: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    #: What was taken although it is doubtful, in words.
    doubts: tuple[str, ...] = ()

    @property
    def entity_count(self) -> int:
        """Entities on the list afterwards."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class KeptImport:
    """What is kept of an import into a list of the user's, for it to be undone."""

    number: int
    #: The entities that it changed or took off as they were before, in the generic CSV form.
    content: str
    #: The ids that it added; None where the content is all that the list held.
    added: tuple[str, ...] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ListContents:
    """What a list holds, in numbers."""

    #: By kind, weakness and script of the name.
    names: tuple[tuple[str, bool, str | None, int], ...]
    #: By kind.
    identifiers: tuple[tuple[str, int], ...]
    #: By schema.
    schemas: tuple[tuple[str, int], ...]
    #: How many entities have something in each field.
    fields: tuple[tuple[str, int], ...]

    @property
    def by_kind(self) -> tuple[tuple[str, int], ...]:
        """Names by what they are to their entity, the most first."""
        return _summed((f"weak {kind}" if weak else kind, n) for kind, weak, _, n in self.names)

    @property
    def by_script(self) -> tuple[tuple[str, int], ...]:
        """Names by script, the most first."""
        return _summed((script or "none", n) for _, _, script, n in self.names)


def _summed(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    summed: Counter[str] = Counter()
    for what, count in counts:
        summed[what] += count
    return tuple(summed.most_common())


class ChangeKind(StrEnum):
    """What happened to an entity on its list."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class ChangeNote(StrEnum):
    """What a change means for the authority's id."""

    #: The same entity under another id: one change of the old id, one of the new.
    RENUMBERED = "renumbered"
    #: The id names another entity now.
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity that a list gained, lost or describes in another way."""

    entity_id: str
    kind: ChangeKind
    caption: str
    at: datetime
    #: For a change, each field that differs: its values before and after.
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    note: ChangeNote | None = None
    #: Of an entity that was renumbered its other id; of an id that was reused where the former entity is kept.
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class SnapshotHistory:
    """One accepted state of a list, and what it changed against the one before."""

    id: int
    snapshot: Snapshot
    added: int
    changed: int
    removed: int
    #: How many of those added have only been given another id, and how many ids name another entity.
    renumbered: int = 0
    reused: int = 0
