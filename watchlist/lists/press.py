"""Names by which the press knows some listed entities but which their authorities do not list.

They ship with the program, by the ids of one authority, and are added to the official entities at each sync. By what
that authority says of these entities, which ships with them, they are known on the lists of others.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import IO

from watchlist.errors import ListParseError
from watchlist.lists.reading.files import text_lines
from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema

#: The columns of the packaged file that describes the entities; several values of one are parted by semicolons.
COLUMNS_OF_SUBJECTS = ("list", "id", "schema", "names", "birth_dates", "countries", "identifiers")
_COLUMNS = ("list", "id", "caption", "name", "lang")


def press_names(list_id: str) -> Mapping[str, tuple[Name, ...]]:
    """The packaged press names of one list by the authority's id of the entity.

    Raises ListParseError when the packaged file is damaged.
    """
    return _packaged_names().get(list_id, {})


@cache
def _packaged_names() -> dict[str, dict[str, tuple[Name, ...]]]:
    """Read once: every list that is synced asks for its own."""
    with (files("watchlist.lists") / "data" / "press_names.csv").open("rb") as stream:
        return read_press_names(stream)


@cache
def press_subjects() -> tuple[Entity, ...]:
    """The entities that have press names, as their authority describes them.

    Raises ListParseError when the packaged file is damaged.
    """
    with (files("watchlist.lists") / "data" / "press_subjects.csv").open("rb") as stream:
        return read_press_subjects(stream)


def read_press_subjects(stream: IO[bytes]) -> tuple[Entity, ...]:
    """The entities of a file of `COLUMNS_OF_SUBJECTS`; raises ListParseError with the line."""
    what = "press subjects"
    reader = csv.DictReader(text_lines(what, stream, what), strict=True)
    found = []
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS_OF_SUBJECTS:
            raise ListParseError(what, f"expected the header {','.join(COLUMNS_OF_SUBJECTS)}", line=1)
        for row in reader:
            names = _values(row["names"])
            if not names or row["schema"] not in set(Schema):
                raise ListParseError(what, "expected a schema and a name", line=reader.line_num)
            listed = tuple(Name(text, NameKind.ALIAS if at else NameKind.PRIMARY) for at, text in enumerate(names))
            numbers = tuple(Identifier(*each.split("=", 1)) for each in _values(row["identifiers"]))
            found.append(
                Entity(
                    row["list"],
                    row["id"],
                    Schema(row["schema"]),
                    listed,
                    countries=_values(row["countries"]),
                    birth_dates=_values(row["birth_dates"]),
                    identifiers=numbers,
                )
            )
    except csv.Error as error:
        raise ListParseError(what, f"no valid CSV: {error}", line=reader.line_num) from error
    return tuple(found)


def _values(cell: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (cell or "").split(";")))


def read_press_names(stream: IO[bytes]) -> dict[str, dict[str, tuple[Name, ...]]]:
    """Press names by list and the authority's id, from CSV with the columns list, id, caption, name, lang.

    ``caption`` is the entity's own name, for people who read the file. Raises ListParseError with the line.
    """
    what = "press names"
    reader = csv.DictReader(text_lines(what, stream, what), strict=True)
    names: defaultdict[str, defaultdict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    try:
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise ListParseError(what, f"expected the header {','.join(_COLUMNS)}", line=1)
        for row in reader:
            if None in row or not all(row[column] for column in ("list", "id", "name")):
                raise ListParseError(what, "expected list, id and name", line=reader.line_num)
            name = Name(row["name"], NameKind.ALIAS, lang=row["lang"] or None, origin=NameOrigin.PRESS)
            names[row["list"]][row["id"]].append(name)
    except csv.Error as error:
        raise ListParseError(what, f"no valid CSV: {error}", line=reader.line_num) from error
    return {
        list_id: {source_id: tuple(dict.fromkeys(found)) for source_id, found in of_list.items()}
        for list_id, of_list in names.items()
    }
