"""``watchlist faults``, ``faults list``, ``ack`` and ``unack``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.persons import By, Why, who
from watchlist.steps.asked.times import parse_since

app = noun("What does not work: list it, acknowledge it.")

Numbers = Annotated[list[int], typer.Argument(metavar="N")]
Since = Annotated[str | None, typer.Option("--past", help="Those that are over, since 7d, 24h or a date.", metavar="T")]

#: Faults of the past that are shown.
_PAST = 500


@app.callback(invoke_without_command=True)
def faults(context: typer.Context, as_json: AsJson = False) -> None:
    """What does not work: list it, acknowledge it."""
    if context.invoked_subcommand is None:
        _show(context, None, as_json=as_json)


@app.command("list")
def list_faults(context: typer.Context, past: Since = None, as_json: AsJson = False) -> None:
    """Show each fault in full, with its number and since when it lasts."""
    _show(context, past, as_json=as_json)


@app.command()
def ack(context: typer.Context, numbers: Numbers, by: By = None, why: Why = None) -> None:
    """Acknowledge faults: somebody knows, and sees to it.

    Until such a fault is over, it weighs a step less in the verdict of 'watchlist status', and it is not told by mail
    if it was not yet. When it comes again, it is another one.
    """
    from watchlist.app import now

    name = who(by)
    with invocation(context).store() as store:
        store.acknowledge_faults(numbers, name, why, now())
    typer.echo(f"{len(set(numbers))} acknowledged by {name}.")


@app.command()
def unack(context: typer.Context, numbers: Numbers) -> None:
    """Take an acknowledgement back."""
    with invocation(context).store() as store:
        store.take_back_acknowledgement(numbers)
    typer.echo(f"{len(set(numbers))} taken back.")


def _show(context: typer.Context, past: str | None, *, as_json: bool) -> None:
    from watchlist.app import now
    from watchlist.health.screenful import fault_json
    from watchlist.steps.health.standing import numbered_faults

    at = now()
    since = parse_since(past, at)
    with invocation(context).app() as parts:
        found = numbered_faults(parts, at) if since is None else parts.store.past_faults(since, _PAST)
    if as_json:
        print_json([fault_json(each) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("since"),
            Column("seen", spare=2),
            Column("told", spare=3),
            Column("over", spare=4),
            Column("acknowledged", words=True, spare=1),
            Column("fault", words=True),
        ),
        [
            (
                str(each.number or ""),
                when(each.first_at),
                str(each.count),
                when(each.told_at, never=""),
                when(each.cleared_at, never=""),
                " ".join(part for part in (each.acknowledged_by, each.acknowledged_why) if part),
                each.fault.text,
            )
            for each in found
        ],
        none="No faults." if since is None else "No fault ended since then.",
    )
