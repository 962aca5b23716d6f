"""What OpenSanctions' two forms share: the kinds of targets, their ids, and the index that may lie beside the file."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from watchlist.lists.forms import published_lists
from watchlist.lists.forms.opensanctions import dataset as dataset
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.streams.json_lines import records
from watchlist.model import Schema

#: Lists that gather the datasets of many authorities.
_COLLECTIONS = ("opensanctions",)
#: So many lines show what a dataset is.
_TOLD = 200

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


def wrong(file: ListFile) -> str | None:
    """Why a dataset is not the list of an authority: its first entities are of others. None where it may be."""
    if file.list_id not in published_lists() or file.list_id in _COLLECTIONS:
        return None
    others: Counter[str] = Counter()
    told = own = 0
    for _, found in islice(records(file), _TOLD):
        names = found.get("datasets")
        if isinstance(names, list) and names and found.get("target") is not False:
            told += 1
            own += file.list_id in names
            others.update(str(name) for name in names)
    if told and own * 2 < told:
        most = ", ".join(name for name, _ in others.most_common(3))
        return f"is of the data set {most}, not {file.list_id}"
    return None


def imo(draft: Draft, number: str) -> None:
    """Add an IMO number, which companies have as well as ships."""
    draft.identifier("imo", number, None if draft.schema is Schema.VESSEL else "company")
