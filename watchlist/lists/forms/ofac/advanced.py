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
from watchlist.lists.forms.ofac.references import PARTY, OfacReferences, date_of, gather, period
from watchlist.lists.reading.draft import name_parts
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.xml import Element, attribute, children, first_element
from watchlist.lists.words.dates import iso_parts, start_of_day
from watchlist.lists.words.languages import to_lang
from watchlist.model import Entity, Name, NameKind, Schema, to_script

_DATE = "DateOfIssue"
_KEY = Key("FixedRef", attribute, numbered=True)
_SCHEMAS = {
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
}
_KINDS = {"f.k.a.": NameKind.PREVIOUS, "n.k.a.": NameKind.PREVIOUS}
_FAMILY = ("last name", "maiden name")
_GIVEN = ("first name", "middle name", "patronymic", "matronymic")
#: Other kinds of part are called as OFAC calls them.
_PART_KINDS = {
    "last name": "family",
    "first name": "given",
    "middle name": "middle",
    "maiden name": "maiden",
}
#: Scripts that leave no space between family and given name.
_UNSPACED = ("chinese", "han", "hangul", "japanese", "katakana", "hiragana")
_COUNTRIES = ("nationality country", "citizenship country", "nationality of registration", "registration country")
_FLAGS = ("vessel flag", "other vessel flag", "flag")


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
    for feature in (*profile.iterchildren("{*}Feature"), *party.iterchildren("{*}Feature")):
        _feature(facts, feature, known)
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
    """The name that the parts make: ``FAMILY, Given Middle`` for a person in Latin script, as in SDN.XML."""
    parts = [
        (groups.get(attribute(each, "NamePartGroupID"), ""), " ".join("".join(each.itertext()).split()))
        for each in values
    ]
    script_id = next((attribute(each, "ScriptID") for each in values), None)
    script = known.value("Script", script_id).lower() or "latin"
    code = to_script(known.attributes.get(("Script", script_id or ""), {}).get("ScriptCode")) or to_script(script)
    latin = script == "latin"
    lang = None if latin else to_lang(None, script)
    if schema is not Schema.PERSON:
        text = " ".join(words for _, words in parts if words)
        return Name(text, lang=lang, script=code) if text else None
    family = " ".join(words for kind, words in parts if kind in _FAMILY)
    given = " ".join(words for kind, words in parts if kind in _GIVEN)
    rest = " ".join(words for kind, words in parts if kind not in _FAMILY + _GIVEN)
    joint = ", " if latin else "" if script.startswith(_UNSPACED) else " "
    text = joint.join(words for words in (family, given, rest) if words)
    if not text:
        return None
    typed = name_parts(*((_PART_KINDS.get(kind, kind), words) for kind, words in parts))
    given_name, family_name = (given, family) if family and given else (None, None)
    return Name(text, NameKind.ALIAS, lang, given=given_name, family=family_name, script=code, parts=typed)


def _feature(facts: Facts, feature: Element, known: OfacReferences) -> None:
    label = known.value("FeatureType", attribute(feature, "FeatureTypeID")).rstrip(" :")
    kind = label.lower()
    for version in feature.iterchildren("{*}FeatureVersion"):
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
            elif kind in _COUNTRIES + _FLAGS:
                facts.country(country or ", ".join(lines))
            else:
                facts.birth_places.append(", ".join(each for each in (*lines, country) if each))
        for detail in version.iterchildren("{*}VersionDetail"):
            words = " ".join("".join(detail.itertext()).split())
            words = words or known.value("DetailReference", attribute(detail, "DetailReferenceID"))
            if words:
                _detail(facts, label, words)


def _detail(facts: Facts, label: str, words: str) -> None:
    kind = label.lower()
    if kind in ("place of birth", "pob"):
        facts.birth_places.append(words)
    elif kind in _COUNTRIES + _FLAGS:
        facts.country(words)
    elif kind == "title":
        facts.title(words)
    elif kind in ("vessel owner", "aircraft operator"):
        facts.linked_to.append(words)
    elif kind == "additional sanctions information -":
        facts.remarks.append(words)
    else:
        facts.phrase(f"{label} {words}")


FORM = Form(
    id="ofac_advanced",
    label="SDN_ADVANCED.XML or CONS_ADVANCED.XML",
    head=XmlRoot("Sanctions"),
    entities=_entities,
    lists=("us_ofac_sdn", "us_ofac_cons"),
    stated=_stated,
    rank=12,
)
