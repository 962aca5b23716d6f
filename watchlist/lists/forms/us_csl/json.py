"""The Consolidated Screening List as JSON: an object with the entries under ``results``."""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import JsonWords
from watchlist.lists.forms.us_csl.rows import LIST_IDS, Listed, ListedPlace, entities_of
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_document import document_records
from watchlist.lists.reading.streams.json_lines import Record
from watchlist.model import Entity

_ADDRESS = ("address", "city", "state", "postal_code")


def _entities(file: ListFile) -> Iterator[Entity]:
    return entities_of(file, ((number, _listed(each)) for number, each in document_records(file, "results")))


def _listed(found: Record) -> Listed:
    return Listed(
        id=_text(found, "id") or _text(found, "_id"),
        one={key: _text(found, key) for key, value in found.items() if not isinstance(value, (list, dict))},
        programs=_texts(found, "programs"),
        names=_texts(found, "alt_names"),
        addresses=tuple(
            ListedPlace(tuple(_text(place, key) for key in _ADDRESS), _text(place, "country"))
            for place in _objects(found, "addresses")
        ),
        citizenships=_texts(found, "citizenships"),
        nationalities=_texts(found, "nationalities"),
        births=_texts(found, "dates_of_birth"),
        birth_places=_texts(found, "places_of_birth"),
        phrases=tuple(map(_identity, _objects(found, "ids"))),
    )


def _identity(found: Record) -> str:
    """A document as OFAC writes it: ``Passport 836238033 (KP)``."""
    label, number, country = (_text(found, key) for key in ("type", "number", "country"))
    words = " ".join(filter(None, (label, number)))
    return f"{words} ({country})" if country else words


def _text(found: Record, key: str) -> str:
    value: object = found.get(key)
    return "" if value is None else " ".join(str(value).split())


def _texts(found: Record, key: str) -> tuple[str, ...]:
    value: object = found.get(key)
    values = value if isinstance(value, list) else [value]
    return tuple(words for each in values if each is not None and (words := " ".join(str(each).split())))


def _objects(found: Record, key: str) -> tuple[Record, ...]:
    value: object = found.get(key)
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


FORM = Form(
    id="us_csl_json",
    label="the Consolidated Screening List's JSON",
    head=JsonWords(("results", "source", "alt_names")),
    entities=_entities,
    lists=LIST_IDS,
    rank=16,
)
