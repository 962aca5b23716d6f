"""The UN Security Council's consolidated list in XML, streamed one entry at a time.

Root ``CONSOLIDATED_LIST`` with ``INDIVIDUAL`` and ``ENTITY`` entries; schema:
https://www.un.org/sc/resources/sc-sanctions.xsd. ``DATAID`` is the key, ``REFERENCE_NUMBER`` (``QDi.001``) what people
write. A person's FIRST to FOURTH_NAME are kept in that order and not told apart as given and family names, because the
list orders them as the person's culture does and does not say which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.reading.countries import to_country
from watchlist.lists.reading.dates import iso_date, iso_dates, iso_range, point_in_time
from watchlist.lists.reading.draft import UN_REFERENCE, Draft, split_lettered
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, child_text, child_texts, elements, inner_texts, local_name, root_of
from watchlist.model import Entity, Name, NameKind, Schema

FORM = "un_xml"
#: The local name of the root element.
ROOT = "CONSOLIDATED_LIST"

_PERSON = "INDIVIDUAL"
_BODY = "ENTITY"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ORDER = ("first", "second", "third", "fourth")
_KINDS = {"low": NameKind.WEAK_ALIAS, "f.k.a": NameKind.PREVIOUS}
_FORMER = re.compile(r"\s*(?:previous|former)ly", re.IGNORECASE)
#: A note or bracket that gives the name in its own script, or in other spellings.
_SPELLINGS = re.compile(
    r"(?:original script|in arabic(?: script)?|transliterations?)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL
)
_BRACKETED = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>.+)\)\s*,?", re.DOTALL)
#: Comments name other entries by reference: ``Member of Al-Qaida (QDe.004)``.
_REFERENCE = re.compile(r"\b[A-Z]{2}[ei]\.\d{3}\b")
_DOCUMENTS = (
    (re.compile(r"pass(?:e|a)?port|pasaporte", re.IGNORECASE), "passport"),
    (re.compile(r"fiscal|tax", re.IGNORECASE), "tax_id"),
    (re.compile(r"driv|student|ration|voter|militar|birth|other", re.IGNORECASE), "other"),
)


def read(source: Source, part: Part) -> ParsedList:
    """Read the head of the file; raises ListParseError when it does not say when it was made."""
    sha256 = digest((part,))
    stated = root_of(part).attributes.get("dateGenerated", "")
    published = point_in_time(stated)
    if published is None:
        raise part.broken(f"expected a dateGenerated such as 2025-11-15T23:00:02Z, found {stated!r}")
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        # The day as the UN writes it, in New York's time.
        version=iso_date(stated),
        published_at=published,
    )


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    known = _references(part)
    for element in elements(part, _PERSON, _BODY):
        source_id, line = child_text(element, "DATAID"), element.sourceline or 0
        if not (source_id and source_id.isascii() and source_id.isdigit()):
            raise part.broken(f"expected a number as DATAID, found {source_id!r}", line)
        if source_id in seen:
            raise part.broken(f"DATAID {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line
        yield _entity(part, element, source_id, known)


def _references(part: Part) -> dict[str, str]:
    """The primary name of every entry by its reference, for the references in the comments."""
    return {
        reference: _primary(element)
        for element in elements(part, _PERSON, _BODY)
        if (reference := child_text(element, "REFERENCE_NUMBER"))
    }


def _primary(entry: Element) -> str:
    return " ".join(words for name in _NAMES if (words := child_text(entry, name)))


def _parts(entry: Element) -> tuple[tuple[str, str], ...]:
    found = ((kind, child_text(entry, name)) for kind, name in zip(_ORDER, _NAMES, strict=True))
    parts = tuple((kind, words) for kind, words in found if words)
    return parts if len(parts) > 1 else ()


def _entity(part: Part, entry: Element, source_id: str, known: dict[str, str]) -> Entity:
    kind = local_name(entry)
    draft = Draft(part, source_id, Schema.PERSON if kind == _PERSON else Schema.LEGAL_ENTITY, entry.sourceline)
    draft.reference = child_text(entry, "REFERENCE_NUMBER")
    draft.identifier("other", draft.reference, UN_REFERENCE)
    draft.listed_on = iso_date(child_text(entry, "LISTED_ON"))
    primary = _primary(entry)
    if not primary:
        raise part.broken(f"entry {source_id} has no name", entry.sourceline)
    draft.name(Name(primary, NameKind.PRIMARY, parts=_parts(entry) if draft.schema is Schema.PERSON else ()))
    if ";" in primary:
        _add_aliases(draft, primary, NameKind.ALIAS)
    for original in child_texts(entry, "NAME_ORIGINAL_SCRIPT"):
        _add_aliases(draft, original, NameKind.ALIAS)
    for alias in entry.iterchildren(f"{{*}}{kind}_ALIAS"):
        _alias(draft, alias)
    draft.programs += child_texts(entry, "UN_LIST_TYPE")
    for group in ("TITLE", "DESIGNATION"):
        draft.designations += [point for value in inner_texts(entry, group, "VALUE") for point in split_lettered(value)]
    for value in inner_texts(entry, "NATIONALITY", "VALUE"):
        draft.country(*split_lettered(value))
    for address in entry.iterchildren(f"{{*}}{kind}_ADDRESS"):
        lines = (child_text(address, name) for name in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"))
        draft.address(*lines, country=child_text(address, "COUNTRY"))
    for birth in entry.iterchildren("{*}INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(draft, birth)
    for place in entry.iterchildren("{*}INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.birth_place(*(child_text(place, name) for name in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")))
    for document in entry.iterchildren("{*}INDIVIDUAL_DOCUMENT"):
        _document(draft, document)
    for comment in child_texts(entry, "COMMENTS1"):
        mentioned = (reference for reference in _REFERENCE.findall(comment) if reference != draft.reference)
        draft.linked_to += [known[reference] for reference in mentioned if reference in known]
        draft.remarks.append(comment)
    return draft.entity()


def _alias(draft: Draft, alias: Element) -> None:
    quality, text, note = (child_text(alias, name) or "" for name in ("QUALITY", "ALIAS_NAME", "NOTE"))
    # Good, a.k.a. and nothing are strong names. A word not seen yet must not keep the whole list from being read.
    kind = _KINDS.get(quality.lower().rstrip("."), NameKind.ALIAS)
    if kind is NameKind.ALIAS and _FORMER.match(note):
        kind = NameKind.PREVIOUS
    _add_aliases(draft, text, kind)
    if spelled := _SPELLINGS.search(note):
        _add_aliases(draft, spelled[1], kind)
    draft.birth_dates.append(iso_date(child_text(alias, "DATE_OF_BIRTH")))


def _add_aliases(draft: Draft, text: str, kind: NameKind) -> None:
    """Add the names that one field holds: joined by semicolons, or with other spellings in brackets."""
    bracketed = _BRACKETED.fullmatch(text.strip())
    if bracketed and (";" in bracketed["inside"] or _other_script(bracketed["name"], bracketed["inside"])):
        pieces = [bracketed["name"], *re.split(r"[;()]", bracketed["inside"])]
    else:
        pieces = text.split(";")
    for piece in pieces:
        spelled = _SPELLINGS.search(piece)
        name = spelled[1] if spelled else piece
        draft.name(Name(re.sub(r"\(?original script\)?:?", "", name).strip(" ,)"), kind))


def _other_script(name: str, inside: str) -> bool:
    return name.isascii() != inside.isascii() and not (name + inside).translate({ord("’"): "'"}).isascii()


def _birth_date(draft: Draft, birth: Element) -> None:
    stated = child_text(birth, "DATE") or child_text(birth, "YEAR")
    note = child_text(birth, "NOTE") or ""
    years = iso_range(iso_date(child_text(birth, "FROM_YEAR")), iso_date(child_text(birth, "TO_YEAR")))
    precise = iso_date(f"{note.rstrip('. ')} {stated}") if stated and len(stated) == 4 else None
    draft.birth_dates.append(years or precise or iso_date(stated) or iso_dates(note))


def _document(draft: Draft, document: Element) -> None:
    label = child_text(document, "TYPE_OF_DOCUMENT2") or child_text(document, "TYPE_OF_DOCUMENT") or ""
    kind = next((kind for words, kind in _DOCUMENTS if words.search(label)), "national_id")
    country = child_text(document, "ISSUING_COUNTRY") or child_text(document, "COUNTRY_OF_ISSUE")
    detail = to_country(country) if country else None
    if kind == "other":
        detail = f"{label.strip(' :')} ({detail})" if detail else label.strip(" :")
    draft.identifier(kind, child_text(document, "NUMBER"), detail)
