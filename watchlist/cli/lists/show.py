"""``watchlist lists`` and ``lists list``: how the lists stand."""

from __future__ import annotations

from datetime import timedelta

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.health.states import list_state


def list_lists(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what each list holds and how its last sync went."""
    from watchlist.answers.listed import lists_json
    from watchlist.lists.schedule import is_stale, next_check

    with invocation(context).app() as parts:
        found = parts.store.watched_lists()
        max_age = timedelta(seconds=parts.config.schedule.list_max_age)
        stale = {each.id for each in found if is_stale(each, max_age, parts.clock())}
        interval = timedelta(seconds=parts.config.schedule.lists)
        due = {each.id: next_check(each, interval) for each in found}
    if as_json:
        print_json(lists_json(found, parts.config, parts.clock()))
        return
    print_table(
        (
            Column("id"),
            Column("title", words=True, spare=1),
            Column("entities"),
            Column("names"),
            Column("version", spare=3),
            Column("checked"),
            Column("changed", spare=2),
            Column("next check", spare=4),
            Column("state", words=True),
        ),
        [
            (
                each.id,
                each.title,
                str(each.entity_count),
                str(each.name_count),
                each.snapshot.version if each.snapshot else "",
                "" if each.own else when(each.last_checked_at),
                when(each.last_changed_at),
                when(due[each.id], never=""),
                list_state(each, stale=each.id in stale),
            )
            for each in found
        ],
        none="No lists. 'watchlist lists sync us_ofac_sdn' fetches one, 'watchlist lists create' makes your own.",
    )
