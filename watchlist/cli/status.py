"""``watchlist status``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from watchlist.cli.context import invocation
from watchlist.cli.lazy import noun
from watchlist.cli.output import console, print_facts, print_json, when
from watchlist.storage.store import Store

app = noun()


@app.command()
def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show how everything stands, and every fault."""
    with invocation(context).store() as store:
        state = _state(store)
    if as_json:
        print_json(state)
        return
    print_facts(_lines(state))
    print_facts([("fault", fault) for fault in state["faults"]], style="red")
    if not state["faults"]:
        console().print("No faults.", style="green")


def _state(store: Store) -> dict[str, Any]:
    lists = store.watched_lists()
    feeds = store.watched_feeds()
    stored, waiting = store.article_counts()
    deliveries = store.deliveries(limit=500)
    runs = store.last_runs(1)
    faults = [f"list {each.last_error}" for each in lists if each.enabled and each.last_error]
    faults += [
        f"list {each.id}: never synced; 'watchlist lists sync {each.id}' fetches it"
        for each in lists
        if each.enabled and each.refresh and not each.last_error and not each.entity_count
    ]
    faults += [f"feed {each.id} {each.url}: {each.last_error}" for each in feeds if each.enabled and each.last_error]
    faults += [
        f"delivery {each.id} ({each.channel}, {each.status}): {each.last_error}"
        for each in deliveries
        if each.status != "sent" and each.last_error
    ]
    faults += [f"article {id}: {error}" for id, error in store.scan_errors(20)]
    if not any(each.enabled and each.entity_count for each in lists):
        faults.append("no names to look for: sync or create a list")
    return {
        "lists": [asdict(each) for each in lists],
        "feeds": [asdict(each) for each in feeds],
        "articles": {"stored": stored, "waiting": waiting},
        "alerts": store.alert_counts(),
        "deliveries": store.delivery_counts(),
        "last_run": asdict(runs[0]) if runs else None,
        "faults": faults,
    }


def _lines(state: dict[str, Any]) -> list[tuple[str, str]]:
    on = [each for each in state["lists"] if each["enabled"]]
    names = sum(each["name_count"] for each in on)
    entities = sum(each["entity_count"] for each in on)
    polled = [each for each in state["feeds"] if each["enabled"]]
    failing = sum(each["last_error"] is not None for each in polled)
    run = state["last_run"]
    alerts = ", ".join(f"{n} {status}" for status, n in state["alerts"].items()) or "none"
    deliveries = ", ".join(f"{n} {status}" for status, n in state["deliveries"].items()) or "none"
    return [
        ("lists", f"{len(on)} on, {entities:,} entities, {names:,} names"),
        ("feeds", f"{len(polled)} on, {failing} failing"),
        ("articles", "{stored:,} stored, {waiting:,} waiting to be screened".format(**state["articles"])),
        ("alerts", alerts),
        ("deliveries", deliveries),
        ("last run", _run_line(run) if run else "never; 'watchlist run --once' does one"),
    ]


def _run_line(run: dict[str, Any]) -> str:
    if run["finished_at"] is None:
        return f"{when(run['started_at'])} UTC, under way or interrupted"
    return f"{when(run['started_at'])} UTC, {len(run['errors'])} errors"
