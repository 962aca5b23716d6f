"""``watchlist entities suppress``, ``unsuppress`` and ``suppressed``: whom no alert is wanted of."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.answers.held import suppression_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, EntityId
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.persons import who
from watchlist.cli.shared.terminal import say
from watchlist.model import Reach, Suppression
from watchlist.steps.asked.times import parse_until


def suppress(
    context: typer.Context,
    entity_id: EntityId,
    until: Annotated[str | None, typer.Option(help="When it ends: 90d, 2027-01-31.", metavar="T")] = None,
    because: Annotated[str | None, typer.Option(help="Why, for those who come after you.", metavar="TEXT")] = None,
) -> None:
    """Have no alerts of an entity, on whichever of its lists.

    It is looked for all the same: 'watchlist entities unsuppress' and then 'watchlist rescreen' bring what was found.
    """
    from watchlist.app import now

    at = now()
    with invocation(context).store() as store:
        entity = store.entity(store.standing(entity_id).succeeded_by or entity_id)
        store.suppress(Suppression(entity.id, at, parse_until(until, at), because, by=who()))
    say(f"{entity.caption} opens no alerts{f' until {until}' if until else ''}.")


def unsuppress(context: typer.Context, entity_id: EntityId) -> None:
    """Have alerts of an entity again."""
    from watchlist.app import now

    with invocation(context).store() as store:
        entity = store.entity(store.standing(entity_id).succeeded_by or entity_id)
        store.unsuppress(entity.id, now())
    say(f"{entity.caption} opens alerts again.")


def suppressed(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the entities that open no alerts, and why."""
    from watchlist.app import now

    with invocation(context).store() as store:
        whole = [each for each in store.suppressions(now()) if each.scope is Reach.SUBJECT]
        found = [(each, store.entity(each.entity_id)) for each in whole]
    if as_json:
        print_json(
            [{"entity": each.entity_id, "name": entity.caption, **suppression_json(each)} for each, entity in found]
        )
        return
    print_table(
        (Column("entity"), Column("name", words=True), Column("since"), Column("until"), Column("because", words=True)),
        [
            (each.entity_id, entity.caption, when(each.at), when(each.until, never=""), each.reason or "")
            for each, entity in found
        ],
        none="Every entity opens alerts.",
    )
