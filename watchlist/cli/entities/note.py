"""``watchlist entities note`` and ``notes``: what people know of a subject."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.answers.listed import notes_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, EntityId
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.persons import By, who
from watchlist.cli.shared.terminal import say
from watchlist.steps.asked.noting import note_of


def note(
    context: typer.Context,
    entity_id: EntityId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be known of it.")],
    by: By = None,
) -> None:
    """Write a note on an entity, shown with every alert of it.

    It stays with the entity, whatever id it has, and is told of all that are one with it.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        kept = store.note_subject(note_of(entity_id, text, who(by), now()))
        caption = store.entity(kept.entity_id).caption
    say(f"Note {kept.id} stands with {caption}.")


def notes(
    context: typer.Context,
    entity_id: Annotated[str | None, typer.Argument(metavar="[LIST:ID]", help="Of this one alone.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was written on entities."""
    with invocation(context).store() as store:
        if entity_id is None:
            found = store.subject_notes()
        else:
            store.entity(entity_id)
            found = store.notes_on([entity_id])
        captions = {each.id: each.caption for each in store.entities_of(sorted({note.entity_id for note in found}))}
    if as_json:
        print_json(notes_json(found))
        return
    print_table(
        (
            Column("id"),
            Column("entity"),
            Column("name", words=True),
            Column("at"),
            Column("by"),
            Column("note", words=True),
        ),
        [
            (str(each.id), each.entity_id, captions.get(each.entity_id, ""), when(each.at), each.by, each.text)
            for each in found
        ],
        none="Nobody wrote a note yet: 'watchlist entities note LIST:ID TEXT' does.",
    )
