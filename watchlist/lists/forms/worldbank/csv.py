"""The World Bank's debarred firms as CSV: saved from its page, or with the names of the JSON as columns."""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import AnyOf, Columns
from watchlist.lists.forms.worldbank import rows
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity

#: What the page calls its columns.
_ON_PAGE = {
    "Firm Name": rows.NAME,
    "Additional Firm Info": rows.INFO,
    "Address": rows.LINES[0],
    "City": rows.LINES[1],
    "State": rows.LINES[2],
    "Zip Code": rows.LINES[3],
    "Country": rows.COUNTRY,
    "From Date": rows.FROM,
    "To Date": rows.TO,
    "Ineligibility Status": rows.STATUS,
    "Grounds": rows.REASON,
}
_COLUMNS = (rows.NAME, rows.COUNTRY, rows.FROM)
_PAGE_COLUMNS = ("Firm Name", "Country", "From Date")
_LAYOUT = Layout(
    (),
    known=(
        *(rows.ID, rows.NAME, rows.INFO, *rows.LINES, rows.COUNTRY, rows.CODE, rows.KIND),
        *(rows.FROM, rows.TO, rows.STATUS, rows.REASON, *_ON_PAGE),
    ),
    delimiter=None,
    old_encoding="cp1252",
)


def _entities(file: ListFile) -> Iterator[Entity]:
    return rows.entities_of(file, _rows(file))


def _rows(file: ListFile) -> Iterator[tuple[int, Row]]:
    for line, row in header_rows(file, _LAYOUT):
        yield line, {_ON_PAGE.get(column, column): cell for column, cell in row.items()}


FORM = Form(
    id="worldbank_csv",
    label="the World Bank's CSV",
    head=AnyOf((Columns(_COLUMNS), Columns(_PAGE_COLUMNS))),
    entities=_entities,
    lists=("worldbank_debarred",),
    rank=76,
)
