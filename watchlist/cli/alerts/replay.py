"""``watchlist replay``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from watchlist.alerts.as_json import mention_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.steps.asked.times import parse_since

if TYPE_CHECKING:
    from watchlist.steps.asked.replay import Replayed

app = noun()


@app.command()
def replay(
    context: typer.Context,
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="The alert threshold to try.", metavar="X")],
    since: Annotated[str | None, typer.Option(help="Articles fetched since: 30d, 2026-11-23.", metavar="T")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what another threshold would raise or drop.

    The stored articles are screened with the lists as they are now, once as configured and once with this threshold
    everywhere; what alerts in one case only is shown. Nothing is written.
    """
    from watchlist.steps.asked.replay import replay as replayed
    from watchlist.steps.index import load_index

    found: list[Replayed] = []
    screen = Console(stderr=True)
    progress = Progress(console=screen, transient=True, disable=not screen.is_terminal)
    with invocation(context).app() as parts, progress as bar:
        start = parse_since(since, parts.clock()) or datetime(1, 1, 1, tzinfo=UTC)
        index = load_index(parts.store, parts.index_dir).index
        task = bar.add_task("screening", total=parts.store.article_counts()[0])
        for each in replayed(parts.store, index, parts.config.matching, threshold, start):
            bar.advance(task)
            found.extend(each)
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    print_table(
        (
            Column("change"),
            Column("score"),
            Column("entity"),
            Column("name", words=True, spare=1),
            Column("as written", words=True),
            Column("article", words=True, spare=2),
        ),
        [
            (
                "raised" if each.raised else "dropped",
                f"{each.mention.score:.2f}",
                each.mention.entity_id,
                each.mention.caption,
                each.mention.surface,
                each.article.title or each.article.url or each.article.id,
            )
            for each in found
        ],
        none="It would make no difference.",
    )


def _as_json(each: Replayed) -> dict[str, Any]:
    found = mention_json(each.mention)
    return {
        "change": "raised" if each.raised else "dropped",
        "article": each.article.id,
        "title": each.article.title,
        "url": each.article.url,
        **{key: found[key] for key in ("entity", "name", "surface", "score")},
    }
