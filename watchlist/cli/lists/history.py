"""``watchlist lists history`` and ``watchlist lists diff``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation, parse_since
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.errors import UsageError
from watchlist.model import ChangeKind, ChangeNote, EntityChange, SnapshotHistory

#: Longer values are shown in part; JSON has them whole.
_LONG = 120


def history(
    context: typer.Context,
    list_id: ListId,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, the newest first.")] = 50,
) -> None:
    """Show the snapshots of a list and what each changed."""
    with invocation(context).store() as store:
        store.watched_list(list_id)
        found = store.list_history(list_id, limit)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        (
            Column("snapshot"),
            Column("version", spare=1),
            Column("fetched"),
            Column("entities"),
            Column("names", spare=2),
            Column("added"),
            Column("changed"),
            Column("removed"),
            Column("ids", words=True),
        ),
        [
            (
                str(each.id),
                each.snapshot.version,
                when(each.snapshot.fetched_at),
                str(each.snapshot.entity_count),
                str(each.snapshot.name_count),
                str(each.added),
                str(each.changed),
                str(each.removed),
                _ids(each),
            )
            for each in found
        ],
        none=f"{list_id} has no snapshot yet.",
    )


def diff(
    context: typer.Context,
    list_id: ListId,
    since: Annotated[str | None, typer.Option(help="What changed since: 7d, 2026-11-23.", metavar="T")] = None,
    before: Annotated[str | None, typer.Option("--from", help="After this snapshot (version or number).")] = None,
    after: Annotated[str | None, typer.Option("--to", help="Up to this snapshot; default: the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the entities that a list gained, lost or changed.

    By default since the snapshot before the newest.
    """
    from watchlist.app import now

    if since and (before or after):
        raise UsageError("give --since, or --from and --to, not both")
    with invocation(context).store() as store:
        held = store.watched_list(list_id)
        numbers = [store.snapshot_number(list_id, each) if each else None for each in (before, after)]
        if since is None and before is None and after is None and not held.own:
            past = store.list_history(list_id, 2)
            numbers = [past[1].id if len(past) > 1 else 0, None]
        found = store.list_changes(list_id, since=parse_since(since, now()), after=numbers[0], until=numbers[1])
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        (Column("change"), Column("entity"), Column("name", words=True), Column("what", words=True)),
        [(each.kind, each.entity_id, each.caption, _what(each)) for each in found],
        none="Nothing changed.",
    )


def _ids(history: SnapshotHistory) -> str:
    """What happened to the authority's ids."""
    counts = ((history.renumbered, "renumbered"), (history.reused, "reused"))
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _what(change: EntityChange) -> str:
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
