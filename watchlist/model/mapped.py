"""Which columns of a table that is no list's own form say what of an entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What columns may be named for; those after ``schema`` may be several columns, and their cells hold several values.
MAPPED = (
    *("id", "name", "given", "family", "schema"),
    *("aliases", "weak_aliases", "previous_names", "countries", "birth_dates", "birth_places", "programs"),
    *("designations", "addresses", "linked_to", "listed_on", "reference", "url", "remarks"),
    *("imo", "mmsi", "call_sign", "tail_number", "bic", "lei", "passport", "national_id", "tax_id", "registration"),
    *("crypto", "email", "website", "phone"),
)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a table is to be read: the columns of each field, and what else was said of it."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The encoding of what is no UTF-8; None where it is to be found.
    encoding: str | None = None
