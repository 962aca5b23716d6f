"""An entity as options of a command or fields of a page describe it, read like a row of the CSV form.

All take the same values and refuse the same.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from io import BytesIO, StringIO

from watchlist.errors import ListParseError, UsageError
from watchlist.lists.forms.generic.csv import COLUMNS, read_generic_csv
from watchlist.lists.forms.generic.names import require_name
from watchlist.lists.forms.generic.write import write_generic_csv
from watchlist.lists.words.person import split_person
from watchlist.model import Entity, Name, NameKind, NameOrigin, Schema
from watchlist.text.cells import quoted


@dataclass(frozen=True, slots=True)
class Given:
    """The values given; None where one was not."""

    name: str | None
    schema: Schema | None
    aliases: list[str] | None
    programs: list[str] | None
    countries: list[str] | None
    birth_dates: list[str] | None
    identifiers: list[str] | None


def new_entity(list_id: str, source_id: str, given: Given) -> Entity:
    """An entity of these values. Raises UsageError for one that is not in the form."""
    return _read(list_id, {"id": quoted(source_id), **_cells(given)})


def changed_entity(entity: Entity, given: Given) -> Entity:
    """The entity with these values in place of its own. Raises UsageError for one that is not in the form."""
    # Names given with `alias` have rows of their own, which an edit leaves alone.
    own = replace(entity, names=tuple(each for each in entity.names if each.origin is NameOrigin.AUTHORITY))
    written = StringIO(newline="")
    write_generic_csv([own], written)
    written.seek(0)
    return _read(entity.list_id, {**next(csv.DictReader(written)), **_cells(given)})


def user_alias(text: str, schema: Schema) -> Name:
    """One more name, given by the user."""
    _require_name(text)
    family, given = split_person(text) if schema is Schema.PERSON else (None, None)
    return Name(text.strip(), NameKind.ALIAS, given=given, family=family, origin=NameOrigin.USER)


def _cells(given: Given) -> dict[str, str]:
    for text in (given.name, *(given.aliases or ())):
        if text:
            _require_name(text)
    single = {"name": given.name, "schema": given.schema}
    several = {
        "aliases": given.aliases,
        "programs": given.programs,
        "countries": given.countries,
        "birth_dates": given.birth_dates,
        "identifiers": given.identifiers,
    }
    # As `write_generic_csv` writes them, beside whose cells they may stand.
    cells = {column: value for column, value in single.items() if value is not None} | {
        column: ";".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)
        for column, values in several.items()
        if values is not None
    }
    return {column: quoted(value) for column, value in cells.items()}


def _read(list_id: str, cells: dict[str, str]) -> Entity:
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(cells)
    # Bytes of the command line that are no UTF-8 come as surrogates; turned back, they are refused as what they are.
    content = stream.getvalue().encode("utf-8", "surrogateescape")
    try:
        (entity,) = read_generic_csv(list_id, BytesIO(content))
    except ListParseError as error:
        reason = str(error).removeprefix(f"{list_id}: ").removeprefix(f"line {error.line}: ")
        raise UsageError(reason) from error
    return entity


def _require_name(text: str) -> None:
    try:
        require_name(text)
    except ValueError as error:
        raise UsageError(str(error)) from error
