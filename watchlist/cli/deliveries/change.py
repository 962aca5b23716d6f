"""``watchlist deliveries retry``, ``drop`` and ``tell``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import console
from watchlist.cli.shared.terminal import complain
from watchlist.errors import UsageError
from watchlist.steps.asked.times import parse_since

Numbers = Annotated[list[int] | None, typer.Argument(metavar="N")]


def retry(
    context: typer.Context,
    numbers: Numbers = None,
    failed: Annotated[bool, typer.Option("--failed", help="All that are parked.")] = False,
) -> None:
    """Send deliveries now that failed, wait or were dropped.

    They are tried for the whole of delivery.retry_for again.
    """
    if bool(numbers) == failed:
        raise UsageError("say which: 'watchlist deliveries retry N', or --failed for all that are parked")
    from watchlist.steps.deliver import deliver
    from watchlist.steps.parts import RunReport

    with invocation(context).app() as parts:
        wanted = None if failed else tuple(numbers or ())
        for number in wanted or ():
            parts.store.delivery(number)
        found = parts.store.retry_deliveries(wanted, parts.clock())
        for number in sorted({*(wanted or ())} - {*found}):
            complain(f"delivery {number} is {parts.store.delivery(number).status}: there is nothing to send again")
        report = RunReport()
        if found:
            deliver(parts, report)
        sent = sum(parts.store.delivery(number).sent_at is not None for number in found)
    console().print(f"{len(found)} taken up again, {sent} sent.")
    for error in report.errors:
        complain(error)
    if report.errors or len(found) < len(wanted or ()):
        raise typer.Exit(PARTLY_FAILED)


def drop(context: typer.Context, numbers: Annotated[list[int], typer.Argument(metavar="N")]) -> None:
    """Give deliveries up that need not be sent; 'retry' takes them back."""
    with invocation(context).store() as store:
        for number in numbers:
            store.delivery(number)
        found = store.drop_deliveries(numbers)
    console().print(f"{len(found)} dropped.")
    if len(found) < len(set(numbers)):
        complain("the others are sent already, or being sent")
        raise typer.Exit(PARTLY_FAILED)


def tell(
    context: typer.Context,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL")],
    since: Annotated[str, typer.Option(help="Alerts opened since: 7d, 2026-11-23.", metavar="T")],
    to: Annotated[str | None, typer.Option(help="Only this recipient of the channel.", metavar="ADDRESS")] = None,
) -> None:
    """Tell a channel the alerts that it missed.

    Those of before it, or a recipient of it, was set up. They go out with the next run.
    """
    from watchlist.health.channels import tell_missed

    with invocation(context).app() as parts:
        now = parts.clock()
        count = tell_missed(parts, channel, to, parse_since(since, now) or now)
    console().print(f"{count} alerts will be told on {channel}." if count else "It was told everything since then.")
