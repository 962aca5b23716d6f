"""``watchlist entities list``."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from watchlist.answers.listed import entity_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import Column, print_json, print_table, shows_tables

#: Entities that a table shows; JSON and a pipe have them all.
_ROWS = 200
#: Other names that a row shows.
_NAMES = 3


def list_entities(
    context: typer.Context,
    list_id: ListId,
    as_json: AsJson = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"At most this many; default: all, or {_ROWS} on a terminal.")
    ] = None,
) -> None:
    """Show the entities of a list, in the order of their ids."""
    with invocation(context).store() as store:
        count = store.watched_list(list_id).entity_count
        most = limit or (_ROWS if not as_json and shows_tables() else None)
        found = list(islice(store.live_entities(list_id), most))
    if as_json:
        print_json(list(map(entity_json, found)))
        return
    print_table(
        (
            Column("entity"),
            Column("schema", spare=2),
            Column("name", words=True),
            Column("other names", words=True, spare=1),
            Column("born", spare=5),
            Column("countries", spare=3),
            Column("programs", words=True, spare=4),
        ),
        [
            (
                each.id,
                each.schema,
                each.caption,
                "; ".join(name.text for name in each.names[1 : _NAMES + 1])
                + (" …" if len(each.names) > _NAMES + 1 else ""),
                ", ".join(each.birth_dates),
                ", ".join(each.countries),
                ", ".join(each.programs),
            )
            for each in found
        ],
        none=f"{list_id} is empty: 'watchlist entities add {list_id} NAME' puts somebody on it.",
    )
    if len(found) < count:
        typer.echo(f"{len(found):,} of {count:,}; --limit shows more.", err=True)
