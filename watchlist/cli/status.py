"""``watchlist status``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from watchlist.cli.shared.changes import cells_not_read
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_facts, print_json, when
from watchlist.model import PageStatus

if TYPE_CHECKING:
    from watchlist.app import App

app = noun()

#: Reasons why pages were not read that are shown.
_REASONS = 3


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show how everything stands, and every fault."""
    with invocation(context).app() as parts:
        state = _state(parts)
    if as_json:
        print_json(state)
        return
    print_facts(_lines(state))
    print_facts([("fault", fault) for fault in state["faults"]], style="red")
    if not state["faults"]:
        console().print("No faults.", style="green")


def _state(parts: App) -> dict[str, Any]:
    from watchlist.app import now
    from watchlist.steps.faults import delivery_faults, feed_faults, list_faults, lost_faults, run_faults

    store = parts.store
    lists = store.watched_lists()
    feeds = store.watched_feeds()
    stored, waiting = store.article_counts()
    runs = store.last_runs(2)
    # The last may be under way, unless it says why not.
    over = runs if runs and runs[0].errors else runs[1:]
    purge = store.last_purge()
    max_age = timedelta(seconds=parts.config.schedule.list_max_age)
    found = (
        *list_faults(lists, max_age, now()),
        *feed_faults(feeds, now()),
        *delivery_faults(store.delivery_troubles(), store.outages(), now()),
        *run_faults(over),
        *lost_faults(store.waiting_counts(), parts.transports),
    )
    faults = [fault.text for fault in found]
    faults += [f"article {id}: {error}" for id, error in store.scan_errors(20)]
    if not any(each.enabled and each.entity_count for each in lists):
        faults.append("no names to look for: sync or create a list")
    return {
        "lists": [
            {**asdict(each), "unread": each.snapshot.unread if each.snapshot and each.entity_count else 0}
            for each in lists
        ],
        "feeds": [asdict(each) for each in feeds],
        "articles": {"stored": stored, "waiting": waiting},
        "pages": asdict(store.page_counts(_REASONS)),
        "alerts": store.alert_counts(),
        "deliveries": store.delivery_counts(),
        "untold_alerts": store.untold_alerts(),
        "last_run": asdict(runs[0]) if runs else None,
        "last_purge": asdict(purge) if purge else None,
        "faults": faults,
    }


def _lines(state: dict[str, Any]) -> list[tuple[str, str]]:
    on = [each for each in state["lists"] if each["enabled"]]
    names = sum(each["name_count"] for each in on)
    entities = sum(each["entity_count"] for each in on)
    polled = [each for each in state["feeds"] if each["enabled"]]
    failing = sum(each["last_error"] is not None for each in polled)
    unread = sum(each["unread"] for each in on)
    not_read = f"; {cells_not_read(unread)} ('watchlist lists show LIST' names them)" if unread else ""
    run = state["last_run"]
    alerts = ", ".join(f"{n} {status}" for status, n in state["alerts"].items()) or "none"
    deliveries = ", ".join(f"{n} {status}" for status, n in state["deliveries"].items()) or "none"
    if untold := state["untold_alerts"]:
        deliveries += f"; alerts told to nobody: {untold} ('watchlist deliveries tell CHANNEL --since T' tells them)"
    return [
        ("lists", f"{len(on)} on, {entities:,} entities, {names:,} names{not_read}"),
        ("feeds", f"{len(polled)} on, {failing} failing"),
        ("articles", "{stored:,} stored, {waiting:,} waiting to be screened".format(**state["articles"])),
        ("pages", _pages_line(state["pages"])),
        ("alerts", alerts),
        ("deliveries", deliveries),
        ("last run", _run_line(run) if run else "never; 'watchlist run --once' does one"),
        ("purged", _purge_line(state["last_purge"])),
    ]


def _pages_line(pages: dict[str, Any]) -> str:
    counts: dict[PageStatus, int] = pages["by_status"]
    if not counts:
        return ""
    read = counts.get(PageStatus.READ, 0) + counts.get(PageStatus.PLAIN, 0)
    line = f"{read:,} read, {counts.get(PageStatus.WAITING, 0):,} waiting, {counts.get(PageStatus.FAILED, 0):,} failed"
    reasons = "; ".join(f"{reason} ({n:,})" for reason, n in pages["reasons"])
    return f"{line}: {reasons}" if reasons else line


def _run_line(run: dict[str, Any]) -> str:
    if run["finished_at"] is None:
        return f"{when(run['started_at'])} UTC, under way or interrupted"
    return f"{when(run['started_at'])} UTC, {len(run['errors'])} errors"


def _purge_line(purge: dict[str, Any] | None) -> str:
    if purge is None:
        return ""
    removed = ", ".join(f"{n:,} {kind}" for kind, n in purge["removed"]) or "nothing was old"
    left = "" if purge["finished_at"] else "; the next run goes on"
    return f"{when(purge['started_at'])} UTC, {removed}{left}"
