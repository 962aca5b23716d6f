"""``watchlist routes explain``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_facts, print_json, when
from watchlist.cli.shared.told import told_lines


def explain(
    context: typer.Context, alert_id: Annotated[int, typer.Argument(metavar="ALERT")], as_json: AsJson = False
) -> None:
    """Say where an alert goes, and why.

    Each route is looked at as for an alert that opens now, and so are silences; where it went is shown below.
    """
    from watchlist.alerts.route import consider, full_hour, turns_of

    with invocation(context).app() as parts:
        detail, now, routes = parts.store.alert(alert_id), parts.clock(), parts.config.routes
        considered = consider(detail, routes)
        counts = parts.store.told_at_once(full_hour(now))
        turns = turns_of(detail, routes, tuple(parts.transports), counts, now)
        silence = parts.store.silence_over(alert_id, now)
        told, outages = parts.store.deliveries_about(alert_id), parts.store.outages()
    if as_json:
        found = {"considered": [asdict(each) for each in considered], "turns": [asdict(each) for each in turns]}
        print_json({**found, "silence": asdict(silence) if silence else None})
        return
    for each in considered:
        console().print(f"{'fits' if each.fits else 'no  '}  {each.route}: {each.why}")
    if silence is not None:
        until = f"until {when(silence.until)} UTC: {silence.reason}"
        console().print(f"  -> nowhere: silence {silence.id} of {silence.subject} holds {until}")
        console().print("     without it:")
    for turn in turns:
        to = f"{turn.channel} to {turn.recipient}" if turn.recipient else turn.channel
        console().print(f"  -> {to}, {turn.why} ({when(turn.due)} UTC)")
    if not turns:
        console().print("  -> nowhere: it is listed and not told")
    print_facts(told_lines(told, detail.silence_id, outages))
