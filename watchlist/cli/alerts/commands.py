"""``watchlist alerts``: its commands."""

from __future__ import annotations

import typer

from watchlist.cli.alerts.show import Limit, OfEntity, Since, list_alerts, show
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("Alerts: list them, and show one with its evidence.")
app.command("list")(list_alerts)
app.command("show")(show)


@app.callback(invoke_without_command=True)
def alerts(
    context: typer.Context,
    since: Since = None,
    entity: OfEntity = None,
    as_json: AsJson = False,
    limit: Limit = None,
) -> None:
    """Alerts: list them, and show one with its evidence."""
    if context.invoked_subcommand is None:
        list_alerts(context, since=since, entity=entity, as_json=as_json, limit=limit)
