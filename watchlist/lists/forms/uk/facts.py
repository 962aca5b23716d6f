"""What the UK's lists say in their cells and elements: one reading for the CSV, the XML and the old OFSI layout.

All three put a person's family name, or the whole name of anything else, into Name 6 and the given names into Name 1 to
Name 5. Values that are not known within a date are written ``dd`` and ``mm``, or ``00``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchlist.lists.reading.draft import Draft, clean, name_parts, split_lettered
from watchlist.lists.words.countries import known_country
from watchlist.lists.words.dates import iso_date
from watchlist.lists.words.languages import to_lang
from watchlist.model import Name, NameKind, Schema, to_script

#: The columns of the two CSV forms that make a name.
NAMES = tuple(f"Name {number}" for number in range(1, 7))

SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "ship": Schema.VESSEL,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}

_IMO = re.compile(r"\b\d{7}\b")
_NUMBER = re.compile(r"(?P<label>\D*?)[\s:.]*(?P<number>[0-9][0-9 /.-]{3,}[0-9])\D?")
_PASSPORT = re.compile(
    r"(?:passport )?(?:no|number)?[.:]?\s*(?P<number>[A-Z]{0,3}[ /-]?\d[\w/-]{3,})\s*(?:\((?P<country>\w[^()]*)\))?",
    re.IGNORECASE,
)
_TAX = re.compile(r"\b(?:INN|TIN|tax|VAT|ИНН)\b", re.IGNORECASE)


def kind_of(name_type: str, strength: str = "") -> NameKind:
    """How strong a name is; a blank strength does not mean weak.

    Types are ``Primary Name``, ``Primary name variation`` and ``Alias`` in any case, with OFSI also ``Prime Alias``,
    ``AKA`` and ``FKA``.
    """
    words = name_type.lower()
    if words.startswith("prim") and "variation" not in words:
        return NameKind.PRIMARY
    if words.startswith(("fka", "f.k.a", "former", "previous")):
        return NameKind.PREVIOUS
    return NameKind.WEAK_ALIAS if strength.lower().startswith("low") else NameKind.ALIAS


def name(draft: Draft, parts: Sequence[str], kind: NameKind) -> None:
    """Add a name from Name 1 to Name 6, in this order."""
    words = [clean(part) for part in parts]
    given, family = " ".join(part for part in words[:5] if part), words[5]
    split = draft.schema is Schema.PERSON and given and family
    text = " ".join(part for part in (given, family) if part)
    typed = name_parts(*(("given", word) for word in words[:5]), ("family", family)) if split else ()
    draft.name(Name(text, kind, given=given if split else None, family=family if split else None, parts=typed))


def cells_of_name(draft: Draft, *cells: str) -> None:
    """Add a name from Name 1 to Name 6, its type and its strength."""
    *parts, name_type, strength = cells
    name(draft, parts, kind_of(name_type, strength))


def original(draft: Draft, text: str, script: str, language: str) -> None:
    """Add a name in its own script."""
    for piece in text.split(";"):
        draft.name(Name(piece, NameKind.ALIAS, to_lang(language, script), script=to_script(script)))


def births(draft: Draft, *dates: str) -> None:
    """Add dates of birth; of another day the year alone is kept."""
    draft.birth_dates += [iso_date(point) for text in dates for point in split_lettered(text)]


def birth_place(draft: Draft, town: str, country: str) -> None:
    """Add a place of birth; several in one cell are numbered, and then town and country no longer pair."""
    towns, countries = split_lettered(town), split_lettered(country)
    if len(towns) <= 1 and len(countries) <= 1:
        draft.birth_place(town, country)
    else:
        draft.birth_places += towns + [each for each in countries if each not in towns]


def nationalities(draft: Draft, text: str) -> None:
    """Add nationalities, numbered where there are several."""
    draft.country(*split_lettered(text))


def passport(draft: Draft, number: str, note: str) -> None:
    """Add a passport; its country is what the note opens with (``Afghanistan passport number …``)."""
    country = re.match(r"(\w[\w ]*?) passport\b", note, re.IGNORECASE)
    draft.identifier("passport", number, known_country(country[1]) if country else None)


def passport_details(draft: Draft, text: str) -> None:
    """Add the passports of the old layout's one cell: ``(1) G827 (Tunisian). Issued on 1 June 1996 (2) …``."""
    for point in split_lettered(text):
        found = _PASSPORT.match(point)
        country = known_country(found["country"].split()[0]) if found and found["country"] else None
        draft.identifier("passport", found["number"] if found else point, country)


def registration(draft: Draft, text: str) -> None:
    """Add business registration numbers, which may have labels in front."""
    for piece in re.split(r"[;|]", text):
        found = _NUMBER.fullmatch(clean(piece))
        kind = "tax_id" if found and _TAX.search(found["label"]) else "registration"
        label = found["label"].strip(" :-(") if found else None
        draft.identifier(kind, found["number"] if found else piece, label)


def ship(draft: Draft, imo: str) -> None:
    """Add the IMO numbers of a ship."""
    for number in _IMO.findall(imo):
        draft.identifier("imo", number)


def ship_in_remarks(draft: Draft, text: str) -> None:
    """Take an entity for a ship that the old layout describes as one: ``IMO: 8628597. … The following vessel …``."""
    found = re.search(r"\bIMO(?: number)?[:\s]+(\d{7})\b", text)
    if found and draft.schema is Schema.LEGAL_ENTITY and re.search(r"\bvessels?\b", text, re.IGNORECASE):
        draft.schema = Schema.VESSEL
        draft.identifier("imo", found[1])
