"""OFAC's SDN_ENHANCED.XML and CONS_ENHANCED.XML: names in typed parts and in their own scripts, listing dates, links.

Root ``sanctionsData``; everything about an entity stands inside its ``entity``, so that one pass and the memory for one
entity do. Format: https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.features import feature
from watchlist.lists.forms.ofac.fields import between
from watchlist.lists.forms.ofac.names import typed_name
from watchlist.lists.forms.ofac.remarks import split_remarks
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.xml import (
    Element,
    attribute,
    child_text,
    children,
    first_element,
    inner_texts,
    local_name,
)
from watchlist.lists.words.dates import iso_date, point_in_time
from watchlist.lists.words.days.date_cells import read_dates
from watchlist.model import Entity, Name, NameKind, Schema

_HEAD = "publicationInfo"
_ENTITY = "entity"
_KEY = Key("id", attribute, numbered=True)
#: What is large and tells nothing that the entities do not say in words.
_PASSING = ("referenceValues", "featureTypes")
_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
#: What the lists are called in the filter that an export was made by.
_LISTS = "sanctionsLists"
_LIST_NAMES = {"us_ofac_sdn": "SDN List", "us_ofac_cons": "Consolidated List"}
_KINDS = {"f.k.a.": NameKind.PREVIOUS, "n.k.a.": NameKind.PREVIOUS}
_ADDRESS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")


def _stated(file: ListFile) -> Stated:
    head = first_element(file, _HEAD, before=_ENTITY)
    words = child_text(head, "dataAsOf") if head is not None else None
    published = point_in_time(words)
    if published is None:
        raise file.broken(f"expected a dataAsOf such as 2024-07-03T00:00:00 in {_HEAD}, found {words!r}")
    return Stated.on(published)


def _wrong(file: ListFile) -> str | None:
    """Which list it is an export of, or of what else: the service makes extracts by any filter."""
    head = first_element(file, _HEAD, before=_ENTITY)
    filters = [] if head is None else list(head.iterfind("{*}filters/{*}*"))
    for element in filters:
        found = [words for child in element for words in [" ".join("".join(child.itertext()).split())] if words]
        kind = local_name(element)
        if kind != _LISTS and found:
            return f"is an extract by {kind} ({', '.join(found[:3])}), not the whole list"
        wanted = _LIST_NAMES.get(file.list_id)
        if kind == _LISTS and found and wanted is not None and wanted not in found:
            return f"is an export of {', '.join(found[:3])}; {file.list_id} is the {wanted}"
    return None


def _entities(file: ListFile) -> Iterator[Entity]:
    for source_id, entry in entries(file, (_ENTITY,), _KEY, passing=_PASSING):
        yield _entity(file, entry, source_id)


def _entity(file: ListFile, entry: Element, source_id: str) -> Entity:
    kind = next(iter(inner_texts(entry, "generalInfo", "entityType")), None)
    facts = Facts.of_kind(file, source_id, kind, _SCHEMAS)
    for name in children(entry, "names", "name"):
        _name(facts, name)
    if not any(name.kind is NameKind.PRIMARY for name in facts.names):
        facts.primary(None)
    facts.names.sort(key=lambda name: name.kind is not NameKind.PRIMARY)
    facts.programs += inner_texts(entry, "sanctionsPrograms", "sanctionsProgram")
    for title in inner_texts(entry, "generalInfo", "title"):
        facts.title(title)
    for document in children(entry, "identityDocuments", "identityDocument"):
        _document(facts, document)
    for each in children(entry, "features", "feature"):
        _feature(facts, each)
    for remark in inner_texts(entry, "generalInfo", "remarks"):
        for phrase in split_remarks(remark):
            facts.phrase(phrase)
    for address in children(entry, "addresses", "address"):
        _address(facts, address)
    facts.linked_to += inner_texts(entry, "relationships", "relationship", "relatedEntity")
    days = (attribute(each, "datePublished") for each in children(entry, "sanctionsLists", "sanctionsList"))
    return replace(facts.entity(), listed_on=min((day for each in days if (day := iso_date(each))), default=None))


def _name(facts: Facts, element: Element) -> None:
    kind = _KINDS.get((child_text(element, "aliasType") or "").lower(), NameKind.ALIAS)
    weak = child_text(element, "isLowQuality") == "true"
    primary = child_text(element, "isPrimary") == "true"
    for translation in children(element, "translations", "translation"):
        found = _translated(facts.schema, translation)
        facts.notes.read("names")
        if found is None:
            facts.note("names", "")
            continue
        first = primary and all(each.kind is not NameKind.PRIMARY for each in facts.names)
        facts.names.append(replace(found, kind=NameKind.PRIMARY if first else kind, weak=weak and not first))


def _translated(schema: Schema, translation: Element) -> Name | None:
    """The name in one script. In Latin script it is written as OFAC formats it, elsewhere as its parts make it."""
    script = (child_text(translation, "script") or "latin").lower()
    parts = [
        ((child_text(part, "type") or "").lower(), child_text(part, "value") or "")
        for part in children(translation, "nameParts", "namePart")
    ]
    name = typed_name(schema, parts, script)
    formatted = child_text(translation, "formattedFullName")
    if name is None:
        return typed_name(schema, [("", formatted or "")], script)
    if script != "latin" or formatted is None:
        return name
    given, family = (child_text(translation, f"formatted{which}Name") for which in ("First", "Last"))
    split = schema is Schema.PERSON and given and family
    return replace(name, text=formatted, given=given if split else None, family=family if split else None)


def _document(facts: Facts, document: Element) -> None:
    label, number = child_text(document, "type"), child_text(document, "documentNumber")
    country = child_text(document, "issuingCountry")
    if label and number:
        facts.phrase(f"{label} {number} ({country})" if country else f"{label} {number}")


def _feature(facts: Facts, element: Element) -> None:
    label = (child_text(element, "type") or "").rstrip(" :")
    words = child_text(element, "value")
    if label.lower() == "birthdate":
        _birth(facts, element, words)
    elif words:
        feature(facts, label, words)


def _birth(facts: Facts, element: Element, words: str | None) -> None:
    """The date in OFAC's words, or, where these tell none, from its earliest to its latest day."""
    if words and read_dates(words).dates:
        facts.birth(words)
        return
    spans = []
    for value in element.iterchildren("{*}valueDate"):
        start, end = (iso_date(child_text(value, corner)) for corner in ("fromDateBegin", "toDateEnd"))
        if start and end:
            spans.append(between(start, end, about=child_text(value, "isApproximate") == "true"))
    if words and spans:
        facts.remarks.append(f"DOB {words}")
    for text in spans or ([words] if words else []):
        facts.birth(text)


def _address(facts: Facts, address: Element) -> None:
    """An address in Latin script, its lines in the order in which they are written."""
    translations = list(children(address, "translations", "translation"))
    lines: dict[str, str] = {}
    for translation in sorted(translations, key=lambda each: child_text(each, "isPrimary") != "true")[:1]:
        for part in children(translation, "addressParts", "addressPart"):
            lines.setdefault((child_text(part, "type") or "").upper(), child_text(part, "value") or "")
    order = (*_ADDRESS, *(kind for kind in lines if kind not in _ADDRESS))
    facts.address(tuple(lines.get(kind) for kind in order), child_text(address, "country"))


FORM = Form(
    id="ofac_enhanced",
    label="SDN_ENHANCED.XML or CONS_ENHANCED.XML",
    head=XmlRoot("sanctionsData"),
    entities=_entities,
    lists=("us_ofac_sdn", "us_ofac_cons"),
    stated=_stated,
    wrong=_wrong,
    rank=13,
)
