"""What a run says: its alerts on standard output, what went wrong on standard error, else nothing."""

from __future__ import annotations

import typer

from watchlist.cli.output import BAND_STYLE, console, marked
from watchlist.model import AlertDetail
from watchlist.pipeline import RunReport
from watchlist.storage.store import Store


def print_report(store: Store, report: RunReport) -> None:
    """Show the new alerts and the errors of a run."""
    for detail in store.alert_details(tuple(alert.id for alert in report.alerts)):
        print_alert_line(detail)
    for error in report.errors:
        typer.secho(f"watchlist: {error}", err=True, fg=typer.colors.RED)


def print_alert_line(detail: AlertDetail) -> None:
    """An alert in three lines: who, where, and the sentence."""
    mention = detail.mention
    screen = console()
    screen.print(
        f"[{BAND_STYLE[mention.band]}]ALERT {detail.alert.id}[/]  [bold]{_plain(mention.caption)}[/]"
        f"  ({mention.entity_id})  score {mention.score:.2f}"
    )
    screen.print(f"  {_plain(detail.article_title)}  {_plain(detail.article_url or '')}".rstrip())
    screen.print("  ", marked(mention.quote, style=BAND_STYLE[mention.band]), sep="")


def _plain(text: str) -> str:
    """Square brackets are rich's mark-up; names and titles may hold them."""
    return text.replace("[", r"\[")
