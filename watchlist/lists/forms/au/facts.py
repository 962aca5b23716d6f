"""What the cells of DFAT's list say."""

from __future__ import annotations

import re

from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.words.dates import iso_dates
from watchlist.model import Name, NameKind

_SEPARATED = re.compile(r"\s*(?:;|\bor\b|,(?=\s*(?:c\.|circa|\d)))\s*")
_NUMBERED = (
    (re.compile(r"passport (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE), "passport"),
    (
        re.compile(r"(?:national )?identification (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE),
        "national_id",
    ),
)


def name(draft: Draft, text: str, name_type: str, strength: str) -> None:
    """Add a name, as strong as its type and strength say."""
    draft.name(Name(text, _kind(name_type, strength)))


def births(draft: Draft, text: str) -> None:
    """Add dates of birth, several of which may stand in one cell."""
    draft.birth_dates += [iso_dates(each) for point in split_lettered(text) for each in _SEPARATED.split(point)]


def citizenships(draft: Draft, text: str) -> None:
    """Add nationalities."""
    for point in split_lettered(text):
        draft.country(*re.split(r"\s*;\s*", point))


def ship(draft: Draft, text: str) -> None:
    """Add the IMO number of a ship."""
    draft.identifier("imo", "".join(re.findall(r"\b\d{7}\b", text)[:1]))


def information(draft: Draft, *texts: str) -> None:
    """Add remarks, and the numbers in them."""
    for text in texts:
        draft.un_references(text)
        for pattern, kind in _NUMBERED:
            for number in pattern.findall(text):
                draft.identifier(kind, number)
        draft.remarks.append(text)


def _kind(name_type: str, strength: str) -> NameKind:
    words = name_type.lower()
    if words.startswith("primary"):
        return NameKind.PRIMARY
    if words.startswith(("fka", "f.k.a", "former", "previous")):
        return NameKind.PREVIOUS
    return NameKind.WEAK_ALIAS if strength.lower() in ("weak", "low") else NameKind.ALIAS
