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
from watchlist.lists.words.countries import to_country
from watchlist.model import Entity, Identifier, NameKind, Schema

_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_HEAD = "publshInformation"
_ENTRY = "sdnEntry"
_KEY = Key("uid", child_text, number="OFAC's numeric uid")


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
    kind = child_text(entry, "sdnType")
    schema = _SCHEMAS.get((kind or "").lower())
    if schema is None:
        raise file.broken(
            f"expected Individual, Entity, Vessel or Aircraft as sdnType, found {kind!r}", entry.sourceline
        )
    facts = Facts(file.list_id, source_id, schema)
    _name(file, facts, entry, NameKind.PRIMARY)
    for alias in children(entry, "akaList", "aka"):
        _name(file, facts, alias, _alias_kind(file, alias))
    facts.programs.extend(inner_texts(entry, "programList", "program"))
    facts.title(child_text(entry, "title"))
    for path in (("nationalityList", "nationality", "country"), ("citizenshipList", "citizenship", "country")):
        facts.countries.extend(to_country(country) for country in inner_texts(entry, *path))
    for date in inner_texts(entry, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        facts.phrase(f"DOB {date}")
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


def _name(file: ListFile, facts: Facts, element: Element, kind: NameKind) -> None:
    family, given = child_text(element, "lastName"), child_text(element, "firstName")
    text = ", ".join(name for name in (family, given) if name)
    if not text:
        raise file.broken(f"a name of entity {facts.source_id} is empty", element.sourceline)
    facts.name(text, kind)


def _alias_kind(file: ListFile, alias: Element) -> NameKind:
    kind, category = child_text(alias, "type"), child_text(alias, "category")
    letter = (kind or "").lower().replace(".", "")
    if letter not in ("aka", "fka", "nka") or (category or "strong").lower() not in ("strong", "weak"):
        raise file.broken(
            f"expected a.k.a., f.k.a. or n.k.a. and strong or weak, found {kind!r} and {category!r}", alias.sourceline
        )
    if letter != "fka" and (category or "").lower() == "weak":
        return NameKind.WEAK_ALIAS
    return NameKind.ALIAS if letter == "aka" else NameKind.PREVIOUS


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
        facts.countries.extend(
            to_country(flag) for flag in child_texts(vessel, "vesselFlag") if flag != "None Identified"
        )
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
