"""``watchlist alerts``: its commands."""

from __future__ import annotations

import typer

from watchlist.cli.alerts.export import export
from watchlist.cli.alerts.filters import with_filters
from watchlist.cli.alerts.judge import assign, dismiss, note, undo, verb
from watchlist.cli.alerts.listing import AsCsv, list_alerts, show_list
from watchlist.cli.alerts.show import show
from watchlist.cli.alerts.walk.review import review
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.model import Action
from watchlist.steps.asked.chosen import Chosen

app = noun("Alerts: list them, show their evidence, judge them.")
app.command("list")(list_alerts)
app.command("show")(show)
app.command("confirm")(verb(Action.CONFIRM))
app.command("dismiss")(dismiss)
for action in (Action.UNSURE, Action.ESCALATE, Action.REOPEN):
    app.command(action.value)(verb(action))
app.command("review")(review)
app.command("export")(export)
app.command("assign")(assign)
app.command("note")(note)
app.command("undo")(undo)


@app.callback(invoke_without_command=True)
@with_filters
def alerts(context: typer.Context, *, chosen: Chosen, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Alerts: list them, show their evidence, judge them."""
    if context.invoked_subcommand is None:
        show_list(context, chosen, as_json=as_json, as_csv=as_csv)
