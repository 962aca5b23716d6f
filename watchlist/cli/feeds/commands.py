"""``watchlist feeds``: its commands, in the order of its help."""

from __future__ import annotations

import typer

from watchlist.cli.feeds import change, opml
from watchlist.cli.feeds.add import add
from watchlist.cli.feeds.check import check
from watchlist.cli.feeds.discover import discover
from watchlist.cli.feeds.show import list_feeds, show
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson

app = noun("News feeds: show, add, set, discover, check, import, export.")
app.command("show")(show)
app.command("set")(change.set_feed)
app.command("discover")(discover)
app.command("import")(opml.import_feeds)
app.command("export")(opml.export)
app.command("list")(list_feeds)
app.command("add")(add)
app.command("remove")(change.remove)
app.command("enable")(change.enable)
app.command("disable")(change.disable)
app.command("check")(check)


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """News feeds: show, add, set, discover, check, import, export."""
    if context.invoked_subcommand is None:
        list_feeds(context, as_json)
