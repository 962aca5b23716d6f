"""``watchlist entities``: searching and showing every list, editing one's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.entities import files as entity_files
from watchlist.cli.entities import groups, suppress
from watchlist.cli.entities.forms import Given, changed_entity, new_entity, user_alias
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import Column, console, print_facts, print_json, print_table
from watchlist.errors import UsageError
from watchlist.model import Name, NameOrigin, Schema, Standing, Suppression
from watchlist.storage.store import Store

app = noun("Listed names: search, show, add, edit, import and export.", no_args_is_help=True)
app.command("group")(groups.group)
app.command("join")(groups.join)
app.command("split")(groups.split)
app.command("suppress")(suppress.suppress)
app.command("unsuppress")(suppress.unsuppress)
app.command("suppressed")(suppress.suppressed)
app.command("import")(entity_files.import_file)
app.command("undo")(entity_files.undo)
app.command("export")(entity_files.export_file)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EntityId = Annotated[str, typer.Argument(metavar="LIST:ID")]
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
    """Find entities by words of their names.

    Where no name has them all, those that look alike are shown.
    """
    from watchlist.steps.search import search_entities

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
    from watchlist.app import now

    with invocation(context).store() as store:
        found, standing = store.entity(entity_id), store.standing(entity_id)
        quiet = next((each for each in store.suppressions(now()) if each.entity_id == entity_id), None)
    if as_json:
        suppressed = {"suppressed": asdict(quiet) if quiet else None}
        print_json({"entity": found.id, **asdict(found), **asdict(standing), **suppressed})
        return
    console().print(f"{found.caption}  ({found.id}, {found.schema})", style="bold")
    print_facts(
        [
            ("off the list", _off(standing)),
            ("no alerts", _quiet(quiet)),
            ("formerly", ", ".join(standing.formerly)),
            ("name parts", _parts(found.names[0])),
            *(
                (
                    "" if n else "names",
                    f"{name.text}  [{_kind(name)}]" + (f"  {parts}" if (parts := _parts(name)) else ""),
                )
                for n, name in enumerate(found.names[1:])
            ),
            ("programs", ", ".join(found.programs)),
            ("countries", ", ".join(found.countries)),
            ("born", ", ".join((*found.birth_dates, *found.birth_places))),
            ("offices", "; ".join(found.designations)),
            *(
                (each.kind, f"{each.value} ({each.detail})" if each.detail else each.value)
                for each in found.identifiers
            ),
            ("addresses", "; ".join(found.addresses)),
            ("linked to", "; ".join(found.linked_to)),
            ("listed", found.listed_on or ""),
            ("reference", found.reference or ""),
            ("remarks", found.remarks or ""),
            ("page", found.url or ""),
        ]
    )


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
    from watchlist.steps.search import free_id
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        store = parts.store
        _require_own(store, list_id)
        given = Given(name, schema, alias, program, country, birth_date, identifier)
        entity = new_entity(list_id, source_id or free_id(store, list_id, name), given)
        store.put_entity(entity, parts.clock(), look_back_of(parts.config))
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
    """Change an entity of a list of your own.

    What is given takes the place of what was there; an empty value takes away: --alias "" leaves no alias.
    """
    from watchlist.model import IntakeOptions
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        store = parts.store
        entity = store.entity(entity_id)
        _require_own(store, entity.list_id)
        changed = changed_entity(entity, Given(name, schema, alias, program, country, birth_date, identifier))
        options = IntakeOptions(keep_others=True, look_back=look_back_of(parts.config))
        store.apply_entities(entity.list_id, [changed], parts.clock(), lambda _change: None, options)
    typer.echo(f"Changed {entity_id}.")


@app.command()
def alias(
    context: typer.Context,
    entity_id: EntityId,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    remove: Annotated[bool, typer.Option("--remove", help="Take this alias of yours away again.")] = False,
) -> None:
    """Give an entity of any list one more name.

    Such as the one that the press uses. It survives every sync.
    """
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        store = parts.store
        if remove:
            store.remove_alias(entity_id, name, parts.clock())
            typer.echo(f"{entity_id} is no longer matched as {name}.")
            return
        entity = store.entity(entity_id)
        added = store.add_alias(entity_id, user_alias(name, entity.schema), parts.clock(), look_back_of(parts.config))
    so = "is now also matched as" if added else "is matched as that already:"
    typer.echo(f"{entity.caption} {so} {name}.")


@app.command()
def remove(context: typer.Context, entity_id: EntityId) -> None:
    """Take an entity off a list of your own.

    Its alerts stay on record.
    """
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


def _off(standing: Standing) -> str:
    if standing.removed_at is None:
        return ""
    since = f"since {standing.removed_at:%Y-%m-%d}"
    return f"{since}; listed as {standing.succeeded_by} now" if standing.succeeded_by else since


def _quiet(suppression: Suppression | None) -> str:
    if suppression is None:
        return ""
    until = f", until {suppression.until:%Y-%m-%d}" if suppression.until else ""
    return f"since {suppression.at:%Y-%m-%d}{until}" + (f": {suppression.reason}" if suppression.reason else "")


def _kind(name: Name) -> str:
    """Its kind, language and script (but Latin), and who gave it where that is not the authority."""
    known = [name.kind.replace("_", " "), name.lang, name.script if name.script != "Latn" else None]
    known += [None if name.origin is NameOrigin.AUTHORITY else name.origin]
    return ", ".join(each for each in known if each)


def _parts(name: Name) -> str:
    return ", ".join(f"{kind} {text}" for kind, text in name.parts)
