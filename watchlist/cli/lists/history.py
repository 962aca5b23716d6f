"""``watchlist lists history`` and ``watchlist lists diff``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from watchlist.answers.listed import changes_json, history_json
from watchlist.cli.shared.changes import complain_not_read
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.errors import UsageError
from watchlist.model import Snapshot, SnapshotHistory
from watchlist.steps.asked.times import parse_since
from watchlist.subjects.in_words import what_changed


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
        print_json(history_json(found))
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
            Column("not read", spare=3),
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
                str(each.snapshot.unread or ""),
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
        shown = _shown(store.list_history(list_id), numbers[1])
    if as_json:
        print_json(changes_json(found))
        return
    print_table(
        (Column("change"), Column("entity"), Column("name", words=True), Column("what", words=True)),
        [(each.kind, each.entity_id, each.caption, what_changed(each)) for each in found],
        none="Nothing changed.",
    )
    if shown is not None and shown.unread:
        complain_not_read(shown)


def _shown(history: Sequence[SnapshotHistory], until: int | None) -> Snapshot | None:
    """The snapshot that a difference leads to."""
    return next((each.snapshot for each in history if until is None or each.id <= until), None)


def _ids(history: SnapshotHistory) -> str:
    """What happened to the authority's ids."""
    counts = ((history.renumbered, "renumbered"), (history.reused, "reused"))
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)
