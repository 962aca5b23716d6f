"""OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML: names in typed parts and in their own scripts, listing dates, links.

Root ``Sanctions``. A ``DistinctParty`` refers by number to reference values, locations, documents, entries and
relationships, some of which stand behind it, so that these are gathered first (`references`). Format:
https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.features import OF_COUNTRY, feature
from watchlist.lists.forms.ofac.names import typed_name
from watchlist.lists.forms.ofac.references import PARTY, OfacReferences, date_of, gather, period
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.xml import Element, attribute, children, first_element
from watchlist.lists.words.dates import iso_parts, start_of_day
from watchlist.model import Entity, Name, NameKind, Schema

_DATE = "DateOfIssue"
_KEY = Key("FixedRef", attribute, numbered=True)
_SCHEMAS = {
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
}
_KINDS = {"f.k.a.": NameKind.PREVIOUS, "n.k.a.": NameKind.PREVIOUS}


def _stated(file: ListFile) -> Stated:
    first = first_element(file, _DATE, before=PARTY)
    stated = date_of(first) if first is not None else None
    published = start_of_day(iso_parts(*stated) if stated else None)
    if published is None:
        raise file.broken(f"expected a {_DATE} with Year, Month and Day before the first {PARTY}")
    return Stated.on(published)


def _entities(file: ListFile) -> Iterator[Entity]:
    known = gather(file)
    for source_id, party in entries(file, (PARTY,), _KEY, passing=OfacReferences.ELEMENTS):
        yield _entity(file, party, source_id, known)


def _entity(file: ListFile, party: Element, source_id: str, known: OfacReferences) -> Entity:
    profile = next(party.iterchildren("{*}Profile"), None)
    if profile is None:
        raise file.broken(f"party {source_id} has no Profile", party.sourceline)
    facts = Facts(file.list_id, source_id, _schema(file, source_id, profile, known), notes=file.notes)
    for identity in profile.iterchildren("{*}Identity"):
        groups = {
            attribute(group, "ID"): known.value("NamePartType", attribute(group, "NamePartTypeID")).lower()
            for master in children(identity, "NamePartGroups", "MasterNamePartGroup")
            for group in master.iterchildren("{*}NamePartGroup")
        }
        for alias in identity.iterchildren("{*}Alias"):
            _alias(facts, alias, groups, known)
        for phrase in known.documents.get(attribute(identity, "ID") or "", ()):
            facts.phrase(phrase)
    if not any(name.kind is NameKind.PRIMARY for name in facts.names):
        facts.primary(None)
    facts.names.sort(key=lambda name: name.kind is not NameKind.PRIMARY)
    for each in (*profile.iterchildren("{*}Feature"), *party.iterchildren("{*}Feature")):
        _feature(facts, each, known)
    profile_id = attribute(profile, "ID") or source_id
    facts.programs += known.programs.get(profile_id, ())
    facts.linked_to += [known.names[other] for other in known.links.get(profile_id, ()) if other in known.names]
    return replace(facts.entity(), listed_on=known.listed.get(profile_id))


def _schema(file: ListFile, source_id: str, profile: Element, known: OfacReferences) -> Schema:
    subtype = attribute(profile, "PartySubTypeID")
    party_type = known.attributes.get(("PartySubType", subtype or ""), {}).get("PartyTypeID")
    words = (known.value("PartySubType", subtype).lower(), known.value("PartyType", party_type).lower())
    file.notes.read("schema")
    if not any(words):
        file.notes.unread("schema", source_id, subtype or "")
    return next((_SCHEMAS[word] for word in words if word in _SCHEMAS), Schema.LEGAL_ENTITY)


def _alias(facts: Facts, alias: Element, groups: dict[str | None, str], known: OfacReferences) -> None:
    stated = known.value("AliasType", attribute(alias, "AliasTypeID")).lower()
    kind, weak = _KINDS.get(stated, NameKind.ALIAS), attribute(alias, "LowQuality") == "true"
    primary = attribute(alias, "Primary") == "true"
    for documented in alias.iterchildren("{*}DocumentedName"):
        values = [
            value
            for each in documented.iterchildren("{*}DocumentedNamePart")
            for value in each.iterchildren("{*}NamePartValue")
        ]
        name = _name(facts.schema, values, groups, known)
        facts.notes.read("names")
        if name is None:
            facts.note("names", "")
            continue
        acronym = kind is NameKind.ALIAS and any(attribute(value, "Acronym") == "true" for value in values)
        first = primary and all(each.kind is not NameKind.PRIMARY for each in facts.names)
        kept = NameKind.PRIMARY if first else NameKind.ACRONYM if acronym else kind
        facts.names.append(replace(name, kind=kept, weak=weak and not first))


def _name(schema: Schema, values: list[Element], groups: dict[str | None, str], known: OfacReferences) -> Name | None:
    parts = [
        (groups.get(attribute(each, "NamePartGroupID"), ""), " ".join("".join(each.itertext()).split()))
        for each in values
    ]
    script_id = next((attribute(each, "ScriptID") for each in values), None)
    code = known.attributes.get(("Script", script_id or ""), {}).get("ScriptCode")
    return typed_name(schema, parts, known.value("Script", script_id).lower() or "latin", code)


def _feature(facts: Facts, element: Element, known: OfacReferences) -> None:
    label = known.value("FeatureType", attribute(element, "FeatureTypeID")).rstrip(" :")
    kind = label.lower()
    for version in element.iterchildren("{*}FeatureVersion"):
        if kind == "birthdate":
            for each in version.iterchildren("{*}DatePeriod"):
                facts.birth(period(each) or "".join(each.itertext()))
            continue
        places = [
            known.locations.get(attribute(each, "LocationID") or "")
            for each in version.iterchildren("{*}VersionLocation")
        ]
        for lines, country in filter(None, places):
            if kind == "location":
                facts.address(lines, country or None)
            elif kind in OF_COUNTRY:
                facts.country(country or ", ".join(lines))
            else:
                facts.birth_places.append(", ".join(each for each in (*lines, country) if each))
        for detail in version.iterchildren("{*}VersionDetail"):
            words = " ".join("".join(detail.itertext()).split())
            words = words or known.value("DetailReference", attribute(detail, "DetailReferenceID"))
            if words:
                feature(facts, label, words)


FORM = Form(
    id="ofac_advanced",
    label="SDN_ADVANCED.XML or CONS_ADVANCED.XML",
    head=XmlRoot("Sanctions"),
    entities=_entities,
    lists=("us_ofac_sdn", "us_ofac_cons"),
    stated=_stated,
    rank=12,
)
