"""The UK Sanctions List as XML: root ``Designations``, one ``Designation`` at a time.

Single values stand in child elements, repeated ones in an element of their own (``DOBs/DOB``). See
https://www.gov.uk/government/publications/the-uk-sanctions-list.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.uk import facts
from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.xml import Element, child_text, children, first_element, inner_texts
from watchlist.lists.words.dates import whole_day
from watchlist.model import Entity

_ENTITY = "Designation"
_DATE = "DateGenerated"
_PERSON = ("IndividualDetails", "Individual")
_SHIP = ("ShipDetails", "Ship")
_BODY = ("EntityDetails", "Entity")


def _stated(file: ListFile) -> Stated:
    first = first_element(file, _DATE, before=_ENTITY)
    stated = "".join(first.itertext()).strip() if first is not None else None
    published = whole_day(stated)
    if published is None:
        raise file.broken(f"expected a {_DATE} such as 02/09/2026 before the first {_ENTITY}, found {stated!r}")
    return Stated.on(published)


def _entities(file: ListFile) -> Iterator[Entity]:
    for source_id, entry in entries(file, (_ENTITY,), Key("UniqueID", child_text)):
        yield _entity(file, entry, source_id)


def _entity(file: ListFile, entry: Element, source_id: str) -> Entity:
    draft = Draft.of_kind(file, source_id, child_text(entry, "IndividualEntityShip"), facts.SCHEMAS, entry.sourceline)
    draft.reference = child_text(entry, "OFSIGroupID")
    draft.listed(child_text(entry, "DateDesignated"))
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
        kind = facts.kind_of(child_text(each, "NameType") or "")
        facts.name(draft, parts, kind, weak=facts.is_weak(child_text(each, "AliasStrength") or ""))
    for each in children(entry, "NonLatinNames", "NonLatinName"):
        names = ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage")
        facts.original(draft, *(child_text(each, name) or "" for name in names))


def _person(draft: Draft, entry: Element) -> None:
    draft.designations += [
        point for text in inner_texts(entry, *_PERSON, "Positions", "Position") for point in split_lettered(text)
    ]
    draft.births(*inner_texts(entry, *_PERSON, "DOBs", "DOB"))
    for text in inner_texts(entry, *_PERSON, "Nationalities", "Nationality"):
        facts.nationalities(draft, text)
    for person in children(entry, *_PERSON):
        for place in children(person, "BirthDetails", "Location"):
            facts.birth_place(draft, child_text(place, "TownOfBirth") or "", child_text(place, "CountryOfBirth") or "")
        for passport in children(person, "PassportDetails", "Passport"):
            note = child_text(passport, "PassportAdditionalInformation") or ""
            facts.passport(draft, child_text(passport, "PassportNumber") or "", note)
        for document in children(person, "NationalIdentifierDetails", "NationalIdentifier"):
            note = child_text(document, "NationalIdentifierAdditionalInformation") or ""
            facts.national_id(draft, child_text(document, "NationalIdentifierNumber") or "", note)


def _body_and_ship(draft: Draft, entry: Element) -> None:
    for text in inner_texts(entry, *_BODY, "BusinessRegistrationNumbers", "BusinessRegistrationNumber"):
        facts.registration(draft, text)
    for text in inner_texts(entry, *_SHIP, "IMONumbers", "IMONumber"):
        draft.imo(text)
    draft.country(*inner_texts(entry, *_SHIP, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"))
    for path in (
        (*_SHIP, "CurrentOwnerOperators", "CurrentOwnerOperator"),
        (*_BODY, "ParentCompanies", "ParentCompany"),
        (*_BODY, "Subsidiaries", "Subsidiary"),
    ):
        draft.linked_to += [point for text in inner_texts(entry, *path) for point in split_lettered(text)]


FORM = Form(
    id="uk_xml",
    label="the UK Sanctions List's XML",
    head=XmlRoot("Designations"),
    entities=_entities,
    lists=("gb_fcdo_sanctions",),
    stated=_stated,
    rank=41,
)
