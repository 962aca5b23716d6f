"""``watchlist lists create``, ``remove``, ``enable`` and ``disable``."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from watchlist.cli.shared.confirm import confirm
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import ListId
from watchlist.cli.shared.terminal import say
from watchlist.errors import UsageError


def create(
    context: typer.Context,
    list_id: ListId,
    title: Annotated[str | None, typer.Option(help="What people see; default: the id.", metavar="T")] = None,
) -> None:
    """Create a list of your own."""
    from watchlist.lists.forms import published_lists
    from watchlist.model import ListDeclaration

    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", list_id):
        raise UsageError(f"{list_id!r} is no list id: use lower-case letters, digits and '_'")
    if list_id in published_lists():
        raise UsageError(f"{list_id} is an official list: 'watchlist lists sync {list_id}' fetches it")
    with invocation(context).store(creates=True) as store:
        store.add_list(ListDeclaration(id=list_id, title=title or list_id, url=None, refresh=False, own=True))
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
