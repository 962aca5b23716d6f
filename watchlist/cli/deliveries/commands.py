"""``watchlist deliveries``: its commands."""

from __future__ import annotations

import typer

from watchlist.cli.deliveries.change import drop, retry, tell
from watchlist.cli.deliveries.show import Failed, Limit, list_deliveries, show
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("Messages about alerts: waiting, sent and failed.")
app.command("list")(list_deliveries)
app.command("show")(show)
app.command("retry")(retry)
app.command("drop")(drop)
app.command("tell")(tell)


@app.callback(invoke_without_command=True)
def deliveries(context: typer.Context, failed: Failed = False, as_json: AsJson = False, limit: Limit = 50) -> None:
    """Messages about alerts: waiting, sent and failed."""
    if context.invoked_subcommand is None:
        list_deliveries(context, failed=failed, as_json=as_json, limit=limit)
