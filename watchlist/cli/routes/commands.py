"""``watchlist routes``: its commands."""

from __future__ import annotations

import typer

from watchlist.cli.routes.explain import explain
from watchlist.cli.routes.show import list_routes
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("Routes: which alerts go where and when, and why.")
app.command("list")(list_routes)
app.command("explain")(explain)


@app.callback(invoke_without_command=True)
def routes(context: typer.Context, as_json: AsJson = False) -> None:
    """Routes: which alerts go where and when, and why."""
    if context.invoked_subcommand is None:
        list_routes(context, as_json=as_json)
