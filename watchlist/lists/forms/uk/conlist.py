"""OFSI's consolidated list as CSV (``ConList.csv``), the UK's list of asset freezes until January 2026.

A line ``Last Updated,DATE``, a header, one row for each name and each further address or date of birth, in the order of
the names, not of the entities; ``Group ID`` is the key. Until 2022 in Windows' code page 1252, later in UTF-8 with some
more columns. Copies without the line with the date are about.
"""

from __future__ import annotations

import csv

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import AnyOf, FirstLine
from watchlist.lists.forms.uk import ofsi
from watchlist.lists.reading.dated import in_first_line, latest
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import header_rows

_OPENING = "Last Updated"


def _day(line: str) -> str | None:
    cells = next(csv.reader([line]), [])
    return cells[1] if len(cells) > 1 else None


def _last_change(file: ListFile) -> Stated:
    return latest(row.get(ofsi.LAST_UPDATED, "") for _, row in header_rows(file, ofsi.TABLE.full_layout))


FORM = Form(
    id="uk_conlist",
    label="OFSI's ConList.csv",
    head=AnyOf((FirstLine((f"{_OPENING},",)), FirstLine(("Name 6", "Name 1", "Group Type", "Group ID")))),
    entities=ofsi.TABLE.entities,
    lists=("gb_hmt_sanctions", "gb_fcdo_sanctions"),
    stated=in_first_line("Last Updated,13/04/2018", _day, opening=_OPENING, missing=_last_change),
    rank=42,
)
