"""``watchlist lists``: its commands, in the order of its help."""

from __future__ import annotations

import typer

from watchlist.cli.lists import change, contents, history
from watchlist.cli.lists.show import list_lists
from watchlist.cli.lists.sync import sync
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("Watch lists: show, sync, create, remove, switch on and off.")
app.command("history")(history.history)
app.command("diff")(history.diff)
app.command("list")(list_lists)
app.command("show")(contents.show)
app.command("sync")(sync)
app.command("create")(change.create)
app.command("remove")(change.remove)
app.command("enable")(change.enable)
app.command("disable")(change.disable)


@app.callback(invoke_without_command=True)
def lists(context: typer.Context, as_json: AsJson = False) -> None:
    """Watch lists: show, sync, create, remove, switch on and off."""
    if context.invoked_subcommand is None:
        list_lists(context, as_json)
