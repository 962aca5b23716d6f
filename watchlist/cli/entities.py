"""``watchlist entities``: searching and showing every list, editing one's own."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

import typer

from watchlist.cli import entity_files
from watchlist.cli.context import invocation
from watchlist.cli.lazy import noun
from watchlist.cli.output import Column, console, print_json, print_table
from watchlist.errors import UsageError
from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema
from watchlist.storage.store import Store

app = noun("Listed names: search, show, add, edit, import and export.", no_args_is_help=True)
app.command("import")(entity_files.import_file)
app.command("export")(entity_files.export_file)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EntityId = Annotated[str, typer.Argument(metavar="LIST:ID")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", help="Another name; may be repeated.", metavar="A")]
Programs = Annotated[list[str] | None, typer.Option("--program", help="May be repeated.", metavar="P")]
Countries = Annotated[list[str] | None, typer.Option("--country", help="ISO code; may be repeated.", metavar="C")]
Births = Annotated[list[str] | None, typer.Option("--birth-date", help="YYYY, YYYY-MM or YYYY-MM-DD.", metavar="D")]
Identifiers = Annotated[
    list[str] | None, typer.Option("--identifier", help="Such as imo:9187629; may be repeated.", metavar="KIND:VALUE")
]


@app.callback()
def entities() -> None:
    """Listed names: search, show, add, edit, import and export."""


@app.command()
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
) -> None:
    """Find entities by words of their names; if none has them all, by names that look alike."""
    from watchlist.search import search_entities

    with invocation(context).store() as store:
        found = search_entities(store, text, limit)
    if as_json:
        print_json([{"entity": each.id, **asdict(each)} for each in found])
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


@app.command()
def show(context: typer.Context, entity_id: EntityId, as_json: AsJson = False) -> None:
    """Show all that is known of one entity."""
    with invocation(context).store() as store:
        found = store.entity(entity_id)
    if as_json:
        print_json({"entity": found.id, **asdict(found)})
        return
    screen = console()
    screen.print(f"{found.caption}  ({found.id}, {found.schema})", style="bold")
    facts = [
        *(("", f"{name.text}  [{_kind(name)}]") for name in found.names[1:]),
        ("programs", ", ".join(found.programs)),
        ("countries", ", ".join(found.countries)),
        ("born", ", ".join((*found.birth_dates, *found.birth_places))),
        ("offices", "; ".join(found.designations)),
        *(("", f"{_label(each)}: {each.value}") for each in found.identifiers),
        ("addresses", "; ".join(found.addresses)),
        ("linked to", "; ".join(found.linked_to)),
        ("listed", " as ".join(filter(None, (found.listed_on, found.reference)))),
        ("remarks", found.remarks or ""),
        ("page", found.url or ""),
    ]
    for label, value in facts:
        if value:
            screen.print(f"  {label + ': ' if label else ''}{value}")


@app.command()
def add(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(metavar="LIST")],
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
    from watchlist.app import now
    from watchlist.search import free_id

    with invocation(context).store() as store:
        _require_own(store, list_id)
        entity = Entity(
            list_id=list_id,
            source_id=source_id or free_id(store, list_id, name),
            schema=schema,
            names=_names(name, schema, alias or []),
            programs=tuple(program or ()),
            countries=tuple(each.lower() for each in country or ()),
            birth_dates=tuple(birth_date or ()),
            identifiers=_parse_identifiers(identifier or []),
        )
        store.put_entity(entity, now())
    typer.echo(f"Added {entity.id}, {entity.caption}.")


@app.command()
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
    """Change an entity of a list of your own; what is given takes the place of what was there."""
    from watchlist.app import now

    with invocation(context).store() as store:
        entity = store.entity(entity_id)
        _require_own(store, entity.list_id)
        kind = schema or entity.schema
        # Names given with `alias` have rows of their own, which an edit leaves alone.
        names = tuple(each for each in entity.names if each.origin is NameOrigin.AUTHORITY)
        others = [each.text for each in names[1:]] if alias is None else alias
        if name is not None or alias is not None or kind is not entity.schema:
            names = _names(name or entity.caption, kind, others)
        changed = replace(
            entity,
            schema=kind,
            names=names,
            programs=entity.programs if program is None else tuple(program),
            countries=entity.countries if country is None else tuple(each.lower() for each in country),
            birth_dates=entity.birth_dates if birth_date is None else tuple(birth_date),
            identifiers=entity.identifiers if identifier is None else _parse_identifiers(identifier),
        )
        store.apply_entities(entity.list_id, [changed], now(), lambda _change: None, keep_others=True)
    typer.echo(f"Changed {entity_id}.")


@app.command()
def alias(
    context: typer.Context,
    entity_id: EntityId,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    remove: Annotated[bool, typer.Option("--remove", help="Take this alias of yours away again.")] = False,
) -> None:
    """Give an entity of any list one more name, such as the one the press uses; it survives every sync."""
    from watchlist.app import now

    with invocation(context).store() as store:
        if remove:
            store.remove_alias(entity_id, name, now())
            typer.echo(f"{entity_id} is no longer matched as {name}.")
            return
        caption = store.entity(entity_id).caption
        added = store.add_alias(entity_id, _name(name, store.entity(entity_id).schema, NameKind.ALIAS), now())
    typer.echo(f"{caption} is now also matched as {name}." if added else f"{caption} has the name {name} already.")


@app.command()
def remove(context: typer.Context, entity_id: EntityId) -> None:
    """Take an entity off a list of your own; its alerts stay on record."""
    from watchlist.app import now

    with invocation(context).store() as store:
        _require_own(store, store.entity(entity_id).list_id)
        store.remove_entity(entity_id, now())
    typer.echo(f"Removed {entity_id}.")


def _require_own(store: Store, list_id: str) -> None:
    if not store.watched_list(list_id).own:
        raise UsageError(
            f"{list_id} is its authority's list: 'watchlist lists create' makes one of your own,"
            " 'watchlist entities alias' gives a listed entity another name"
        )


def _names(primary: str, schema: Schema, aliases: list[str]) -> tuple[Name, ...]:
    first = _name(primary, schema, NameKind.PRIMARY)
    others = (_name(text, schema, NameKind.ALIAS) for text in aliases)
    return tuple(replace(each, origin=NameOrigin.AUTHORITY) for each in (first, *others))


def _name(text: str, schema: Schema, kind: NameKind) -> Name:
    from watchlist.lists.person import split_person

    if not any(character.isalnum() for character in text):
        raise UsageError(f"{text!r} is no name: it has neither letters nor digits")
    family, given = split_person(text) if schema is Schema.PERSON else (None, None)
    return Name(text.strip(), kind, given=given, family=family, origin=NameOrigin.USER)


def _parse_identifiers(values: list[str]) -> tuple[Identifier, ...]:
    from watchlist.lists.generic_csv import IDENTIFIER_KINDS

    found = []
    for value in values:
        kind, _, number = value.partition(":")
        if not (kind.strip() and number.strip()):
            raise UsageError(f"{value!r} is no identifier: write KIND:VALUE, such as imo:9187629")
        if kind.strip().lower() not in IDENTIFIER_KINDS:
            raise UsageError(f"{kind!r} is no kind of identifier: use one of {', '.join(IDENTIFIER_KINDS)}")
        found.append(Identifier(kind.strip().lower(), number.strip()))
    return tuple(found)


def _kind(name: Name) -> str:
    kind = name.kind.replace("_", " ")
    return kind if name.origin is NameOrigin.AUTHORITY else f"{kind}, {name.origin}"


def _label(identifier: Identifier) -> str:
    return f"{identifier.kind} ({identifier.detail})" if identifier.detail else identifier.kind
