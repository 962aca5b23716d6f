"""``watchlist lists``."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.lists import changes as list_changes
from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import Column, print_json, print_table, when, working
from watchlist.cli.shared.text import complain
from watchlist.errors import ListError, UsageError
from watchlist.model import WatchedList

app = noun("Watch lists: show, sync, create, remove, switch on and off.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ListId = Annotated[str, typer.Argument(metavar="LIST")]


app.command("history")(list_changes.history)
app.command("diff")(list_changes.diff)


@app.callback(invoke_without_command=True)
def lists(context: typer.Context, as_json: AsJson = False) -> None:
    """Watch lists: show, sync, create, remove, switch on and off."""
    if context.invoked_subcommand is None:
        list_lists(context, as_json)


@app.command("list")
def list_lists(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what each list holds and how its last sync went."""
    from watchlist.lists.schedule import is_stale, next_check

    with invocation(context).app() as parts:
        found = parts.store.watched_lists()
        max_age = timedelta(seconds=parts.config.schedule.list_max_age)
        stale = {each.id for each in found if is_stale(each, max_age, parts.clock())}
        interval = timedelta(seconds=parts.config.schedule.lists)
        due = {each.id: next_check(each, interval) for each in found}
    if as_json:
        print_json([{**asdict(each), "next_check_at": due[each.id], "stale": each.id in stale} for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("title", words=True, spare=1),
            Column("entities"),
            Column("names"),
            Column("version", spare=3),
            Column("checked"),
            Column("changed", spare=2),
            Column("next check", spare=4),
            Column("state", words=True),
        ),
        [
            (
                each.id,
                each.title,
                str(each.entity_count),
                str(each.name_count),
                each.snapshot.version if each.snapshot else "",
                "" if each.own else when(each.last_checked_at),
                when(each.last_changed_at),
                when(due[each.id], never=""),
                state_of(each, stale=each.id in stale),
            )
            for each in found
        ],
        none="No lists. 'watchlist lists sync us_ofac_sdn' fetches one, 'watchlist lists create' makes your own.",
    )


def state_of(watched: WatchedList, *, stale: bool) -> str:
    """A list's state in a few words."""
    if not watched.enabled:
        return "off"
    if watched.last_error is not None:
        return ("stale, " if stale else "") + watched.last_error.removeprefix(f"{watched.id}: ")
    if stale:
        return f"stale: last good check {when(watched.last_good_at)}"
    return "ok" if watched.own or watched.snapshot else "not synced yet"


@app.command()
def sync(
    context: typer.Context,
    list_ids: Annotated[list[str] | None, typer.Argument(metavar="LIST", help="Default: all that are on.")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Read this file or folder in place of a download.", metavar="PATH"),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take a snapshot that the guard would refuse.")] = False,
) -> None:
    """Bring lists up to date, from their authority or from a file.

    A file or folder given with --from is in an official form, or in the CSV form of 'watchlist entities import'. When
    a list cannot be fetched, read or trusted, its last good state stays in force.
    """
    from watchlist.steps.sync import SyncOptions, sync_list

    failed = False
    with invocation(context).app() as parts:
        wanted = list_ids or [each.id for each in parts.store.watched_lists() if each.enabled and each.refresh]
        if source is not None and len(wanted) != 1:
            raise UsageError("--from reads one list: name it, as in 'watchlist lists sync us_ofac_sdn --from PATH'")
        if not wanted:
            raise UsageError("no list is declared: name one, as in 'watchlist lists sync us_ofac_sdn'")
        options = replace(
            SyncOptions.scheduled(parts.config, parts.transports, parts.index_dir), source=source, accept=accept
        )
        for list_id in wanted:
            try:
                with working(f"{list_id}: reading {source or 'the official list'}"):
                    change = sync_list(parts.store, list_id, options, parts.clock())
            except ListError as error:
                failed = True
                complain(error)
                held = parts.store.watched_list(list_id)
                if held.entity_count:
                    typer.echo(f"  {held.entity_count:,} entities of the last good snapshot stay in force", err=True)
                continue
            if change is None:
                typer.echo(f"{list_id}: unchanged, {parts.store.watched_list(list_id).entity_count:,} entities")
            else:
                typer.echo(
                    f"{list_id}: {change.entity_count:,} entities, {change.name_count:,} names"
                    f" ({change.added:,} added, {change.changed:,} changed, {change.removed:,} removed)"
                )
                for pairs, words in ((change.renumbered, "only renumbered"), (change.reused, "ids used again")):
                    if pairs:
                        typer.echo(f"  {len(pairs):,} {words}: 'watchlist lists diff {list_id}' names them")
    if failed:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def create(
    context: typer.Context,
    list_id: ListId,
    title: Annotated[str | None, typer.Option(help="What people see; default: the id.", metavar="T")] = None,
) -> None:
    """Create a list of your own."""
    from watchlist.lists.registry import AUTHORITIES
    from watchlist.model import ListDeclaration

    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", list_id):
        raise UsageError(f"{list_id!r} is no list id: use lower-case letters, digits and '_'")
    if list_id in AUTHORITIES:
        raise UsageError(f"{list_id} is an official list: 'watchlist lists sync {list_id}' fetches it")
    with invocation(context).store() as store:
        store.add_list(ListDeclaration(list_id, title or list_id, None, refresh=False, own=True))
    typer.echo(f"Created {list_id}. 'watchlist entities add {list_id} NAME' puts somebody on it.")


@app.command()
def remove(
    context: typer.Context,
    list_id: ListId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a list away; alerts it raised stay on record."""
    from watchlist.app import now

    with invocation(context).store() as store:
        held = store.watched_list(list_id)
        if held.own and held.entity_count and not yes:
            typer.confirm(f"{list_id} holds {held.entity_count:,} entities of your own. Remove it?", abort=True)
        gone = store.remove_list(list_id, now())
    typer.echo(f"Removed {list_id} with {gone:,} entities.")


@app.command()
def enable(context: typer.Context, list_id: ListId) -> None:
    """Switch a list on."""
    _switch(context, list_id, on=True)


@app.command()
def disable(context: typer.Context, list_id: ListId) -> None:
    """Switch a list off: neither synced nor matched."""
    _switch(context, list_id, on=False)


def _switch(context: typer.Context, list_id: str, *, on: bool) -> None:
    from watchlist.app import now

    with invocation(context).store() as store:
        store.switch_list(list_id, on, now())
    typer.echo(f"{list_id} is {'on' if on else 'off'}.")
