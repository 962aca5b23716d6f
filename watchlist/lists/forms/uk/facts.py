"""What the UK's lists say in their cells and elements: one reading for the CSV, the XML and the old OFSI layout.

All three put a person's family name, or the whole name of anything else, into Name 6 and the given names into Name 1 to
Name 5. Values that are not known within a date are written ``dd`` and ``mm``, or ``00``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchlist.lists.reading.draft import Draft, clean, name_parts, split_lettered
from watchlist.lists.words.documents import leading_country, read_document
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

_NUMBER = re.compile(r"(?P<label>\D*+)(?P<number>[0-9][0-9 /.-]{3,}[0-9])\D?")
_TAX = re.compile(r"\b(?:INN|TIN|tax|VAT|ИНН)\b", re.IGNORECASE)


def kind_of(name_type: str) -> NameKind:
    """What a name is by its type.

    Types are ``Primary Name``, ``Primary name variation`` and ``Alias`` in any case, with OFSI also ``Prime Alias``,
    ``AKA`` and ``FKA``.
    """
    words = name_type.lower()
    if words.startswith("prim") and "variation" not in words:
        return NameKind.PRIMARY
    if words.startswith(("fka", "f.k.a", "former", "previous")):
        return NameKind.PREVIOUS
    return NameKind.ALIAS


def is_weak(strength: str) -> bool:
    """Whether a name is a weak one; a blank strength does not mean that."""
    return strength.lower().startswith("low")


def name(draft: Draft, parts: Sequence[str], kind: NameKind, *, weak: bool) -> None:
    """Add a name from Name 1 to Name 6, in this order."""
    words = [clean(part) for part in parts]
    given, family = " ".join(part for part in words[:5] if part), words[5]
    split = draft.schema is Schema.PERSON and given and family
    text = " ".join(part for part in (given, family) if part)
    typed = name_parts(*(("given", word) for word in words[:5]), ("family", family)) if split else ()
    given_name, family_name = (given, family) if split else (None, None)
    draft.name(Name(text, kind, given=given_name, family=family_name, parts=typed, weak=weak))


def cells_of_name(draft: Draft, *cells: str) -> None:
    """Add a name from Name 1 to Name 6, its type and its strength."""
    *parts, name_type, strength = cells
    name(draft, parts, kind_of(name_type), weak=is_weak(strength))


def original(draft: Draft, text: str, script: str, language: str) -> None:
    """Add a name in its own script."""
    for piece in text.split(";"):
        draft.name(Name(piece, NameKind.ALIAS, to_lang(language, script), script=to_script(script)))


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
    """Add passports; the country is what the note opens with (``Afghanistan passport number …``)."""
    document(draft, "passport", number, note)


def national_id(draft: Draft, number: str, note: str) -> None:
    """Add national identity numbers, as `passport` adds passports."""
    document(draft, "national_id", number, note)


def document(draft: Draft, kind: str, number: str, note: str) -> None:
    """Add documents by their numbers, or what the note says of them where there is no number."""
    if not number:
        draft.document(kind, note)
        return
    numbers, notes = split_lettered(number), split_lettered(note)
    if len(numbers) > 1 and len(numbers) == len(notes):
        for each, its_note in zip(numbers, notes, strict=True):
            document(draft, kind, each, its_note)
        return
    country = leading_country(note) or (read.country if (read := read_document(note)) else None)
    draft.document(kind, number, country)


def registration(draft: Draft, text: str) -> None:
    """Add business registration numbers, which may have labels in front."""
    for piece in re.split(r"[;|]", text):
        found = _NUMBER.fullmatch(clean(piece))
        kind = "tax_id" if found and _TAX.search(found["label"]) else "registration"
        label = found["label"].rstrip(" :.").strip(" :-(") if found else None
        draft.identifier(kind, found["number"] if found else piece, label)


def ship_in_remarks(draft: Draft, text: str) -> None:
    """Take an entity for a ship that the old layout describes as one: ``IMO: 8628597. … The following vessel …``."""
    found = re.search(r"\bIMO(?: number)?[:\s]*(\d{7})\b", text)
    if found and draft.schema is Schema.LEGAL_ENTITY and re.search(r"\bvessels?\b", text, re.IGNORECASE):
        draft.schema = Schema.VESSEL
        draft.identifier("imo", found[1])
