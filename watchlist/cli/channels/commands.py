"""``watchlist channels``: its commands."""

from __future__ import annotations

import typer

from watchlist.cli.channels.show import list_channels
from watchlist.cli.channels.trial import preview, try_out
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("Channels: how they stand, try one out, see what goes there.")
app.command("list")(list_channels)
app.command("test")(try_out)
app.command("preview")(preview)


@app.callback(invoke_without_command=True)
def channels(context: typer.Context, as_json: AsJson = False) -> None:
    """Channels: how they stand, try one out, see what goes there."""
    if context.invoked_subcommand is None:
        list_channels(context, as_json=as_json)
