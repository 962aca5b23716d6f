"""``watchlist entities group``, ``join`` and ``split``: one entity on several lists."""

from __future__ import annotations

import typer

from watchlist.answers.listed import group_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, EntityId
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.cli.shared.terminal import say


def group(
    context: typer.Context,
    entity_id: EntityId,
    as_json: AsJson = False,
) -> None:
    """Show the entities that are one with it, and why."""
    with invocation(context).store() as store:
        store.entity(entity_id)
        found = store.group(entity_id)
    if as_json:
        print_json(group_json(found))
        return
    print_table(
        (
            Column("entity"),
            Column("name", words=True),
            Column("recognised by", words=True),
            Column("programs", spare=1),
        ),
        [(entity.id, entity.caption, member.reason, ", ".join(entity.programs)) for member, entity in found],
        none=f"{entity_id} stands on its list alone; 'watchlist entities join' puts it together with another.",
    )


def join(context: typer.Context, one: EntityId, other: EntityId) -> None:
    """Decide that two entities are one: they share their alerts."""
    _decide(context, one, other, same=True)
    say(f"{one} and {other} are one.")


def split(context: typer.Context, one: EntityId, other: EntityId) -> None:
    """Decide that two entities are not one, whatever they share."""
    _decide(context, one, other, same=False)
    say(f"{one} and {other} are two.")


def _decide(context: typer.Context, one: str, other: str, *, same: bool) -> None:
    from watchlist.app import now
    from watchlist.steps.asked.listed.own import decide_group

    with invocation(context).store() as store:
        decide_group(store, one, other, same=same, now=now())
