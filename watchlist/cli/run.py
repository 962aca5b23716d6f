"""``watchlist run``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.errors import UsageError

if TYPE_CHECKING:
    from watchlist.app import App

app = noun()


@app.command()
def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One pass, then exit: for cron.")] = False,
    max_time: Annotated[
        str | None, typer.Option(help="Stop after so long, such as 10m; the next run goes on.", metavar="T")
    ] = None,
) -> None:
    """Do everything that is due: as a daemon, or once for cron.

    Syncs lists, pulls feeds, screens articles, opens alerts and delivers them. With --once nothing is printed when all
    is well and nothing is new. SIGTERM stops after the step in hand, within a minute; SIGHUP has a daemon read its
    configuration anew.
    """
    from watchlist.app import reloaded
    from watchlist.cli.shared.reports import print_report
    from watchlist.daemon import run_once, serve

    called = invocation(context)
    seconds = None if max_time is None else _seconds(max_time)
    with called.app(creates=True) as parts:

        def reload() -> App:
            config, path = called.config()
            return reloaded(parts, config, declares=path is not None)

        if not once:
            serve(parts, lambda report: print_report(parts.store, report), reload=reload, max_time=seconds)
            return
        report = run_once(parts, seconds)
        print_report(parts.store, report)
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)


def _seconds(duration: str) -> float:
    from pydantic import TypeAdapter, ValidationError

    from watchlist.config.values import Seconds

    try:
        return float(TypeAdapter(Seconds).validate_python(duration))
    except ValidationError as error:
        hint = "write a number and s, m, h or d, such as 10m"
        raise UsageError(f"--max-time: {duration!r} is no duration: {hint}") from error
