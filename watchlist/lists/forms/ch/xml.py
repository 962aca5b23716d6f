"""Switzerland's list (SECO) as XML: root ``swiss-sanctions-list``, one ``target`` at a time.

A target refers to programs, places and other targets by number (`references`). It keeps its history: ``modification``
elements with copies of what was added and removed. One whose newest modification says ``de-listed`` is on the list no
longer. See https://www.seco.admin.ch (sanctions, SESAM).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.forms.ch import names
from watchlist.lists.forms.ch.references import OTHERS, TARGET, SecoReferences, gather
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.reading.dated import in_root
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, attribute, child_text, child_texts, local_name, root_of
from watchlist.lists.words.countries import known_country, to_country
from watchlist.lists.words.dates import iso_date, iso_parts, whole_day
from watchlist.model import Entity, Schema

_SCHEMAS = {"individual": Schema.PERSON, "entity": Schema.LEGAL_ENTITY, "object": Schema.LEGAL_ENTITY}
#: What the list-type of a whole list begins with.
_WHOLE = ("whole", "full")
_OBJECTS = {"vessel": Schema.VESSEL, "aircraft": Schema.AIRCRAFT}
_DOCUMENTS = {"passport": "passport", "diplomatic-passport": "passport", "service-passport": "passport"}
#: What other information opens with, and the identifier it holds.
_LABELLED = (
    (re.compile(r"IMO(?: [Nn]umber)? ?: ?(\d{7})\.?"), "imo"),
    (re.compile(r"(?:SWIFT|BIC|SWIFT/BIC)(?: code)? ?: ?([A-Z0-9]{8,11})\.?"), "bic"),
    (re.compile(r"(?:Taxpayer |Tax )(?:[Ii]dentification |[Rr]egistration )?[Nn]umber ?: ?(\d+)\.?"), "tax_id"),
    (
        re.compile(r"(?:(?<![\w/])[\w/]++ )?[Rr]egistration number ?: ?([\w/.-]*\d(?>(?:(?!\d)[\w/-])*))\.?"),
        "registration",
    ),
    (re.compile(r"E-?mail(?: address)? ?: ?((?=\S[^\s@]*@\S)\S+?(?<!@))\.?"), "email"),
    (re.compile(r"Website ?: ?(\S+?)\.?"), "website"),
    (re.compile(r"(?:Tel\.?|Telephone|Phone)(?: number)? ?: ?([+\d][\d ()/-]+)\.?"), "phone"),
)


def _wrong(file: ListFile) -> str | None:
    """SECO publishes what changed in the same form as the whole list."""
    kind = root_of(file).attributes.get("list-type", "")
    return None if not kind or kind.startswith(_WHOLE) else f"has the list-type {kind!r}, which is not the whole list"


def _entities(file: ListFile) -> Iterator[Entity]:
    known = gather(file)
    for source_id, target in entries(file, (TARGET,), Key("ssid", attribute), passing=OTHERS, nested=False):
        if not _delisted(target):
            yield _entity(file, target, source_id, known)


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


def _entity(file: ListFile, target: Element, source_id: str, known: SecoReferences) -> Entity:
    node = next((child for child in target if local_name(child) in _SCHEMAS), None)
    if node is None:
        raise file.broken(f"expected an individual, entity or object in target {source_id}", target.sourceline)
    schema = _OBJECTS.get(attribute(node, "object-type") or "", _SCHEMAS[local_name(node)])
    draft = Draft(file, source_id, schema, target.sourceline)
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


def _identity(draft: Draft, identity: Element, known: SecoReferences) -> None:
    for name in identity.iterchildren("{*}name"):
        names.add(draft, name)
    for day in identity.iterchildren("{*}day-month-year"):
        if (attribute(day, "calendar") or "gregorian").lower() == "gregorian" and draft.schema is Schema.PERSON:
            parts = [attribute(day, each) for each in ("year", "month", "day")]
            draft.births(iso_parts(*parts) or "-".join(filter(None, parts)))
    for nationality in identity.iterchildren("{*}nationality"):
        for country in nationality.iterchildren("{*}country"):
            draft.country(known_country(attribute(country, "iso-code") or "") or " ".join(country.itertext()))
    for birth in identity.iterchildren("{*}place-of-birth"):
        draft.birth_place(*known.place(birth)[:3])
    for address in identity.iterchildren("{*}address"):
        town, area, country, code = known.place(address)
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


FORM = Form(
    id="seco_xml",
    label="SECO's XML",
    head=XmlRoot("swiss-sanctions-list"),
    entities=_entities,
    lists=("ch_seco_sanctions",),
    wrong=_wrong,
    stated=in_root("date", "2026-09-28", where=" in the root element", time=whole_day),
    rank=50,
)
