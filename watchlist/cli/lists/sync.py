"""``watchlist lists sync``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.changes import complain_not_read
from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import working
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import ListError, UsageError

if TYPE_CHECKING:
    from watchlist.storage.store import Store


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
    from watchlist.steps.asked.listed.lists import sync_words
    from watchlist.steps.health.one_cause import host_in, note_answer, tell_once
    from watchlist.steps.parts import RunReport
    from watchlist.steps.sync import SyncOptions, sync_list

    report = RunReport()
    unreached: list[tuple[str, str]] = []
    with invocation(context).app(creates=True) as parts:
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
                report.errors.append(str(error))
                note_answer(report, host_in(str(error), list_id), str(error))
                if str(error) in report.unreached:
                    unreached.append((list_id, str(error)))
                else:
                    _say_what_failed(parts.store, list_id, str(error))
                continue
            if source is None:
                note_answer(report, list_id, None)
            held = parts.store.watched_list(list_id)
            for line in sync_words(held, change):
                say(line)
            if change is not None and held.snapshot is not None and held.snapshot.unread:
                complain_not_read(held.snapshot)
        # Where no host at all could be reached, that is said once.
        if (told := tell_once(report)) is not None:
            complain(told)
        else:
            for list_id, text in unreached:
                _say_what_failed(parts.store, list_id, text)
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)


def _say_what_failed(store: Store, list_id: str, error: str) -> None:
    from watchlist.steps.asked.listed.lists import in_force

    complain(error)
    if (line := in_force(store.watched_list(list_id))) is not None:
        say(line, err=True)
