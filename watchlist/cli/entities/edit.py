"""``watchlist entities add``, ``edit``, ``alias`` and ``remove``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import EntityId, ListId
from watchlist.cli.shared.terminal import say
from watchlist.model import Schema
from watchlist.steps.asked.listed.given import Given

Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", help="Another name, weak:NAME for a weak one; may be repeated.", metavar="A"),
]
Programs = Annotated[
    list[str] | None, typer.Option("--program", help="Why it is listed; may be repeated.", metavar="P")
]
Countries = Annotated[
    list[str] | None, typer.Option("--country", help="Two-letter code or name; may be repeated.", metavar="C")
]
Births = Annotated[
    list[str] | None, typer.Option("--birth-date", help="YYYY, YYYY-MM or YYYY-MM-DD; may be repeated.", metavar="D")
]
Identifiers = Annotated[
    list[str] | None, typer.Option("--identifier", help="Such as imo:9187629; may be repeated.", metavar="KIND:VALUE")
]


def add(
    context: typer.Context,
    list_id: ListId,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    schema: Annotated[Schema, typer.Option(help="What kind of entity it is.")] = Schema.LEGAL_ENTITY,
    source_id: Annotated[str | None, typer.Option("--id", help="Its id on the list; default: from the name.")] = None,
    alias: Aliases = None,
    program: Programs = None,
    country: Countries = None,
    birth_date: Births = None,
    identifier: Identifiers = None,
) -> None:
    """Add an entity to a list of your own."""
    from watchlist.steps.asked.listed.own import add_entity
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        given = Given(
            name=name,
            schema=schema,
            aliases=alias,
            programs=program,
            countries=country,
            birth_dates=birth_date,
            identifiers=identifier,
        )
        look_back = look_back_of(parts.config)
        entity = add_entity(parts.store, list_id, source_id, given, parts.clock(), look_back)
    say(f"Added {entity.id}, {entity.caption}.")


def edit(
    context: typer.Context,
    entity_id: EntityId,
    name: Annotated[str | None, typer.Option(help="Its primary name.", metavar="NAME")] = None,
    schema: Annotated[Schema | None, typer.Option(help="What kind of entity it is.")] = None,
    alias: Aliases = None,
    program: Programs = None,
    country: Countries = None,
    birth_date: Births = None,
    identifier: Identifiers = None,
) -> None:
    """Change an entity of a list of your own.

    What is given takes the place of what was there; an empty value takes away: --alias "" leaves no alias.
    """
    from watchlist.steps.asked.listed.own import edit_entity
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        edit_entity(
            parts.store,
            entity_id,
            Given(
                name=name,
                schema=schema,
                aliases=alias,
                programs=program,
                countries=country,
                birth_dates=birth_date,
                identifiers=identifier,
            ),
            parts.clock(),
            look_back_of(parts.config),
        )
    say(f"Changed {entity_id}.")


def alias(
    context: typer.Context,
    entity_id: EntityId,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    remove: Annotated[bool, typer.Option("--remove", help="Take this alias of yours away again.")] = False,
) -> None:
    """Give an entity of any list one more name.

    Such as the one that the press uses. It survives every sync.
    """
    from watchlist.steps.asked.listed.own import give_name
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        if remove:
            parts.store.remove_alias(entity_id, name, parts.clock())
            say(f"{entity_id} is no longer matched as {name}.")
            return
        entity, added = give_name(parts.store, entity_id, name, parts.clock(), look_back_of(parts.config))
    so = "is now also matched as" if added else "is matched as that already:"
    say(f"{entity.caption} {so} {name}.")


def remove(context: typer.Context, entity_id: EntityId) -> None:
    """Take an entity off a list of your own.

    Its alerts stay on record.
    """
    from watchlist.app import now
    from watchlist.steps.asked.listed.own import remove_entity

    with invocation(context).store() as store:
        remove_entity(store, entity_id, now())
    say(f"Removed {entity_id}.")
