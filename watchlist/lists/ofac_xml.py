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
from typing import Any

from lxml import etree

from watchlist.lists.countries import to_country
from watchlist.lists.ofac_facts import Facts
from watchlist.lists.ofac_remarks import split_remarks
from watchlist.lists.parsed import ParsedList
from watchlist.lists.source import Part, Source, digest
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
_HEAD = "{*}publshInformation"
_ENTRY = "{*}sdnEntry"

#: An lxml element; lxml ships no type information.
_Element = Any


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


def _elements(part: Part) -> Iterator[_Element]:
    """Finished head and entry elements; each is emptied when the next one is asked for, so memory stays flat."""
    with part.opened() as stream:
        try:
            # Neither entities nor a DTD nor the network: the file comes from outside. huge_tree stays off.
            elements = etree.iterparse(
                stream, tag=(_HEAD, _ENTRY), resolve_entities=False, load_dtd=False, no_network=True
            )
            for number, (_, element) in enumerate(elements):
                if number == 0 and element.getroottree().docinfo.doctype:
                    raise part.broken("has a document type declaration, which OFAC's file does not have")
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            line = error.lineno or None
            raise part.broken(f"is damaged or cut off: {error.msg.split(', line ')[0]}", line) from error


def _published(part: Part) -> _Published:
    for element in _elements(part):
        if etree.QName(element).localname != "publshInformation":
            break
        date, count = _text(element, "Publish_Date"), _text(element, "Record_Count")
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
    for element in _elements(part):
        if etree.QName(element).localname != "sdnEntry":
            continue
        line: int | None = element.sourceline
        source_id = _text(element, "uid")
        if not (source_id and source_id.isascii() and source_id.isdigit()):
            raise part.broken(f"expected OFAC's numeric uid, found {source_id!r}", line)
        if source_id in seen:
            raise part.broken(f"uid {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line or 0
        yield _entity(part, element, source_id)


def _entity(part: Part, entry: _Element, source_id: str) -> Entity:
    kind = _text(entry, "sdnType")
    schema = _SCHEMAS.get((kind or "").lower())
    if schema is None:
        raise part.broken(
            f"expected Individual, Entity, Vessel or Aircraft as sdnType, found {kind!r}", entry.sourceline
        )
    facts = Facts(part.list_id, source_id, schema)
    _name(part, facts, entry, NameKind.PRIMARY)
    for alias in _children(entry, "akaList", "aka"):
        _name(part, facts, alias, _alias_kind(part, alias))
    facts.programs.extend(_texts(entry, "programList", "program"))
    facts.title(_text(entry, "title"))
    facts.countries.extend(to_country(text) for text in _inner(entry, "nationalityList", "nationality", "country"))
    facts.countries.extend(to_country(text) for text in _inner(entry, "citizenshipList", "citizenship", "country"))
    for date in _inner(entry, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        facts.phrase(f"DOB {date}")
    facts.birth_places.extend(_inner(entry, "placeOfBirthList", "placeOfBirthItem", "placeOfBirth"))
    for number in _children(entry, "idList", "id"):
        _identifier(facts, number)
    _vessel(facts, entry)
    for remark in _own(entry, "remarks"):
        for phrase in split_remarks(re.sub(r"^\((Linked To: .*)\)$", r"\1", remark, flags=re.DOTALL)):
            facts.phrase(phrase)
    for address in _children(entry, "addressList", "address"):
        lines = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
        facts.address(tuple(_text(address, line) for line in lines), _text(address, "country"))
    return facts.entity()


def _name(part: Part, facts: Facts, element: _Element, kind: NameKind) -> None:
    family, given = _text(element, "lastName"), _text(element, "firstName")
    text = ", ".join(name for name in (family, given) if name)
    if not text:
        raise part.broken(f"a name of entity {facts.source_id} is empty", element.sourceline)
    facts.name(text, kind)


def _alias_kind(part: Part, alias: _Element) -> NameKind:
    kind, category = _text(alias, "type"), _text(alias, "category")
    letter = (kind or "").lower().replace(".", "")
    if letter not in ("aka", "fka", "nka") or (category or "strong").lower() not in ("strong", "weak"):
        raise part.broken(
            f"expected a.k.a., f.k.a. or n.k.a. and strong or weak, found {kind!r} and {category!r}", alias.sourceline
        )
    if letter != "fka" and (category or "").lower() == "weak":
        return NameKind.WEAK_ALIAS
    return NameKind.ALIAS if letter == "aka" else NameKind.PREVIOUS


def _identifier(facts: Facts, element: _Element) -> None:
    label, value = _text(element, "idType"), _text(element, "idNumber")
    if label is None:
        return
    phrase = f"{label} {value}" if value else label
    country = _text(element, "idCountry")
    facts.phrase(f"{phrase} ({country})" if country else phrase)


def _vessel(facts: Facts, entry: _Element) -> None:
    for vessel in entry.iterchildren("{*}vesselInfo"):
        facts.identifiers.extend(Identifier("call_sign", sign) for sign in _own(vessel, "callSign"))
        facts.countries.extend(to_country(flag) for flag in _own(vessel, "vesselFlag") if flag != "None Identified")
        facts.linked_to.extend(_own(vessel, "vesselOwner"))
        facts.vessel(_text(vessel, "vesselType"), _text(vessel, "tonnage"), _text(vessel, "grossRegisteredTonnage"))


def _children(element: _Element, group: str, name: str) -> Iterator[_Element]:
    for parent in element.iterchildren(f"{{*}}{group}"):
        yield from parent.iterchildren(f"{{*}}{name}")


def _text(element: _Element, name: str) -> str | None:
    return next(iter(_own(element, name)), None)


def _own(element: _Element, name: str) -> list[str]:
    """The texts of the children of this name that have any, with runs of white space as one space."""
    found = (" ".join("".join(child.itertext()).split()) for child in element.iterchildren(f"{{*}}{name}"))
    return [text for text in found if text]


def _texts(element: _Element, group: str, name: str) -> list[str]:
    return [text for parent in element.iterchildren(f"{{*}}{group}") for text in _own(parent, name)]


def _inner(element: _Element, group: str, name: str, inner: str) -> list[str]:
    return [text for child in _children(element, group, name) for text in _own(child, inner)]
