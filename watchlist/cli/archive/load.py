"""``watchlist archive load``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from watchlist.cli.archive.extra import require_extra
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import print_json
from watchlist.cli.shared.terminal import say


def load(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output of 'archive screen'.")],
    as_json: AsJson = False,
) -> None:
    """Open alerts for what was found in an archive, told in a digest.

    Takes the mentions of the alert band with their articles; the next run sends them. Done again it changes nothing.
    """
    require_extra()
    from watchlist.archive.found import open_found
    from watchlist.archive.load import load_alerts

    found = open_found(folder)
    name = found.path.rpartition("/")[2] or found.path
    screen = Console(stderr=True)
    with invocation(context).app() as parts, Progress(console=screen, disable=not screen.is_terminal) as progress:
        task = progress.add_task("loading", total=None)
        report = load_alerts(found, name, parts, parts.store, lambda done: progress.advance(task, done))
    counts = report.counts
    if as_json:
        print_json({key: counts[key] for key in ("articles", "mentions", "alerts", "not_kept", "reworded", "strange")})
        return
    typer.echo(f"{counts['articles']:,} articles, {counts['mentions']:,} mentions, {counts['alerts']:,} new alerts.")
    if counts["not_kept"]:
        say(f"{counts['not_kept']:,} articles are copies of others, or were removed for their age before.")
    if counts["reworded"]:
        say(f"{counts['reworded']:,} articles are here with other words, so nothing was added to them.")
    if counts["strange"]:
        say(
            f"{counts['strange']:,} mentions are of entities that this database does not have: 'watchlist lists sync'"
            " brings their lists, then load again."
        )
