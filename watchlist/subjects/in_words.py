"""What changed about an entity, and which cells of a list could not be read, in words."""

from __future__ import annotations

from watchlist.model import CellCount, ChangeKind, ChangeNote, EntityChange

#: Longer values are shown in part; JSON has them whole.
_LONG = 120


def what_changed(change: EntityChange) -> str:
    """What became of the id, and each field with what went and what came."""
    parts = []
    if change.note is ChangeNote.RENUMBERED:
        parts.append(f"{'is now' if change.kind is ChangeKind.REMOVED else 'was'} {change.other_id}")
    elif change.note is ChangeNote.REUSED:
        parts.append(f"the id names another entity; the former one is kept as {change.other_id}")
    for field, before, after in change.fields:
        gone = [value for value in before if value not in after]
        come = [value for value in after if value not in before]
        if len(gone) == len(come) == 1:
            gone, come = _where_they_differ(gone[0], come[0])
        told = [*(f"-{_short(value)}" for value in gone), *(f"+{_short(value)}" for value in come)]
        parts.append(f"{field.replace('_', ' ')}: {' '.join(told) or 'in another order'}")
    return "; ".join(parts)


def _where_they_differ(before: str, after: str) -> tuple[list[str], list[str]]:
    """Of two long texts what stands from the word on in which they begin to differ."""
    common = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    same = before[:common].rpartition(" ")[0]
    if len(before) + len(after) <= _LONG or not same:
        return [before], [after]
    return [f"…{before[len(same) :]}"], [f"…{after[len(same) :]}"]


def _short(value: str) -> str:
    return value if len(value) <= _LONG else value[:_LONG].rstrip() + " …"


def not_read(cell: CellCount) -> str:
    """How many cells of a field could not be read: ``3 of 1,204 birth dates``."""
    return f"{cell.unread:,} of {cell.filled:,} {cell.field.replace('_', ' ')}"


def cells_not_read(count: int) -> str:
    """How many cells could not be read, in words."""
    return f"{count:,} cell{'' if count == 1 else 's'} not read"
