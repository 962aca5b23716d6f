"""What the parties of OFAC's advanced form refer to: one pass over the file before the parties are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import ClassVar

from watchlist.lists.forms.ofac.fields import between
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, attribute, child_text, elements, inner_texts, local_name
from watchlist.lists.words.dates import iso_parts

PARTY = "DistinctParty"

#: The order in which an address is written.
_LINES = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION", "UNKNOWN")


@dataclass(slots=True)
class OfacReferences:
    """Everything outside the parties, by its number."""

    #: The elements to stream; every large one of the file is among them, so that none piles up.
    ELEMENTS: ClassVar[tuple[str, ...]] = (
        *("ReferenceValueSets", "Location", "IDRegDocument", PARTY, "ProfileRelationship", "SanctionsEntry"),
    )

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    attributes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    #: Lines of the address and the country, both in words.
    locations: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    #: Phrases such as ``Passport 123 (Iran)`` by identity.
    documents: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    #: By profile: programs, day of listing, other profiles, the primary name.
    programs: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[str, str] = field(default_factory=dict)
    links: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, number: str | None) -> str:
        """The reference value of this kind and number in words; empty when there is none."""
        return self.values.get((name, number or ""), "")


def gather(file: ListFile) -> OfacReferences:
    """Read everything that parties refer to; raises ListParseError for damaged XML."""
    known = OfacReferences()
    for element in elements(file, *OfacReferences.ELEMENTS):
        match local_name(element):
            case "ReferenceValueSets":
                _values(known, element)
            case "Location":
                _location(known, element)
            case "IDRegDocument":
                _document(known, element)
            case "ProfileRelationship":
                start, end = attribute(element, "From-ProfileID"), attribute(element, "To-ProfileID")
                if start and end:
                    known.links[start].append(end)
            case "SanctionsEntry":
                _entry(known, element)
            case _:
                _party(known, element)
    return known


def date_of(element: Element) -> tuple[str, str, str] | None:
    """Year, month and day of an element that has them as children."""
    year, month, day = (child_text(element, name) for name in ("Year", "Month", "Day"))
    return (year, month, day) if year and month and day else None


def period(element: Element) -> str | None:
    """A ``DatePeriod`` as one ISO date, as precise as its four corners are, or as a range of two."""
    corners = [
        found
        for end, corner in (("Start", "From"), ("End", "To"))
        for outer in element.iterchildren(f"{{*}}{end}")
        for inner in outer.iterchildren(f"{{*}}{corner}")
        if (found := iso_parts(*(date_of(inner) or (None,))))
    ]
    if not corners:
        return None
    about = any(attribute(each, "Approximate") == "true" for each in element.iterchildren("{*}Start", "{*}End"))
    return between(corners[0], corners[-1], about=about)


def _values(known: OfacReferences, sets: Element) -> None:
    for value in sets.iter("{*}*"):
        if number := attribute(value, "ID"):
            key = (local_name(value), number)
            known.values[key] = " ".join((value.text or "").split())
            known.attributes[key] = {name: found for name, found in value.attrib.items() if name != "ID"}


def _location(known: OfacReferences, element: Element) -> None:
    found: dict[str, str] = {}
    for part in element.iterchildren("{*}LocationPart"):
        kind = known.value("LocPartType", attribute(part, "LocPartTypeID")).upper()
        values = list(part.iterchildren("{*}LocationPartValue"))
        # Another script's spelling of the same line is not primary.
        for value in sorted(values, key=lambda each: attribute(each, "Primary") == "false")[:1]:
            found[kind] = child_text(value, "Value") or ""
    country = next(
        (known.value("Country", attribute(each, "CountryID")) for each in element.iterchildren("{*}LocationCountry")),
        "",
    )
    lines = tuple(found[kind] for kind in (*_LINES, *(kind for kind in found if kind not in _LINES)) if found.get(kind))
    known.locations[attribute(element, "ID") or ""] = (lines, country)


def _document(known: OfacReferences, element: Element) -> None:
    label = known.value("IDRegDocType", attribute(element, "IDRegDocTypeID"))
    number = child_text(element, "IDRegistrationNo")
    country = known.value("Country", attribute(element, "IssuedBy-CountryID"))
    if number and label:
        phrase = f"{label} {number} ({country})" if country else f"{label} {number}"
        known.documents[attribute(element, "IdentityID") or ""].append(phrase)


def _entry(known: OfacReferences, entry: Element) -> None:
    profile = attribute(entry, "ProfileID") or ""
    days = [
        day
        for event in entry.iterchildren("{*}EntryEvent")
        for date in event.iterchildren("{*}Date")
        if (day := iso_parts(*(date_of(date) or (None,))))
    ]
    if days:
        known.listed[profile] = min(days)
    for measure in entry.iterchildren("{*}SanctionsMeasure"):
        if known.value("SanctionsType", attribute(measure, "SanctionsTypeID")).lower() == "program":
            known.programs[profile] += inner_texts(measure, "Comment")


def _party(known: OfacReferences, party: Element) -> None:
    for profile in party.iterchildren("{*}Profile"):
        for alias in profile.iterfind("./{*}Identity/{*}Alias[@Primary='true']"):
            values = alias.iterfind("./{*}DocumentedName[1]/{*}DocumentedNamePart/{*}NamePartValue")
            words = " ".join("".join(value.itertext()) for value in values)
            known.names.setdefault(attribute(profile, "ID") or "", " ".join(words.split()))
