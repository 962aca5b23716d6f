"""Whether a list that was read in full may replace the last good snapshot: a pure decision."""

from __future__ import annotations

from dataclasses import dataclass

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.registry import Authority
from watchlist.model import Snapshot

#: A list that loses more than this share of its entities or names at once is taken for damaged.
MAX_SHRINK = 0.20


@dataclass(frozen=True, slots=True)
class SnapshotCounts:
    """What was counted while a list was read."""

    list_id: str
    entities: int
    names: int
    #: The number of entities the list itself states; None where it states none.
    declared: int | None = None


def check(previous: Snapshot | None, counts: SnapshotCounts, authority: Authority | None = None) -> None:
    """Raise SnapshotRejectedError when a snapshot must not replace ``previous``; the reason is a sentence.

    Refused: nothing in it; another number of entities than the list itself declares; more than `MAX_SHRINK` of the
    entities or of the names gone. Pass ``authority`` for a download of its own files only: then its minimum count holds
    as well.
    """
    if counts.entities == 0:
        raise SnapshotRejectedError(counts.list_id, "it has no entities")
    if counts.declared is not None and counts.declared != counts.entities:
        raise SnapshotRejectedError(
            counts.list_id, f"it declares {counts.declared:,} entities, but {counts.entities:,} were read"
        )
    if authority is not None and counts.entities < authority.minimum_entities:
        raise SnapshotRejectedError(
            counts.list_id, f"{counts.entities:,} entities, expected at least {authority.minimum_entities:,}"
        )
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
