"""Switzerland's list (SECO) as XML: root ``swiss-sanctions-list``, one ``target`` at a time.

Programs and places stand apart from the targets and are referred to by number, so that they are gathered first. A
target keeps its history: ``modification`` elements with copies of what was added and removed. One whose newest
modification says ``de-listed`` is on the list no longer. See https://www.seco.admin.ch (sanctions, SESAM).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from watchlist.lists.forms.ch import names as seco_names
from watchlist.lists.reading.countries import known_country, to_country
from watchlist.lists.reading.dates import iso_date, iso_parts, start_of_day
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, attribute, child_text, child_texts, elements, local_name, root_of
from watchlist.model import Entity, Schema

FORM = "seco_xml"

_TARGET = "target"
_PLACE = "place"
_PROGRAM = "sanctions-program"
_SCHEMAS = {"individual": Schema.PERSON, "entity": Schema.LEGAL_ENTITY, "object": Schema.LEGAL_ENTITY}
_OBJECTS = {"vessel": Schema.VESSEL, "aircraft": Schema.AIRCRAFT}
_DOCUMENTS = {"passport": "passport", "diplomatic-passport": "passport", "service-passport": "passport"}
#: What other information opens with, and the identifier it holds.
_LABELLED = (
    (re.compile(r"IMO(?: [Nn]umber)? ?: ?(\d{7})\.?"), "imo"),
    (re.compile(r"(?:SWIFT|BIC|SWIFT/BIC)(?: code)? ?: ?([A-Z0-9]{8,11})\.?"), "bic"),
    (re.compile(r"(?:Taxpayer |Tax )(?:[Ii]dentification |[Rr]egistration )?[Nn]umber ?: ?(\d+)\.?"), "tax_id"),
    (re.compile(r"(?:[\w/]+ )?[Rr]egistration number ?: ?([\w/.-]*\d[\w/-]*)\.?"), "registration"),
    (re.compile(r"E-?mail(?: address)? ?: ?(\S+@\S+?)\.?"), "email"),
    (re.compile(r"Website ?: ?(\S+?)\.?"), "website"),
    (re.compile(r"(?:Tel\.?|Telephone|Phone)(?: number)? ?: ?([+\d][\d ()/-]+)\.?"), "phone"),
)


@dataclass(slots=True)
class _Known:
    """What targets refer to."""

    programs: dict[str, str] = field(default_factory=dict)
    #: Town, area, country in words, and the country's code.
    places: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read(source: Source, part: Part) -> ParsedList:
    """Read the head of the file; raises ListParseError when it does not say of which day it is."""
    sha256 = digest((part,))
    stated = root_of(part).attributes.get("date", "")
    published = start_of_day(iso_date(stated))
    if published is None:
        raise part.broken(f"expected a date such as 2026-09-28 in the root element, found {stated!r}")
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        version=published.date().isoformat(),
        published_at=published,
    )


def _entities(part: Part) -> Iterator[Entity]:
    known = _gather(part)
    seen: dict[str, int] = {}
    for target in elements(part, _TARGET, _PLACE, _PROGRAM):
        if not _listed_itself(target, _TARGET):
            continue
        source_id, line = attribute(target, "ssid"), target.sourceline or 0
        if not source_id:
            raise part.broken("a target has no ssid", line)
        if source_id in seen:
            raise part.broken(f"ssid {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line
        if not _delisted(target):
            yield _entity(part, target, source_id, known)


def _gather(part: Part) -> _Known:
    known = _Known()
    for element in elements(part, _TARGET, _PLACE, _PROGRAM):
        if _listed_itself(element, _TARGET):
            name = seco_names.primary(element)
            known.names.update({attribute(element, "ssid") or "": name} if name else {})
        elif _listed_itself(element, _PLACE):
            known.places[attribute(element, "ssid") or ""] = _place(element)
        elif _listed_itself(element, _PROGRAM):
            key = _english(element, "program-key") or _english(element, "program-name")
            sets = element.iterchildren("{*}sanctions-set")
            known.programs.update({attribute(each, "ssid") or "": key for each in sets} if key else {})
    return known


def _listed_itself(element: Element, name: str) -> bool:
    """Whether this is an element of the list, not a copy inside a target's history."""
    parent = element.getparent()
    return local_name(element) == name and parent is not None and parent.getparent() is None


def _english(element: Element, name: str) -> str | None:
    found = {attribute(each, "lang"): " ".join(each.itertext()) for each in element.iterchildren(f"{{*}}{name}")}
    words = found.get("eng") or next(iter(found.values()), "")
    return " ".join(words.split()) or None


