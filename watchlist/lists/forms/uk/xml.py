"""The UK Sanctions List as XML: root ``Designations``, one ``Designation`` at a time.

Single values stand in child elements, repeated ones in an element of their own (``DOBs/DOB``). See
https://www.gov.uk/government/publications/the-uk-sanctions-list.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.uk import facts as uk_facts
from watchlist.lists.reading.dates import iso_date, start_of_day
from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, child_text, children, elements, inner_texts, local_name
from watchlist.model import Entity

FORM = "uk_xml"

_ENTITY = "Designation"
_DATE = "DateGenerated"
_PERSON = ("IndividualDetails", "Individual")
_SHIP = ("ShipDetails", "Ship")
_BODY = ("EntityDetails", "Entity")


def read(source: Source, part: Part) -> ParsedList:
    """Read the head; raises ListParseError when the first element is not the date of the file."""
    sha256 = digest((part,))
    first = next(elements(part, _DATE, _ENTITY), None)
    stated = "".join(first.itertext()).strip() if first is not None and local_name(first) == _DATE else None
    published = start_of_day(iso_date(stated))
    if published is None:
        raise part.broken(f"expected a {_DATE} such as 02/09/2026 before the first {_ENTITY}, found {stated!r}")
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        version=published.date().isoformat(),
        published_at=published,
    )


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for element in elements(part, _ENTITY):
        source_id, line = child_text(element, "UniqueID"), element.sourceline or 0
        if not source_id:
            raise part.broken("a Designation has no UniqueID", line)
        if source_id in seen:
            raise part.broken(f"UniqueID {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line
        yield _entity(part, element, source_id)


def _entity(part: Part, entry: Element, source_id: str) -> Entity:
    kind = child_text(entry, "IndividualEntityShip")
    schema = uk_facts.SCHEMAS.get((kind or "").lower())
    if schema is None:
        raise part.broken(
            f"expected Individual, Entity or Ship as IndividualEntityShip, found {kind!r}", entry.sourceline
        )
    draft = Draft(part, source_id, schema, entry.sourceline)
    draft.reference = child_text(entry, "OFSIGroupID")
    draft.listed_on = iso_date(child_text(entry, "DateDesignated"))
    _names(draft, entry)
    draft.programs += inner_texts(entry, "RegimeName")
    draft.designations += inner_texts(entry, "Titles", "Title")
    draft.un_references(child_text(entry, "UNReferenceNumber") or "")
    _person(draft, entry)
    _body_and_ship(draft, entry)
    for kind, path in (
        ("phone", ("PhoneNumbers", "PhoneNumber")),
        ("website", ("Websites", "Website")),
        ("email", ("EmailAddresses", "EmailAddress")),
    ):
        for value in inner_texts(entry, *path):
            draft.identifier(kind, value)
    for address in children(entry, "Addresses", "Address"):
        lines = [child_text(address, f"AddressLine{number}") for number in range(1, 7)]
        draft.address(*lines, child_text(address, "AddressPostalCode"), country=child_text(address, "AddressCountry"))
    draft.remarks += [child_text(entry, name) or "" for name in ("OtherInformation", "UKStatementofReasons")]
    return draft.entity()


def _names(draft: Draft, entry: Element) -> None:
    for each in children(entry, "Names", "Name"):
        parts = [child_text(each, f"Name{number}") or "" for number in range(1, 7)]
        kind = uk_facts.kind_of(child_text(each, "NameType") or "", child_text(each, "AliasStrength") or "")
        uk_facts.name(draft, parts, kind)
    for each in children(entry, "NonLatinNames", "NonLatinName"):
        names = ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage")
        uk_facts.original(draft, *(child_text(each, name) or "" for name in names))


def _person(draft: Draft, entry: Element) -> None:
    draft.designations += [
        point for text in inner_texts(entry, *_PERSON, "Positions", "Position") for point in split_lettered(text)
    ]
    uk_facts.births(draft, inner_texts(entry, *_PERSON, "DOBs", "DOB"))
    for text in inner_texts(entry, *_PERSON, "Nationalities", "Nationality"):
        uk_facts.nationalities(draft, text)
    for person in children(entry, *_PERSON):
        for place in children(person, "BirthDetails", "Location"):
            uk_facts.birth_place(
                draft, child_text(place, "TownOfBirth") or "", child_text(place, "CountryOfBirth") or ""
            )
        for passport in children(person, "PassportDetails", "Passport"):
            note = child_text(passport, "PassportAdditionalInformation") or ""
            uk_facts.passport(draft, child_text(passport, "PassportNumber") or "", note)
        for document in children(person, "NationalIdentifierDetails", "NationalIdentifier"):
            draft.identifier("national_id", child_text(document, "NationalIdentifierNumber"))


def _body_and_ship(draft: Draft, entry: Element) -> None:
    for text in inner_texts(entry, *_BODY, "BusinessRegistrationNumbers", "BusinessRegistrationNumber"):
        uk_facts.registration(draft, text)
    for text in inner_texts(entry, *_SHIP, "IMONumbers", "IMONumber"):
        uk_facts.ship(draft, text)
    draft.country(*inner_texts(entry, *_SHIP, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"))
    for path in (
        (*_SHIP, "CurrentOwnerOperators", "CurrentOwnerOperator"),
        (*_BODY, "ParentCompanies", "ParentCompany"),
        (*_BODY, "Subsidiaries", "Subsidiary"),
    ):
        draft.linked_to += [point for text in inner_texts(entry, *path) for point in split_lettered(text)]
