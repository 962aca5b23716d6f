"""Lists and feeds as they are wanted: by the configuration, the command line or another program's list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from watchlist.model.paged import FullText

#: How the address of a feed begins whose articles are handed over (`watchlist ingest`) and never fetched.
INGEST = "ingest:"

#: What columns may be named for; those after ``schema`` may be several columns, and their cells hold several values.
MAPPED = (
    *("id", "name", "given", "family", "schema"),
    *("aliases", "weak_aliases", "previous_names", "countries", "birth_dates", "birth_places", "programs"),
    *("designations", "addresses", "linked_to", "listed_on", "reference", "url", "remarks"),
    *("imo", "mmsi", "call_sign", "tail_number", "bic", "lei", "passport", "national_id", "tax_id", "registration"),
    *("crypto", "email", "website", "phone"),
)


class Declared(StrEnum):
    """Where a list or a feed was declared: it can be taken away only there."""

    CONFIG = "config"
    USER = "user"


@dataclass(frozen=True, slots=True)
class ListDeclaration:
    """A list as the configuration or the command line wants it."""

    id: str
    title: str
    url: str | None
    enabled: bool = True
    refresh: bool = True
    own: bool = False
    #: Seconds between two checks; None for as often as lists are checked otherwise.
    every: float | None = None


@dataclass(frozen=True, slots=True)
class FeedDeclaration:
    """A feed as the configuration or the command line wants it."""

    url: str
    title: str | None
    enabled: bool = True
    full_text: FullText = FullText.AUTO
    #: Seconds between two polls; None leaves it to the general setting.
    every: float | None = None


@dataclass(frozen=True, slots=True)
class FeedToAdd:
    """A feed from another program's list."""

    url: str
    title: str | None
    folder: str | None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a table is to be read: the columns of each field, and what else was said of it."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The encoding of what is no UTF-8; None where it is to be found.
    encoding: str | None = None
