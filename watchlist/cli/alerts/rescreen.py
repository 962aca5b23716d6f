"""``watchlist rescreen``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.errors import RunLockedError, UsageError
from watchlist.steps.asked.times import parse_since

app = noun()


@app.command()
def rescreen(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="Articles fetched since: 90d, 2026-11-23.", metavar="T")] = None,
    lists: Annotated[str | None, typer.Option(help="For names of these lists only.", metavar="L,...")] = None,
    entity: Annotated[
        list[str] | None, typer.Option(help="For this entity only; may be repeated.", metavar="LIST:ID")
    ] = None,
) -> None:
    """Screen stored articles again with the lists as they are now.

    What has an alert gets no second one.
    """
    from watchlist.cli.shared.reports import print_report
    from watchlist.model import Duty, WorkerRole
    from watchlist.steps.at_work import at_work
    from watchlist.steps.parts import RunReport
    from watchlist.steps.scan import Scanner

    with invocation(context).app() as parts:
        store, report = parts.store, RunReport()
        chosen = [each.strip() for each in lists.split(",") if each.strip()] if lists else None
        for list_id in chosen or ():
            store.watched_list(list_id)
        for id in entity or ():
            store.entity(id)
        if chosen and entity:
            raise UsageError("give --lists or --entity, not both")
        with at_work(parts, (WorkerRole.SCREEN,)), store.duty(Duty.LISTS, parts.clock()) as mine:
            if not mine:
                raise RunLockedError("another worker is looking back or syncing lists: 'watchlist workers' shows which")
            start = parse_since(since, parts.clock()) or datetime(1, 1, 1, tzinfo=UTC)
            back = store.start_look_back(parts.clock(), start, entity_ids=entity, list_ids=chosen)
            screen = Console(stderr=True)
            with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
                task = progress.add_task("screening", total=store.look_back_size(back))
                for done in Scanner(parts, report).look_back(back):
                    progress.advance(task, done)
        print_report(store, report)
        typer.echo(f"{report.counts['articles_looked_back']:,} articles screened, {len(report.alerts)} new alerts.")
        if waiting := store.article_counts()[1]:
            typer.echo(f"{waiting:,} more never screened so far: 'watchlist run --once' does that.")
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)
