"""The Consolidated Screening List as CSV: one row for each entry, several values in a cell with ``; `` between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import Columns
from watchlist.lists.forms.us_csl.rows import LIST_IDS, Listed, ListedPlace, entities_of
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.lists.words.countries import known_country
from watchlist.model import Entity

_LAYOUT = Layout(
    ("_id", "source", "type", "programs", "name", "alt_names"),
    known=(
        *("title", "addresses", "federal_register_notice", "start_date", "end_date", "standard_order"),
        *("license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage"),
        *("gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url", "citizenships"),
        *("dates_of_birth", "nationalities", "places_of_birth", "ids"),
    ),
    delimiter=None,
)
_BETWEEN = re.compile(r";\s+")
#: Within an address several places are joined so: the country stands only behind the last.
_BETWEEN_PLACES = re.compile(r";\s+(?!and\b)")


def _entities(file: ListFile) -> Iterator[Entity]:
    return entities_of(file, ((line, _listed(row)) for line, row in header_rows(file, _LAYOUT)))


def _listed(row: Row) -> Listed:
    return Listed(
        id=row["_id"],
        one=row,
        programs=_values(row, "programs"),
        names=_values(row, "alt_names"),
        addresses=tuple(map(_place, filter(None, _BETWEEN_PLACES.split(row.get("addresses", ""))))),
        citizenships=_values(row, "citizenships"),
        nationalities=_values(row, "nationalities"),
        births=_values(row, "dates_of_birth"),
        birth_places=_values(row, "places_of_birth"),
        phrases=tuple(map(_identity, _values(row, "ids"))),
    )


def _values(row: Row, column: str) -> tuple[str, ...]:
    return tuple(words for value in _BETWEEN.split(row.get(column, "")) if (words := value.strip()))


def _place(text: str) -> ListedPlace:
    """An address that ends in a country's code, or is nothing but that."""
    lines, comma, code = text.rpartition(",")
    if len(code.strip()) != 2 or not known_country(code):
        return ListedPlace((text,))
    return ListedPlace((lines,) if comma else (), code.strip())


def _identity(text: str) -> str:
    """``Passport, 836238033, KP`` as OFAC writes it elsewhere; days of issue and expiry are left out."""
    label, *rest = (piece.strip() for piece in text.split(","))
    country = next((at for at, piece in enumerate(rest[1:], start=1) if len(piece) == 2 and known_country(piece)), None)
    if country is None:
        return " ".join((label, ", ".join(rest)))
    return f"{label} {', '.join(rest[:country])} ({rest[country]})"


FORM = Form(
    id="us_csl_csv",
    label="the Consolidated Screening List's CSV",
    head=Columns(("_id", "source", "entity_number", "alt_names", "source_list_url")),
    entities=_entities,
    lists=LIST_IDS,
    rank=15,
)
