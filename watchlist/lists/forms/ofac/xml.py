"""OFAC's SDN.XML and CONSOLIDATED.XML, streamed one ``sdnEntry`` at a time.

Elements are matched by local name, because the namespace has changed and may again. ``publshInformation`` (spelt so)
states the publication date and the number of entries. Format:
https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.remarks import split_remarks
from watchlist.lists.reading.countries import to_country
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, child_text, child_texts, children, elements, inner_texts, local_name
from watchlist.model import Entity, Identifier, NameKind, Schema

FORM = "ofac_xml"
#: The local name of the root element.
ROOT = "sdnList"

_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_HEAD = "publshInformation"
_ENTRY = "sdnEntry"


@dataclass(frozen=True, slots=True)
class _Published:
    at: datetime
    records: int


def read(source: Source, part: Part) -> ParsedList:
    """Read the head of the file; raises ListParseError when it lacks the date or the count it should state."""
    sha256 = digest((part,))
    head = _published(part)
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        version=head.at.date().isoformat(),
        published_at=head.at,
        declared_count=head.records,
    )


def _published(part: Part) -> _Published:
    for element in elements(part, _HEAD, _ENTRY):
        if local_name(element) != _HEAD:
            break
        date, count = child_text(element, "Publish_Date"), child_text(element, "Record_Count")
        try:
            published = datetime.strptime(date or "", "%m/%d/%Y").replace(tzinfo=UTC)
        except ValueError as error:
            raise part.broken(
                f"expected a Publish_Date such as 12/29/2023, found {date!r}", element.sourceline
            ) from error
        if not (count and count.isascii() and count.isdigit()):
            raise part.broken(f"expected a number as Record_Count, found {count!r}", element.sourceline)
        return _Published(published, int(count))
    raise part.broken("has no publshInformation with date and count before the first entry")


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for element in elements(part, _HEAD, _ENTRY):
        if local_name(element) != _ENTRY:
            continue
        line: int | None = element.sourceline
        source_id = child_text(element, "uid")
        if not (source_id and source_id.isascii() and source_id.isdigit()):
            raise part.broken(f"expected OFAC's numeric uid, found {source_id!r}", line)
        if source_id in seen:
            raise part.broken(f"uid {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line or 0
        yield _entity(part, element, source_id)


def _entity(part: Part, entry: Element, source_id: str) -> Entity:
    kind = child_text(entry, "sdnType")
    schema = _SCHEMAS.get((kind or "").lower())
    if schema is None:
        raise part.broken(
            f"expected Individual, Entity, Vessel or Aircraft as sdnType, found {kind!r}", entry.sourceline
        )
    facts = Facts(part.list_id, source_id, schema)
    _name(part, facts, entry, NameKind.PRIMARY)
    for alias in children(entry, "akaList", "aka"):
        _name(part, facts, alias, _alias_kind(part, alias))
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


def _name(part: Part, facts: Facts, element: Element, kind: NameKind) -> None:
    family, given = child_text(element, "lastName"), child_text(element, "firstName")
    text = ", ".join(name for name in (family, given) if name)
    if not text:
        raise part.broken(f"a name of entity {facts.source_id} is empty", element.sourceline)
    facts.name(text, kind)


def _alias_kind(part: Part, alias: Element) -> NameKind:
    kind, category = child_text(alias, "type"), child_text(alias, "category")
    letter = (kind or "").lower().replace(".", "")
    if letter not in ("aka", "fka", "nka") or (category or "strong").lower() not in ("strong", "weak"):
        raise part.broken(
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
