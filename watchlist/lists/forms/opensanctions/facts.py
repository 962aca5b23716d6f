"""What OpenSanctions' two forms share: the kinds of targets, their ids, and the index that may lie beside the file."""

from __future__ import annotations

from watchlist.lists.forms.opensanctions import dataset as dataset
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.model import Schema

SCHEMAS = {
    "Person": Schema.PERSON,
    "Organization": Schema.ORGANIZATION,
    "PublicBody": Schema.ORGANIZATION,
    "Company": Schema.COMPANY,
    "LegalEntity": Schema.LEGAL_ENTITY,
    "Vessel": Schema.VESSEL,
    "Airplane": Schema.AIRCRAFT,
}


def stated(file: ListFile) -> Stated:
    """The version of the ``index.json`` beside the file, if there is one, after comparing the checksum it states."""
    index = dataset.beside(file)
    if index is None:
        return Stated()
    dataset.verify(file, index)
    return Stated(index.version, index.published_at)


def imo(draft: Draft, number: str) -> None:
    """Add an IMO number, which companies have as well as ships."""
    draft.identifier("imo", number, None if draft.schema is Schema.VESSEL else "company")
