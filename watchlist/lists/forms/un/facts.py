"""What the UN's list says of a person's birth and documents."""

from __future__ import annotations

import re

from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.xml import Element, child_text
from watchlist.lists.words.countries import to_country
from watchlist.lists.words.dates import iso_date, iso_range

_DOCUMENTS = (
    (re.compile(r"pass(?:e|a)?port|pasaporte", re.IGNORECASE), "passport"),
    (re.compile(r"fiscal|tax", re.IGNORECASE), "tax_id"),
    (re.compile(r"driv|student|ration|voter|militar|birth|other", re.IGNORECASE), "other"),
)


def add_birth_date(draft: Draft, birth: Element) -> None:
    """Add a date, or the years between which it is; a note may make a year more precise."""
    stated = child_text(birth, "DATE") or child_text(birth, "YEAR")
    note = child_text(birth, "NOTE") or ""
    years = iso_range(iso_date(child_text(birth, "FROM_YEAR")), iso_date(child_text(birth, "TO_YEAR")))
    precise = iso_date(f"{note.rstrip('. ')} {stated}") if stated and len(stated) == 4 else None
    draft.births(years or precise or stated or note)


def add_document(draft: Draft, document: Element) -> None:
    """Add a document; one that is not known by its label is a national one."""
    label = child_text(document, "TYPE_OF_DOCUMENT2") or child_text(document, "TYPE_OF_DOCUMENT") or ""
    kind = next((kind for words, kind in _DOCUMENTS if words.search(label)), "national_id")
    country = child_text(document, "ISSUING_COUNTRY") or child_text(document, "COUNTRY_OF_ISSUE")
    detail = to_country(country) if country else None
    if kind == "other":
        detail = f"{label.strip(' :')} ({detail})" if detail else label.strip(" :")
    number = child_text(document, "NUMBER")
    if kind == "other":
        draft.identifier(kind, number, detail)
    else:
        draft.document(kind, number, detail)
