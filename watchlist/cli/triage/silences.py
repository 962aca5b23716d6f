"""``watchlist silences``."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from watchlist.answers.held import silence_in_full, silence_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_facts, print_json, print_table, when
from watchlist.cli.shared.persons import By, who
from watchlist.cli.triage.held import print_held
from watchlist.cli.triage.suppressions import All, Number
from watchlist.steps.asked.silencing import silence_of

app = noun("Whose alerts are listed and not told for a while.")


@app.callback(invoke_without_command=True)
def silences(context: typer.Context, all_: All = False, as_json: AsJson = False) -> None:
    """Whose alerts are listed and not told for a while."""
    if context.invoked_subcommand is None:
        list_silences(context, all_, as_json)


@app.command("list")
def list_silences(context: typer.Context, all_: All = False, as_json: AsJson = False) -> None:
    """List the silences, and how many alerts were not told for each."""
    from watchlist.app import now

    with invocation(context).store() as store:
        found = store.silences(None if all_ else now())
    if as_json:
        print_json(list(map(silence_json, found)))
        return
    print_table(
        (
            Column("id"),
            Column("of"),
            Column("since", spare=2),
            Column("until"),
            Column("not told"),
            Column("by", spare=1),
            Column("why", words=True),
        ),
        [
            (
                str(each.id),
                each.subject,
                when(each.at),
                when(each.ended_at or each.until),
                str(each.held),
                each.by,
                each.reason,
            )
            for each in found
        ],
        none="Nobody is silenced.",
    )


@app.command("show")
def show(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show a silence, and the alerts that were not told for it."""
    with invocation(context).store() as store:
        found, held = store.silence(number)
    if as_json:
        print_json(silence_in_full(found, held))
        return
    print_facts(
        [
            ("Number", str(found.id)),
            ("Of", found.subject),
            ("By", f"{found.by} on {when(found.at)} UTC"),
            ("Why", found.reason),
            ("Until", when(found.ended_at or found.until)),
            ("Not told", str(found.held)),
        ]
    )
    if held:
        typer.echo()
        print_held(held)


@app.command("add")
def add(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="ENTITY|LIST", help="LIST:ID of an entity, or the id of a list.")],
    until: Annotated[str, typer.Option(help="Until when: 24h, 7d, 2027-01-31.", metavar="T")],
    why: Annotated[str, typer.Option(help="Why, for those who come after you.", metavar="W")],
    by: By = None,
) -> None:
    """Have alerts of an entity or a list not told for a while.

    Of a list it silences subjects that stand on no other list.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        silence = replace(silence_of(store, subject, until, now()), reason=why, by=who(by))
        number = store.add_silence(silence)
    typer.echo(f"Silence {number}: alerts of {subject} are listed, and not told until {when(silence.until)} UTC.")


@app.command("remove")
def remove(context: typer.Context, number: Number) -> None:
    """End a silence; 'silences show N' lists what was not told."""
    from watchlist.app import now

    with invocation(context).store() as store:
        found = store.remove_silence(number, now())
    told = "1 alert was" if found.held == 1 else f"{found.held} alerts were"
    typer.echo(f"Removed silence {number} of {found.subject}; {told} not told.")
