"""The World Bank's debarred firms as JSON: a list under ``response`` and ``ZPROCSUPP``."""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import JsonWords
from watchlist.lists.forms.worldbank import rows
from watchlist.lists.reading.draft import clean
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_document import document_records
from watchlist.lists.reading.table import Row
from watchlist.model import Entity

_PATH = ("response", "ZPROCSUPP")


def _entities(file: ListFile) -> Iterator[Entity]:
    return rows.entities_of(file, _rows(file))


def _rows(file: ListFile) -> Iterator[tuple[int, Row]]:
    for number, found in document_records(file, *_PATH):
        yield number, {key.upper(): clean(str(value)) for key, value in found.items() if value is not None}


FORM = Form(
    id="worldbank_json",
    label="the World Bank's JSON",
    head=JsonWords(_PATH),
    entities=_entities,
    lists=("worldbank_debarred",),
    rank=75,
)
