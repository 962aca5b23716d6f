"""Australia's consolidated list (DFAT) as CSV: the workbook's rows, as a spreadsheet saves them.

In UTF-8 or Windows' code page, with commas, semicolons or tabs between the cells. It has no date of its own: its day is
the latest Control Date.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.au import xlsx
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import Columns
from watchlist.lists.reading.dated import latest
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity

_CHANGED = "Control Date"
_LAYOUT = Layout(
    xlsx.REQUIRED,
    known=(
        *(_CHANGED, "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship", "Address", "IMO Number"),
        *("Additional Information", "Listing Information"),
    ),
    delimiter=None,
    old_encoding="cp1252",
)


def _stated(file: ListFile) -> Stated:
    return latest(row.get(_CHANGED, "") for _, row in _rows(file))


def _entities(file: ListFile) -> Iterator[Entity]:
    return xlsx.entities_of(file, _rows(file))


def _rows(file: ListFile) -> Iterator[tuple[int, Row]]:
    return header_rows(file, _LAYOUT)


FORM = Form(
    id="dfat_csv",
    label="DFAT's CSV",
    head=Columns(("Reference", "Name of Individual or Entity", "Name Type")),
    entities=_entities,
    lists=("au_dfat_sanctions",),
    stated=_stated,
    rank=71,
)
