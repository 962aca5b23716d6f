"""``watchlist run``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun

app = noun()


@app.command()
def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One pass, then exit: for cron.")] = False,
) -> None:
    """Do everything that is due: as a daemon, or once for cron.

    Syncs lists, pulls feeds, screens articles, opens alerts and delivers them. With --once nothing is printed when all
    is well and nothing is new.
    """
    from watchlist.cli.shared.reports import print_report
    from watchlist.daemon import run_once, serve

    with invocation(context).app(creates=True) as parts:
        if not once:
            serve(parts, lambda report: print_report(parts.store, report))
            return
        report = run_once(parts)
        print_report(parts.store, report)
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)
