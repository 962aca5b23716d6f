"""Whether a list that was read in full may replace the last good snapshot: a pure decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.forms.published import PublishedList
from watchlist.model import CellCount, Snapshot

#: A list that loses more than this share of its entities or names at once is taken for damaged.
MAX_SHRINK = 0.20
#: From this many entities on it is no accident that those gone are the last of the file.
LEAST_CUT = 2
#: More than this share of the cells of a field that can't be read is a fault of the file, not of some cells; fewer than
#: so many cells are not counted in shares.
MAX_UNREAD = 0.05
LEAST_UNREAD = 5
#: A field that this share of the entities had is not given up by an authority from one day to the next.
LEAST_FILLED = 0.05


@dataclass(frozen=True, slots=True)
class SnapshotCounts:
    """What was counted while a list was read."""

    list_id: str
    entities: int
    names: int
    #: The number of entities the list itself states; None where it states none.
    declared: int | None = None
    #: The form that was read.
    form: str = ""
    #: How many entities have something in each field of theirs.
    filled: Mapping[str, int] = field(default_factory=dict)
    #: How many entities are new, and the ids of those that are gone.
    added: int = 0
    gone: frozenset[str] = frozenset()
    #: The fields of whose cells some could not be read.
    cells: tuple[CellCount, ...] = ()


def check(previous: Snapshot | None, counts: SnapshotCounts, published: PublishedList | None = None) -> None:
    """Raise SnapshotRejectedError when a snapshot must not replace ``previous``; the reason is a sentence.

    Refused: nothing in it; another number of entities than the list itself declares; more than `MAX_SHRINK` of the
    entities or of the names gone; nothing new and the last entities of the file before gone, as where it was cut off; a
    field that many had and none has any more, read from the same form; a field of which more than `MAX_UNREAD` of the
    cells could not be read. Pass ``published`` for a download of the
    authority's own files only: then the list's minimum count holds as well.
    """
    if counts.entities == 0:
        raise SnapshotRejectedError(counts.list_id, "it has no entities")
    if counts.declared is not None and counts.declared != counts.entities:
        raise SnapshotRejectedError(
            counts.list_id, f"it declares {counts.declared:,} entities, but {counts.entities:,} were read"
        )
    if published is not None and counts.entities < published.minimum_entities:
        raise SnapshotRejectedError(
            counts.list_id, f"{counts.entities:,} entities, expected at least {published.minimum_entities:,}"
        )
    _check_cells(counts)
    if previous is None:
        return
    for noun, before, now in (
        ("entities", previous.entity_count, counts.entities),
        ("names", previous.name_count, counts.names),
    ):
        if now < before * (1 - MAX_SHRINK):
            raise SnapshotRejectedError(
                counts.list_id,
                f"it shrank from {before:,} to {now:,} {noun}, more than {MAX_SHRINK:.0%} at once",
            )
    _check_end(previous, counts)
    if counts.form == previous.form:
        # Another form, such as an extract in place of the full file, may well have fewer fields.
        _check_fields(previous, counts)


def _check_cells(counts: SnapshotCounts) -> None:
    """Some cells that say what nobody can read are the authority's; many are another form than we know."""
    for cell in counts.cells:
        if cell.unread >= LEAST_UNREAD and cell.share > MAX_UNREAD:
            first = f"{cell.examples[0][1]!r} of {cell.examples[0][0]}" if cell.examples else ""
            raise SnapshotRejectedError(
                counts.list_id,
                f"{cell.unread:,} of {cell.filled:,} cells of {cell.field.replace('_', ' ')} cannot be read"
                f" ({cell.share:.0%}, more than {MAX_UNREAD:.0%}), the first of them {first}; --accept takes the list"
                " without them",
            )


def _check_end(previous: Snapshot, counts: SnapshotCounts) -> None:
    """Some forms state no count and have no end: such a file, cut between two rows, only lacks the last entities."""
    lost = len(counts.gone)
    if counts.added or lost < LEAST_CUT or not previous.tail:
        return
    if counts.gone >= set(previous.tail[-lost:]):
        raise SnapshotRejectedError(
            counts.list_id,
            f"it has nothing new, and what it lacks are the last {lost:,} entities of the file before: it may be cut"
            " off; the last good one stays",
        )


def _check_fields(previous: Snapshot, counts: SnapshotCounts) -> None:
    """A field that many entities had and none has now: the list's form has changed, and we would lose it in silence."""
    for name, before in previous.filled:
        if before >= previous.entity_count * LEAST_FILLED and not counts.filled.get(name):
            raise SnapshotRejectedError(
                counts.list_id,
                f"no entity has {name.replace('_', ' ')} any more, {before:,} had: its form may have changed;"
                " the last good one stays",
            )
