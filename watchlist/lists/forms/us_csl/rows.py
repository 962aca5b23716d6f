"""What an entry of the Consolidated Screening List says, whichever form it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from watchlist.lists.forms.ofac.fields import to_identifier
from watchlist.lists.forms.us_csl import LISTS, SOURCE_OF
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.words.dates import iso_date, iso_dates
from watchlist.lists.words.person import split_person
from watchlist.model import Entity, Name, NameKind, Schema

#: The lists that are published in this form.
LIST_IDS = tuple(each.id for each in LISTS)

_SCHEMAS = {"individual": Schema.PERSON, "vessel": Schema.VESSEL, "aircraft": Schema.AIRCRAFT}
_CODE = re.compile(r"\((?P<code>[A-Z][A-Z-]*)(?: List)?\)")
#: What the State Department writes behind a name and is none of it.
_SUCCESSORS = re.compile(r"[;,]? and any successor\b.*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """An address: its lines, and the country as a code."""

    lines: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as both forms have it: single values by the name of their column, and those of which there are more."""

    id: str
    one: Mapping[str, str]
    programs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    addresses: tuple[ListedPlace, ...] = ()
    citizenships: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    #: ``Passport 836238033 (KP)``, as OFAC writes its remarks.
    phrases: tuple[str, ...] = ()


def entities_of(file: ListFile, listed: Iterable[tuple[int, Listed]]) -> Iterator[Entity]:
    """The entities of a list's own source, of all sources where it is no list of one."""
    source = SOURCE_OF.get(file.list_id)
    for line, each in listed:
        if source is None or source_code(each.one.get("source", "")) == source:
            if not each.id:
                raise file.broken("the id is empty", line)
            yield _entity(file, each, line)


def source_code(source: str) -> str | None:
    """What a source is called in short: ``EL`` of ``Entity List (EL) - Bureau of Industry and Security``."""
    found = _CODE.search(source)
    return found["code"] if found else None


def _entity(file: ListFile, listed: Listed, line: int) -> Entity:
    one = listed.one
    # The State and Commerce Departments do not say who is a person.
    draft = Draft(file, listed.id, _SCHEMAS.get(one.get("type", "").lower(), Schema.LEGAL_ENTITY), line)
    _name(draft, one.get("name", ""), NameKind.PRIMARY)
    for name in listed.names:
        _name(draft, name.removeprefix("and "), NameKind.ALIAS)
    draft.programs += [one.get("source", "").partition(" - ")[0], *listed.programs]
    draft.designations += [part.strip() for part in one.get("title", "").split(";")]
    draft.listed_on = iso_date(one.get("start_date"))
    draft.url = one.get("source_list_url") or None
    draft.country(*listed.nationalities, *listed.citizenships, one.get("vessel_flag"))
    draft.birth_dates += [iso_dates(day) for day in listed.births]
    draft.birth_places += listed.birth_places
    draft.linked_to.append(one.get("vessel_owner", ""))
    draft.identifier("call_sign", one.get("call_sign"))
    for phrase in listed.phrases:
        _phrase(draft, phrase)
    for place in listed.addresses:
        draft.address(*place.lines, country=place.country)
    _remarks(draft, one)
    return draft.entity()


def _name(draft: Draft, text: str, kind: NameKind) -> None:
    bare = _SUCCESSORS.sub("", text)
    family, given = split_person(bare) if draft.schema is Schema.PERSON else (None, None)
    draft.name(Name(bare, kind, given=given, family=family))
    if bare != text:
        draft.remarks.append(text)


def _phrase(draft: Draft, phrase: str) -> None:
    found = to_identifier(phrase, draft.schema)
    if found is not None:
        draft.identifier(found.kind, found.value, found.detail)
    else:
        draft.remarks.append(phrase)


def _remarks(draft: Draft, one: Mapping[str, str]) -> None:
    draft.remarks.append(one.get("remarks", ""))
    for label, column in (
        ("Until", "end_date"),
        ("Federal Register", "federal_register_notice"),
        ("License requirement:", "license_requirement"),
        ("License policy:", "license_policy"),
        ("Vessel Type", "vessel_type"),
        ("Tonnage", "gross_tonnage"),
        ("Gross Registered Tonnage", "gross_registered_tonnage"),
    ):
        if words := one.get(column, ""):
            draft.remarks.append(f"{label} {words}")
