"""What the cells of DFAT's list say."""

from __future__ import annotations

import re

from watchlist.lists.reading.draft import Draft, imo_numbers, split_lettered
from watchlist.lists.words.name_notes import without_note
from watchlist.model import Name, NameKind, Schema

_NUMBERED = (
    (re.compile(r"passport (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE), "passport"),
    (
        re.compile(r"(?:national )?identification (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE),
        "national_id",
    ),
)
_SHIP_NUMBER = re.compile(r"\bIMO(?: (?:number|no))?[\s.:#]*\d{7}\b", re.IGNORECASE)
#: Not the code of Namibia, which this list does not write.
_NOT_APPLICABLE = "na"
_PRIMARY, _OTHERS = "primary", ("aka", "a.k.a", "alias", "original", "also", "good", "weak", "low", "script")
_FORMER = ("fka", "f.k.a", "former", "previous")


def name(draft: Draft, text: str, name_type: str, strength: str) -> None:
    """Add a name, as strong as its type and strength say."""
    bare, former = without_note(text)
    words = name_type.lower()
    weak = "weak" in (strength.lower(), words) or "low" in (strength.lower(), words)
    kind = NameKind.PREVIOUS if former or words.startswith(_FORMER) else NameKind.ALIAS
    draft.file.notes.read("names")
    if words.startswith(_PRIMARY):
        kind = NameKind.PRIMARY
    elif words and not words.startswith((*_OTHERS, *_FORMER)):
        draft.note("names", name_type)
    draft.name(Name(bare, kind, weak=weak))


def citizenships(draft: Draft, text: str) -> None:
    """Add nationalities."""
    draft.country(*(point for point in split_lettered(text) if point.lower() != _NOT_APPLICABLE))


def information(draft: Draft, *texts: str) -> None:
    """Add remarks, and the numbers in them."""
    for text in texts:
        draft.un_references(text)
        for pattern, kind in _NUMBERED:
            for number in pattern.findall(text):
                draft.identifier(kind, number)
        for labelled in _SHIP_NUMBER.findall(text):
            draft.identifier("imo", imo_numbers(labelled)[0], None if draft.schema is Schema.VESSEL else "company")
        draft.remarks.append(text)
