"""The files of OFAC's CSV set: which there are, how each is told from the others, and which of them come along."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from watchlist.errors import ListParseError
from watchlist.lists.forms.heads import Beginning
from watchlist.lists.reading.files import ListFile

#: The official names of the files: primary, aliases, addresses, comments; and the list they belong to.
SETS: dict[str, tuple[str, str, str, str]] = {
    "us_ofac_sdn": ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    "us_ofac_cons": ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
}
PRIMARY_COLUMNS = 12
ALT_COLUMNS = 5
ADD_COLUMNS = 6
COMMENT_COLUMNS = 2
#: By the number of their columns.
_OTHER_FILES = {
    ALT_COLUMNS: "OFAC's ALT file",
    ADD_COLUMNS: "OFAC's ADD file",
    COMMENT_COLUMNS: "OFAC's COMMENTS file",
}


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """No header: rows of this many cells that open with a number."""

    cells: int

    def fits(self, start: Beginning) -> bool:
        """Whether the first line is such a row."""
        try:
            row = _first_row(start)
        except csv.Error:
            return False
        return len(row) == self.cells and _opens_with_number(row)


@dataclass(frozen=True, slots=True)
class CsvSet:
    """The parts of one set; only the primary file may stand alone."""

    primary: ListFile
    aliases: ListFile | None = None
    addresses: ListFile | None = None
    comments: ListFile | None = None

    @property
    def parts(self) -> tuple[ListFile, ...]:
        """The parts there are, in a fixed order."""
        return tuple(file for file in (self.primary, self.aliases, self.addresses, self.comments) if file is not None)


def set_of(primary: ListFile) -> CsvSet:
    """The set of a primary file, found by the official names; ListParseError for a folder without aliases."""
    for list_id, names in SETS.items():
        if primary.name != names[0]:
            continue
        if primary.list_id in SETS and primary.list_id != list_id:
            raise primary.broken(f"is a file of {list_id}; expected {SETS[primary.list_id][0].upper()}")
        beside = primary.beside()
        aliases, addresses, comments = (_named(beside, name) for name in names[1:])
        if aliases is None and not primary.lone:
            # They are half of the list.
            raise ListParseError(
                primary.list_id,
                f"{primary.given}: holds {primary.label} but no {names[1].upper()}: add it, or give the file itself",
            )
        return CsvSet(primary, aliases, addresses, comments)
    return CsvSet(primary)


def _named(files: tuple[ListFile, ...], name: str) -> ListFile | None:
    found = [file for file in files if file.name == name]
    if len(found) > 1:
        raise found[1].broken(f"{name} is there more than once; keep one")
    return found[0] if found else None


def hint(start: Beginning) -> str | None:
    """What is wrong with a file of the set that is not the primary one, or a primary one of other columns."""
    try:
        row = _first_row(start)
    except csv.Error as error:
        return f"is no valid CSV: {error}"
    if not _opens_with_number(row):
        return None
    if len(row) in _OTHER_FILES:
        return f"looks like {_OTHER_FILES[len(row)]}; give the primary file or the whole folder"
    if start.name in {name for names in SETS.values() for name in names}:
        return f"expected {PRIMARY_COLUMNS} columns, found {len(row)}"
    return None


def _first_row(start: Beginning) -> list[str]:
    return next(csv.reader([start.line]), [])


def _opens_with_number(row: list[str]) -> bool:
    return bool(row) and row[0].strip().isdigit()
