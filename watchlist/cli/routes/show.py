"""``watchlist routes list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table

if TYPE_CHECKING:
    from watchlist.config.routes import RouteConfig

#: What a route may be narrowed to.
_NARROWED = ("lists", "programs", "schemas", "severities", "subjects", "feeds", "languages")


def list_routes(context: typer.Context, as_json: AsJson = False) -> None:
    """List the routes in the order in which they are read."""
    with invocation(context).app() as parts:
        routes = parts.config.routes
    if as_json:
        print_json([each.model_dump(mode="json") for each in routes])
        return
    print_table(
        (Column("route"), Column("for", words=True), Column("to", words=True), Column("when", words=True)),
        [(each.name, _whose(each), ", ".join(each.channels) or "nowhere", when_words(each)) for each in routes],
        none="No routes: every alert goes to every channel, at once.",
    )


def when_words(route: RouteConfig) -> str:
    """When a route tells, in words."""
    words = {"now": "at once", "hourly": "every full hour", "daily": f"daily at {route.at} {route.zone}"}[route.when]
    if route.quiet is not None:
        words += f", quiet from {route.quiet.begin} to {route.quiet.end} {route.zone}"
    return words + (f", at most {route.cap} an hour" if route.cap is not None else "")


def _whose(route: RouteConfig) -> str:
    narrowed = [f"{name}: {', '.join(map(str, values))}" for name in _NARROWED if (values := getattr(route, name))]
    return "; ".join(narrowed) or "all"
