"""Listings of ``watchlist users``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when

_LINES = 50


def list_users(context: typer.Context, as_json: AsJson = False) -> None:
    """List the accounts."""
    with invocation(context).store() as store:
        found = store.accounts()
    if as_json:
        print_json([asdict(each) for each in found])
        return
    rows = [
        (
            each.name,
            each.role.value,
            "disabled" if each.disabled_at else "open",
            "yes" if each.has_password else "no",
            when(each.created_at),
        )
        for each in found
    ]
    columns = (Column("name"), Column("role"), Column("state"), Column("password", spare=2), Column("since", spare=1))
    print_table(columns, rows, none="No accounts, so the page answers this machine alone: 'watchlist users add'.")


def log(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of this account alone.")] = None,
    limit: Annotated[int, typer.Option(help="So many lines, the latest.", min=1, max=100_000)] = _LINES,
    as_json: AsJson = False,
) -> None:
    """List who came in, who did not, and what was changed.

    The latest first; nothing of it is ever taken away.
    """
    with invocation(context).store() as store:
        found = store.access_log(limit, name)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    columns = (
        Column("at"),
        Column("what"),
        Column("account"),
        Column("by", spare=2),
        Column("from", spare=1),
        Column("detail", words=True),
    )
    rows = [
        (
            when(each.at),
            each.kind.replace("_", " "),
            each.name or "",
            each.by or "",
            each.address or "",
            each.detail or "",
        )
        for each in found
    ]
    print_table(columns, rows, none="Nothing is on record.")
