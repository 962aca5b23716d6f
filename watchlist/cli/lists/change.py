"""``watchlist lists create``, ``remove``, ``enable`` and ``disable``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.confirm import confirm
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import ListId
from watchlist.cli.shared.terminal import say


def create(
    context: typer.Context,
    list_id: ListId,
    title: Annotated[str | None, typer.Option(help="What people see; default: the id.", metavar="T")] = None,
) -> None:
    """Create a list of your own."""
    from watchlist.steps.asked.listed.own import create_list

    with invocation(context).store(creates=True) as store:
        create_list(store, list_id, title)
    say(f"Created {list_id}. 'watchlist entities add {list_id} NAME' puts somebody on it.")


def remove(
    context: typer.Context,
    list_id: ListId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a list away; alerts it raised stay on record."""
    from watchlist.app import now

    with invocation(context).store() as store:
        held = store.watched_list(list_id)
        if held.own and held.entity_count and not yes:
            confirm(f"{list_id} holds {held.entity_count:,} entities of your own. Remove it?")
        gone = store.remove_list(list_id, now())
    say(f"Removed {list_id} with {gone:,} entities.")


def enable(context: typer.Context, list_id: ListId) -> None:
    """Switch a list on."""
    _switch(context, list_id, on=True)


def disable(context: typer.Context, list_id: ListId) -> None:
    """Switch a list off: neither synced nor matched."""
    _switch(context, list_id, on=False)


def _switch(context: typer.Context, list_id: str, *, on: bool) -> None:
    from watchlist.app import now

    with invocation(context).store() as store:
        store.switch_list(list_id, on, now())
    say(f"{list_id} is {'on' if on else 'off'}.")
