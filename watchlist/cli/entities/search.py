"""``watchlist entities search``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.answers.listed import entity_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
) -> None:
    """Find entities by words of their names.

    Where no name has them all, those that look alike are shown.
    """
    from watchlist.steps.asked.search import search_entities

    with invocation(context).store() as store:
        found = search_entities(store, text, limit)
    if as_json:
        print_json(list(map(entity_json, found)))
        return
    print_table(
        (
            Column("entity"),
            Column("schema", spare=1),
            Column("name", words=True),
            Column("other names", words=True),
            Column("programs", words=True, spare=2),
        ),
        [
            (
                each.id,
                each.schema,
                each.caption,
                "; ".join(name.text for name in each.names[1:4]) + (" …" if len(each.names) > 4 else ""),
                ", ".join(each.programs),
            )
            for each in found
        ],
        none=f"Nobody is listed under a name like {text!r}.",
    )
