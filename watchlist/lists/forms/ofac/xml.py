"""OFAC's SDN.XML and CONSOLIDATED.XML, streamed one ``sdnEntry`` at a time.

Elements are matched by local name, because the namespace has changed and may again. ``publshInformation`` (spelt so)
states the publication date and the number of entries. Format:
https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.remarks import split_remarks
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.xml import Element, child_text, child_texts, children, first_element, inner_texts
from watchlist.model import Entity, Identifier, NameKind, Schema

_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_ALIAS_KINDS = {"aka": NameKind.ALIAS, "fka": NameKind.PREVIOUS, "nka": NameKind.PREVIOUS}
_HEAD = "publshInformation"
_ENTRY = "sdnEntry"
_KEY = Key("uid", child_text, numbered=True)


def _stated(file: ListFile) -> Stated:
    """Date and count; raises ListParseError when the file lacks one of them."""
    head = first_element(file, _HEAD, before=_ENTRY)
    if head is None:
        raise file.broken("has no publshInformation with date and count before the first entry")
    date, count = child_text(head, "Publish_Date"), child_text(head, "Record_Count")
    try:
        published = datetime.strptime(date or "", "%m/%d/%Y").replace(tzinfo=UTC)
    except ValueError as error:
        raise file.broken(f"expected a Publish_Date such as 12/29/2023, found {date!r}", head.sourceline) from error
    if not (count and count.isascii() and count.isdigit()):
        raise file.broken(f"expected a number as Record_Count, found {count!r}", head.sourceline)
    return Stated.on(published, int(count))


def _entities(file: ListFile) -> Iterator[Entity]:
    for source_id, entry in entries(file, (_ENTRY,), _KEY, passing=(_HEAD,)):
        yield _entity(file, entry, source_id)


def _entity(file: ListFile, entry: Element, source_id: str) -> Entity:
    facts = Facts.of_kind(file, source_id, child_text(entry, "sdnType"), _SCHEMAS)
    facts.primary(_name(entry))
    for alias in children(entry, "akaList", "aka"):
        _alias(facts, alias)
    facts.programs.extend(inner_texts(entry, "programList", "program"))
    facts.title(child_text(entry, "title"))
    for path in (("nationalityList", "nationality", "country"), ("citizenshipList", "citizenship", "country")):
        for country in inner_texts(entry, *path):
            facts.country(country)
    for date in inner_texts(entry, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        facts.birth(date)
    facts.birth_places.extend(inner_texts(entry, "placeOfBirthList", "placeOfBirthItem", "placeOfBirth"))
    for number in children(entry, "idList", "id"):
        _identifier(facts, number)
    _vessel(facts, entry)
    for remark in child_texts(entry, "remarks"):
        for phrase in split_remarks(re.sub(r"^\((Linked To: .*)\)$", r"\1", remark, flags=re.DOTALL)):
            facts.phrase(phrase)
    for address in children(entry, "addressList", "address"):
        lines = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
        facts.address(tuple(child_text(address, line) for line in lines), child_text(address, "country"))
    return facts.entity()


def _name(element: Element) -> str:
    """``FAMILY, Given``, or the one of the two that there is."""
    family, given = child_text(element, "lastName"), child_text(element, "firstName")
    return ", ".join(name for name in (family, given) if name)


def _alias(facts: Facts, alias: Element) -> None:
    """Add an alias by its type and its category, which are two things: a former name may be a weak one."""
    text, kind, category = _name(alias), child_text(alias, "type") or "", (child_text(alias, "category") or "").lower()
    known = _ALIAS_KINDS.get(kind.lower().replace(".", ""))
    facts.notes.read("names")
    if known is None or category not in ("", "strong", "weak") or not text:
        facts.note("names", f"{kind} {category} {text}")
    if text:
        facts.name(text, known or NameKind.ALIAS, weak=category == "weak")


def _identifier(facts: Facts, element: Element) -> None:
    label, value = child_text(element, "idType"), child_text(element, "idNumber")
    if label is None:
        return
    phrase = f"{label} {value}" if value else label
    country = child_text(element, "idCountry")
    facts.phrase(f"{phrase} ({country})" if country else phrase)


def _vessel(facts: Facts, entry: Element) -> None:
    for vessel in entry.iterchildren("{*}vesselInfo"):
        facts.identifiers.extend(Identifier("call_sign", sign) for sign in child_texts(vessel, "callSign"))
        for flag in child_texts(vessel, "vesselFlag"):
            facts.country(flag)
        facts.linked_to.extend(child_texts(vessel, "vesselOwner"))
        facts.vessel(
            child_text(vessel, "vesselType"),
            child_text(vessel, "tonnage"),
            child_text(vessel, "grossRegisteredTonnage"),
        )


FORM = Form(
    id="ofac_xml",
    label="SDN.XML or CONSOLIDATED.XML",
    head=XmlRoot("sdnList"),
    entities=_entities,
    lists=("us_ofac_sdn", "us_ofac_cons"),
    stated=_stated,
    rank=11,
)
