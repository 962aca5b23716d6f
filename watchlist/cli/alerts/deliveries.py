"""``watchlist deliveries``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when

app = noun("Messages about alerts: waiting, sent and failed.")

Limit = Annotated[int, typer.Option(min=1, help="At most this many, the newest first.")]


@app.callback(invoke_without_command=True)
def deliveries(context: typer.Context, as_json: AsJson = False, limit: Limit = 50) -> None:
    """Messages about alerts: waiting, sent and failed."""
    if context.invoked_subcommand is None:
        show(context, as_json, limit)


@app.command("list")
def show(context: typer.Context, as_json: AsJson = False, limit: Limit = 50) -> None:
    """List the deliveries, the newest first."""
    with invocation(context).store() as store:
        found = store.deliveries(limit)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("channel"),
            Column("status"),
            Column("alerts", words=True),
            Column("attempts", spare=1),
            Column("created", spare=2),
            Column("sent or next try"),
            Column("last error", words=True),
        ),
        [
            (
                str(each.id),
                each.channel,
                each.status,
                " ".join(str(id) for id in each.alert_ids),
                str(each.attempts),
                when(each.created_at),
                when(each.sent_at or each.next_attempt_at) if each.status != "failed" else "",
                each.last_error or "",
            )
            for each in found
        ],
        none="No deliveries. They come with alerts once a channel is configured ('email:' in config.yaml).",
    )
