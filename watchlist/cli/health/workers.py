"""``watchlist workers``."""

from __future__ import annotations

import typer

from watchlist.answers.watched import worker_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.health.states import doing
from watchlist.model import WorkerRole

app = noun()


@app.command()
def workers(context: typer.Context, as_json: AsJson = False) -> None:
    """Show who is at work on the database, and what each does.

    With the roles of each, since when it is at work, and its last sign of life. Several are at work on one
    PostgreSQL database; on SQLite there is one.
    """
    with invocation(context).store() as store:
        found = store.workers()
    if as_json:
        print_json(list(map(worker_json, found)))
        return
    print_table(
        (
            Column("worker", words=True),
            Column("roles", spare=1),
            Column("since"),
            Column("last beat"),
            Column("does", words=True),
        ),
        [
            (
                each.name,
                "all" if set(each.roles) == set(WorkerRole) else " ".join(each.roles),
                when(each.started_at),
                when(each.beat_at),
                doing(each),
            )
            for each in found
        ],
        none="Nobody is at work: 'watchlist run' starts.",
    )