def _modifications(target: Element) -> list[tuple[str, str]]:
    """Day and type of each modification, the newest first."""
    found = [
        (
            attribute(each, "effective-date") or attribute(each, "publication-date") or "",
            attribute(each, "modification-type") or "",
        )
        for each in target.iterchildren("{*}modification")
    ]
    return sorted(found, key=lambda each: each[0], reverse=True)


def _delisted(target: Element) -> bool:
    newest = next(iter(_modifications(target)), ("", ""))
    return newest[1] == "de-listed"


def _entity(part: Part, target: Element, source_id: str, known: _Known) -> Entity:
    node = next((child for child in target if local_name(child) in _SCHEMAS), None)
    if node is None:
        raise part.broken(f"expected an individual, entity or object in target {source_id}", target.sourceline)
    schema = _OBJECTS.get(attribute(node, "object-type") or "", _SCHEMAS[local_name(node)])
    draft = Draft(part, source_id, schema, target.sourceline)
    draft.reference = child_text(target, "foreign-identifier")
    draft.un_references(draft.reference or "")
    sets = [*child_texts(target, "sanctions-set-id"), attribute(target, "sanctions-set-id") or ""]
    draft.programs += [known.programs[each] for each in sets if each in known.programs]
    listed = [day for day, kind in _modifications(target) if kind == "listed" and day]
    draft.listed_on = iso_date(min(listed, default=None))
    identities = list(node.iterchildren("{*}identity"))
    for identity in sorted(identities, key=lambda each: attribute(each, "main") != "true"):
        _identity(draft, identity, known)
    for relation in node.iterchildren("{*}relation"):
        draft.linked_to.append(known.names.get(attribute(relation, "target-id") or "", ""))
    for words in child_texts(node, "other-information"):
        _other(draft, words)
    draft.remarks += child_texts(node, "justification")
    return draft.entity()


def _identity(draft: Draft, identity: Element, known: _Known) -> None:
    for name in identity.iterchildren("{*}name"):
        seco_names.add(draft, name)
    for day in identity.iterchildren("{*}day-month-year"):
        if (attribute(day, "calendar") or "gregorian").lower() == "gregorian" and draft.schema is Schema.PERSON:
            draft.birth_dates.append(iso_parts(*(attribute(day, each) for each in ("year", "month", "day"))))
    for nationality in identity.iterchildren("{*}nationality"):
        for country in nationality.iterchildren("{*}country"):
            draft.country(known_country(attribute(country, "iso-code") or "") or " ".join(country.itertext()))
    for birth in identity.iterchildren("{*}place-of-birth"):
        draft.birth_place(*_located(birth, known)[:3])
    for address in identity.iterchildren("{*}address"):
        town, area, country, code = _located(address, known)
        box = child_text(address, "p-o-box")
        lines = (child_text(address, each) for each in ("c-o", "address-details", "zip-code"))
        draft.address(*lines, f"P.O. Box {box}" if box else None, town, area, country=country, code=code)
    for document in identity.iterchildren("{*}identification-document"):
        _document(draft, document)


def _document(draft: Draft, document: Element) -> None:
    label = attribute(document, "document-type") or "document"
    kind = _DOCUMENTS.get(
        label, "national_id" if label in ("id-card", "identity-card", "ssn", "resident-permit") else "other"
    )
    issuer = next(document.iterchildren("{*}issuer"), None)
    words = "" if issuer is None else attribute(issuer, "code") or " ".join(issuer.itertext())
    country = to_country(words) if words else None
    detail = country if kind != "other" else f"{label} ({country})" if country else label
    draft.identifier(kind, child_text(document, "number"), detail)


def _other(draft: Draft, words: str) -> None:
    for pattern, kind in _LABELLED:
        if found := pattern.fullmatch(words):
            draft.identifier(kind, found[1])
            return
    draft.remarks.append(words)


def _place(element: Element) -> tuple[str, str, str, str]:
    country = next(element.iterchildren("{*}country"), None)
    code = "" if country is None else attribute(country, "iso-code") or ""
    words = "" if country is None else " ".join(country.itertext())
    return child_text(element, "location") or "", child_text(element, "area") or "", words, known_country(code) or ""


def _located(element: Element, known: _Known) -> tuple[str, str, str, str]:
    """Where an address or a birth is: its own words, and those of the place it refers to."""
    own = _place(element)
    there = known.places.get(attribute(element, "place-id") or "", ("", "", "", ""))
    town, area, country, code = (mine or theirs for mine, theirs in zip(own, there, strict=True))
    return town, area, country, code
