"""Names by which the press knows some listed entities but which their authorities do not list.

They ship with the program and are added to the official entities at each sync.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files
from typing import IO

from watchlist.errors import ListParseError
from watchlist.lists.reading.files import text_lines
from watchlist.model import Name, NameKind, NameOrigin

_COLUMNS = ("list", "id", "caption", "name", "lang")


def press_names(list_id: str) -> dict[str, tuple[Name, ...]]:
    """The packaged press names of one list by the authority's id of the entity.

    Raises ListParseError when the packaged file is damaged.
    """
    with (files("watchlist.lists") / "data" / "press_names.csv").open("rb") as stream:
        return read_press_names(list_id, stream)


def read_press_names(list_id: str, stream: IO[bytes]) -> dict[str, tuple[Name, ...]]:
    """Press names of one list from CSV with the columns list, id, caption, name, lang.

    ``caption`` is the entity's own name, for people who read the file. Raises ListParseError with the line.
    """
    reader = csv.DictReader(text_lines(list_id, stream, "press names"), strict=True)
    names: defaultdict[str, list[Name]] = defaultdict(list)
    try:
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise ListParseError(list_id, f"press names: expected the header {','.join(_COLUMNS)}", line=1)
        for row in reader:
            if None in row or not all(row[column] for column in ("list", "id", "name")):
                raise ListParseError(list_id, "press names: expected list, id and name", line=reader.line_num)
            if row["list"] == list_id:
                name = Name(row["name"], NameKind.ALIAS, lang=row["lang"] or None, origin=NameOrigin.PRESS)
                names[row["id"]].append(name)
    except csv.Error as error:
        raise ListParseError(list_id, f"press names: no valid CSV: {error}", line=reader.line_num) from error
    return {source_id: tuple(dict.fromkeys(found)) for source_id, found in names.items()}
