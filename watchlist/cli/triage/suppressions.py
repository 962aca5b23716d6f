"""``watchlist suppressions``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.alerts.held_in_words import ends, reach
from watchlist.answers.held import suppression_in_full, suppression_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_facts, print_json, print_table, when
from watchlist.cli.shared.persons import By, who
from watchlist.cli.triage.held import print_held

app = noun("What opens no alerts, since somebody dismissed its like.")

#: So many others of a subject are told.
_TOLD = 5

Number = Annotated[int, typer.Argument(metavar="N", min=1)]
All = Annotated[bool, typer.Option("--all", help="Those that are over as well.")]


@app.callback(invoke_without_command=True)
def suppressions(context: typer.Context, all_: All = False, as_json: AsJson = False) -> None:
    """What opens no alerts, since somebody dismissed its like."""
    if context.invoked_subcommand is None:
        list_suppressions(context, all_, as_json)


@app.command("list")
def list_suppressions(context: typer.Context, all_: All = False, as_json: AsJson = False) -> None:
    """List what holds alerts back, and how many each has."""
    from watchlist.app import now

    at = now()
    with invocation(context).store() as store:
        found = store.suppressions(None if all_ else at)
    if as_json:
        print_json([suppression_json(each) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("entity"),
            Column("holds back", words=True),
            Column("since", spare=2),
            Column("until"),
            Column("held"),
            Column("by", spare=1),
            Column("why", words=True),
        ),
        [
            (
                str(each.id),
                each.entity_id,
                reach(each),
                when(each.at),
                ends(each, at),
                str(each.held),
                each.by or "",
                each.reason or "",
            )
            for each in found
        ],
        none="Nothing is suppressed.",
    )


@app.command("show")
def show(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show a suppression, and what it has held back."""
    from watchlist.app import now

    with invocation(context).store() as store:
        found, held = store.suppression(number)
        subject = store.entity(found.entity_id).caption
    if as_json:
        print_json(suppression_in_full(found, subject, held))
        return
    evidence = None if found.evidence is None else ", ".join(sorted(found.evidence)) or "none of its own kind"
    print_facts(
        [
            ("Number", str(found.id)),
            ("Subject", f"{subject} ({found.entity_id})"),
            ("Holds back", reach(found)),
            ("From alert", str(found.alert_id or "")),
            ("By", f"{found.by or ''} on {when(found.at)} UTC"),
            ("Why", found.reason or ""),
            ("Until", ends(found, now())),
            ("Evidence", evidence or ""),
            ("Held back", f"{found.held}"),
        ]
    )
    if held:
        typer.echo()
        print_held(held)


@app.command("remove")
def remove(context: typer.Context, number: Number, by: By = None) -> None:
    """End a suppression; 'watchlist rescreen' opens what it held."""
    from watchlist.app import now

    with invocation(context).store() as store:
        at = now()
        found = store.remove_suppression(number, who(by), at)
        others = [f"{each.id} ({reach(each)})" for each in store.suppressions(at) if each.entity_id == found.entity_id]
    mentions = f"{found.held} mention{'s' if found.held != 1 else ''}"
    after = f" 'watchlist rescreen --entity {found.entity_id}' opens alerts on the {mentions} it held back."
    # Each dismissal holds back by itself: that one is gone need not change anything.
    listed = f"{', '.join(others[:_TOLD])}{', …' if len(others) > _TOLD else ''}"
    more = f" Of the subject these hold still: {listed}." if others else ""
    typer.echo(f"Removed suppression {number} of {found.entity_id}.{after if found.held else ''}{more}")
