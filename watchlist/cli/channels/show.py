"""``watchlist channels list``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.health.channels import channel_standings


def list_channels(context: typer.Context, as_json: AsJson = False) -> None:
    """List the channels that are set up, and what waits."""
    with invocation(context).app() as parts:
        found = channel_standings(parts)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        (
            Column("channel"),
            Column("to", words=True),
            Column("faults", spare=2),
            Column("waiting"),
            Column("parked"),
            Column("error", words=True, spare=1),
        ),
        [
            (
                each.channel,
                each.recipient or "",
                "yes" if each.operator else "",
                str(each.waiting),
                str(each.parked),
                each.error or "",
            )
            for each in found
        ],
        none="No channel is set up: alerts open, and nobody is told. See 'email:' and others in config.yaml.",
    )
