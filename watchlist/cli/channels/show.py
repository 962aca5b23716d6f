"""``watchlist channels list``."""

from __future__ import annotations

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table


def list_channels(context: typer.Context, as_json: AsJson = False) -> None:
    """List the channels that are set up, and what waits."""
    with invocation(context).app() as parts:
        waiting, operator = parts.store.waiting_counts(), parts.config.delivery.operator
        outages = {(each.channel, each.recipient): each for each in parts.store.outages()}
        parked = {
            (each.channel, each.recipient): each.deliveries for each in parts.store.delivery_troubles() if each.parked
        }
        found = []
        for name, transport in parts.transports.items():
            for recipient in transport.recipients:
                outage = outages.get((name, "")) or outages.get((name, recipient))
                found.append(
                    {
                        "channel": name,
                        "recipient": recipient or None,
                        "operator": name == operator or operator is None,
                        "waiting": waiting.get((name, recipient), 0) + waiting.get((name, None), 0),
                        "parked": parked.get((name, recipient), 0),
                        "down_since": outage.since if outage is not None else None,
                        "error": outage.error if outage is not None else None,
                    }
                )
    if as_json:
        print_json(found)
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
                str(each["channel"]),
                str(each["recipient"] or ""),
                "yes" if each["operator"] else "",
                str(each["waiting"]),
                str(each["parked"]),
                str(each["error"] or ""),
            )
            for each in found
        ],
        none="No channel is set up: alerts open, and nobody is told. See 'email:' and others in config.yaml.",
    )
