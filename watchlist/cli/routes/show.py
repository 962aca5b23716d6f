"""``watchlist routes list``."""

from __future__ import annotations

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.health.routes import when_words, whose


def list_routes(context: typer.Context, as_json: AsJson = False) -> None:
    """List the routes in the order in which they are read."""
    with invocation(context).app() as parts:
        routes = parts.config.routes
    if as_json:
        print_json([each.model_dump(mode="json") for each in routes])
        return
    print_table(
        (Column("route"), Column("for", words=True), Column("to", words=True), Column("when", words=True)),
        [(each.name, whose(each), ", ".join(each.channels) or "nowhere", when_words(each)) for each in routes],
        none="No routes: every alert goes to every channel, at once.",
    )
