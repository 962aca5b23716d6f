"""``watchlist screen``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.text import Text

from watchlist.alerts.as_json import mention_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import BAND_STYLE, console, marked, print_parts
from watchlist.cli.shared.reports import listed_on
from watchlist.cli.shared.terminal import to_json, visible
from watchlist.errors import UsageError
from watchlist.model import Article, Entity, Mention
from watchlist.steps.asked.screening import chosen_lists, read_as
from watchlist.steps.asked.texts import read_articles

app = noun()


@app.command()
def screen(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH|-", help="Text, HTML or .jsonl(.gz); - for standard input.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON line for each article and subject.")] = False,
    lists: Annotated[str | None, typer.Option(help="Look for names of these lists only.", metavar="L,...")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show each score's parts, and the language.")] = False,
) -> None:
    """Find listed names in a text, a page or a file of articles.

    A .jsonl file holds an article a line: {"id","title","text"}. Nothing is written to the database.
    """
    from watchlist.matching.engine import Engine

    what = invocation(context).screened()
    chosen = None if lists is None else chosen_lists(lists.split(","), what.lists)
    if not what.index.entity_count:
        raise UsageError("there are no names to look for: 'watchlist lists sync us_ofac_sdn' fetches a list")
    engine = Engine(what.index, what.config.matching)
    count = found = 0
    for article in _articles(path):
        mentions = engine.screen(article, lists=chosen)
        count += 1
        found += len(mentions)
        if explain and not jsonl:
            console().print(read_as(article))
        for mention in mentions:
            if jsonl:
                typer.echo(to_json(mention_json(mention)))
            else:
                _show(article, mention, map(what.index.listing, mention.listings), every_part=explain)
    if not jsonl:
        typer.echo(f"{found} {'mention' if found == 1 else 'mentions'} in {count} {'text' if count == 1 else 'texts'}.")


def _articles(path: str) -> Iterator[Article]:
    with ExitStack() as stack:
        try:
            stream = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}") from error
        yield from read_articles(cast("BufferedReader", stream), path)


def _show(article: Article, mention: Mention, listings: Iterable[Entity], *, every_part: bool) -> None:
    from watchlist.alerts.explain import explain

    terminal = console()
    style = BAND_STYLE[mention.band]
    who = visible(f" {mention.score:.2f}  {mention.caption}  ({mention.entity_id}, {mention.schema})")
    # In one piece, or what is wrapped does not know what stands before it.
    terminal.print(Text.assemble((f"{mention.band:6}", style), who))
    terminal.indented(listed_on(listings))
    if article.title:
        terminal.indented(f"in: {article.title}")
    terminal.indented(Text.assemble("“", marked(mention.quote, style=style), "”"))
    for sentence in explain(mention):
        terminal.indented(f"- {sentence}")
    if every_part:
        print_parts(mention.features)
    terminal.print()
