"""``watchlist alerts`` and ``alerts list``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from watchlist.alerts.as_json import alert_json
from watchlist.alerts.triage import standing
from watchlist.cli.alerts.filters import with_filters
from watchlist.cli.alerts.story import in_short
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.terminal import say
from watchlist.errors import UsageError
from watchlist.model import AlertDetail
from watchlist.report.as_csv import write_alerts
from watchlist.steps.asked.chosen import Chosen
from watchlist.steps.asked.named import shown_id

#: So many alerts of a table are shown where nobody says how many.
_SHOWN = 200

AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


@with_filters
def list_alerts(context: typer.Context, *, chosen: Chosen, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """List alerts, the newest first."""
    show_list(context, chosen, as_json=as_json, as_csv=as_csv)


def show_list(context: typer.Context, chosen: Chosen, *, as_json: bool, as_csv: bool) -> None:
    """Find and print alerts, or what was kept for review."""
    from watchlist.app import now

    if as_json and as_csv:
        raise UsageError("give --json or --csv, not both")
    with invocation(context).store() as store:
        wanted = chosen.filter(store, now())
        # Programs get all of it, people what they can look through.
        cut = wanted.limit is None and not (as_json or as_csv)
        wanted = replace(wanted, limit=_SHOWN + 1) if cut else wanted
        found = store.find_kept(wanted) if chosen.of_review else store.find_alerts(wanted)
    if as_json:
        print_json([alert_json(each) for each in found])
    elif as_csv:
        write_csv(found)
    else:
        _print(found[:_SHOWN] if cut else found)
        if cut and len(found) > _SHOWN:
            say(f"The first {_SHOWN} are shown: --limit shows more, --csv and --json all.", err=True)


def write_csv(found: Iterable[AlertDetail]) -> None:
    """Alerts as CSV on standard output."""
    write_alerts(sys.stdout, found, end="\n")


def _print(found: Sequence[AlertDetail]) -> None:
    print_table(
        (
            Column("id"),
            Column("opened"),
            Column("status"),
            Column("severity", spare=3),
            Column("entity", spare=1),
            Column("name", words=True),
            Column("score"),
            Column("article", words=True),
            Column("story", spare=2),
            Column("assigned", spare=4),
            Column("why now", words=True, spare=5),
        ),
        [
            (
                shown_id(each),
                when(each.alert.opened_at),
                standing(each.alert),
                each.alert.severity,
                each.alert.entity_id,
                each.mention.caption,
                f"{each.mention.score:.2f}",
                each.article_title or each.article_url or each.alert.article_id,
                in_short(each.story),
                each.alert.assigned or "",
                each.alert.note or "",
            )
            for each in found
        ],
        none="No alerts.",
    )
