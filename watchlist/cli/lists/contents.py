"""``watchlist lists show``: what one list holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import print_facts, print_json, when
from watchlist.model import ListContents, WatchedList
from watchlist.subjects.in_words import not_read

#: Cells of a field that are shown.
_EXAMPLES = 3


def show(context: typer.Context, list_id: ListId, as_json: AsJson = False) -> None:
    """Show what a list holds.

    Its form, version and age; entities, names by kind and script, identifiers; the fields that are filled, and the
    cells that could not be read.
    """
    from watchlist.answers.listed import contents_json
    from watchlist.app import now

    with invocation(context).store() as store:
        watched, contents = store.watched_list(list_id), store.list_contents(list_id)
    if as_json:
        print_json(contents_json(watched, contents, now()))
        return
    snapshot = watched.snapshot
    print_facts(
        [
            ("list", f"{watched.id}, {watched.title}"),
            ("form", snapshot.form if snapshot else ""),
            ("version", snapshot.version if snapshot else ""),
            ("published", _dated(snapshot.published_at, now()) if snapshot else ""),
            ("fetched", _dated(snapshot.fetched_at, now()) if snapshot else ""),
            ("checked", _dated(watched.last_good_at, now())),
            ("changed", _dated(watched.last_changed_at, now())),
            ("error", watched.last_error or ""),
            ("entities", _counted(watched.entity_count, contents.schemas)),
            ("names", f"{watched.name_count:,}" if watched.name_count else ""),
            ("by kind", _counts(contents.by_kind)),
            ("by script", _counts(contents.by_script)),
            ("identifiers", _counts(contents.identifiers)),
            ("filled", _counts(_shares(watched, contents))),
            ("not read", ", ".join(map(not_read, snapshot.cells)) if snapshot else ""),
            *(
                ("", f"{cell.field.replace('_', ' ')} of {source_id}: {text!r}")
                for cell in (snapshot.cells if snapshot else ())
                for source_id, text in cell.examples[:_EXAMPLES]
            ),
        ]
    )


def _shares(watched: WatchedList, contents: ListContents) -> list[tuple[str, int]]:
    return [(field.replace("_", " "), n) for field, n in contents.fields if n and watched.entity_count]


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{what.replace('_', ' ')} {count:,}" for what, count in counts)


def _counted(count: int, parts: Iterable[tuple[str, int]]) -> str:
    return f"{count:,}: {_counts(parts)}" if count else "none"


def _dated(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    days = (now - at).days
    age = "today" if days < 1 else f"{days:,} day{'s' if days > 1 else ''} ago"
    return f"{when(at)}, {age}"
