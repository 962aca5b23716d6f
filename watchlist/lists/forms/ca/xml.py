"""Canada's consolidated autonomous sanctions list (SEMA and JVCFOA) as XML: flat ``record`` elements in ``data-set``.

The list has no ids: an entry is known by regime, schedule and item, as the regulations number it, and the id here is
made of these three. Text is free and partly bilingual (``Syria / Syrie``); dates are ISO 8601 or Excel's day numbers:
https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from watchlist.lists.reading.countries import known_country
from watchlist.lists.reading.dates import excel_date, iso_dates
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, child_text, elements
from watchlist.model import Entity, Name, NameKind, Schema

FORM = "sema_xml"

_RECORD = "record"
_IMO = re.compile(r"\b\d{7}\b")
#: A comma that separates two names, not a name from its legal form or its generation.
_COMMA = re.compile(r",(?!\s*(?:Ltd|Limited|Inc|LLC|L\.L\.C|Co|Corp|S\.?A|GmbH|PLC|JSC|Jr|Sr|II)\b)\s*", re.IGNORECASE)
_KNOWN_AS = re.compile(r"\(?\s*(?:also known as|a\.?k\.?a\.?|formerly(?: known as)?)\s*:?\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
#: How alike a lone alias and a part of the name must be for the alias to be a spelling of that part.
_ALIKE = 0.6


def read(source: Source, part: Part) -> ParsedList:
    """Open the file; it has no head, and what is wrong in it shows when the entities are read."""
    return ParsedList(source.list_id, FORM, digest((part,)), lambda: _entities(part))


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, tuple[int, str]] = {}
    for record in elements(part, _RECORD):
        line = record.sourceline or 0
        caption = _text(record, "EntityOrShip", "Entity") or " ".join(filter(None, _person_parts(record)))
        if not caption:
            raise part.broken("a record has neither LastName and GivenName nor Entity", line)
        source_id = _source_id(part, record, caption)
        if source_id in seen:
            if seen[source_id][1] == caption:
                raise part.broken(f"{caption!r} stands on line {seen[source_id][0]} already", line)
            # Two entries under one number are two entries all the same.
            source_id = f"{source_id}-{_slug(caption)}"
        seen[source_id] = (line, caption)
        yield _entity(part, record, source_id)


def _source_id(part: Part, record: Element, caption: str) -> str:
    regime, item = _text(record, "Country"), _text(record, "Item") or caption
    if not regime:
        raise part.broken("a record has no Country", record.sourceline)
    acronym = re.search(r"\(([A-Z]{3,})\)", regime)
    return "-".join((_slug(acronym[1] if acronym else _english(regime)), _slug(_text(record, "Schedule")), _slug(item)))


def _entity(part: Part, record: Element, source_id: str) -> Entity:
    body = _text(record, "EntityOrShip", "Entity")
    imo = _IMO.findall(_text(record, "ShipIMONumber"))
    schema = (Schema.VESSEL if imo else Schema.LEGAL_ENTITY) if body else Schema.PERSON
    draft = Draft(part, source_id, schema, record.sourceline)
    if body:
        _body_names(draft, body)
    else:
        _person_names(draft, *_person_parts(record))
    for alias in _aliases(_text(record, "Aliases")):
        _alias(draft, alias, *_person_parts(record))
    for number in imo:
        draft.identifier("imo", number)
    regime = _english(_text(record, "Country"))
    draft.programs.append(regime)
    if country := known_country(regime):
        draft.countries.append(country)
    if schema is Schema.PERSON:
        draft.designations.append(_english(_text(record, "Title", "TitleOrShip")))
        dates = re.split(r"\s+or\s+", _text(record, "DateOfBirth", "DateOfBirthOrShipBuildDate"))
        draft.birth_dates += [_date(each) for each in dates]
    draft.listed_on = _date(_text(record, "DateOfListing"))
    return draft.entity()


def _text(record: Element, *names: str) -> str:
    return next((words for name in names if (words := child_text(record, name))), "")


def _person_parts(record: Element) -> tuple[str, str]:
    return _text(record, "GivenName"), _text(record, "LastName")


def _person_names(draft: Draft, given: str, family: str) -> None:
    """Add a person's name; ``Adanov (Adnuf)`` gives one name for each of the two spellings too."""
    text = " ".join(filter(None, (given, family)))
    plain_given, plain_family = _BRACKETS.sub("", given), _BRACKETS.sub("", family)
    split = bool(plain_given and plain_family)
    draft.name(Name(text, NameKind.PRIMARY, None, plain_given if split else None, plain_family if split else None))
    if split and (plain_given, plain_family) != (given, family):
        draft.name(Name(f"{plain_given} {plain_family}", NameKind.ALIAS, None, plain_given, plain_family))
        for other in _BRACKETS.findall(family):
            draft.name(Name(f"{plain_given} {other}", NameKind.ALIAS, None, plain_given, other))
        for other in _BRACKETS.findall(given):
            draft.name(Name(f"{other} {plain_family}", NameKind.ALIAS, None, other, plain_family))


def _body_names(draft: Draft, text: str) -> None:
    """Add a body's name; ``Office of Tides/Bureau des marées`` gives one name for each language too."""
    draft.name(Name(text, NameKind.PRIMARY))
    halves = [half.strip() for half in re.split(r"/(?![^()]*\))", text)]
    if len(halves) == 2 and all(len(half.split()) > 1 for half in halves):
        draft.name(Name(halves[0], NameKind.ALIAS, "en"))
        draft.name(Name(halves[1], NameKind.ALIAS, "fr"))


def _aliases(text: str) -> list[str]:
    pieces = [piece for half in text.split(";") for piece in _COMMA.split(_KNOWN_AS.sub(";", half).replace(";", ","))]
    names = (piece.strip() for piece in pieces)
    return [name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in names if name]


def _alias(draft: Draft, alias: str, given: str, family: str) -> None:
    """Add an alias. A person's may be a spelling of one part of the name alone; another lone word is a weak alias."""
    given, family = _BRACKETS.sub("", given), _BRACKETS.sub("", family)
    lone = " " not in alias
    if draft.schema is not Schema.PERSON or (family and family.lower() in alias.lower()):
        draft.name(Name(alias, NameKind.ALIAS))
    elif given and _alike(alias, given.split(" ")[0] if lone else given) >= _ALIKE:
        draft.name(Name(f"{alias} {family}".strip(), NameKind.ALIAS, None, alias, family or None))
    elif lone and family and _alike(alias, family) >= _ALIKE:
        draft.name(Name(f"{given} {alias}".strip(), NameKind.ALIAS, None, given or None, alias))
    else:
        draft.name(Name(alias, NameKind.WEAK_ALIAS if lone else NameKind.ALIAS))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _english(text: str) -> str:
    return re.split(r"\s*/\s*", text)[0].strip()


def _date(text: str) -> str | None:
    return excel_date(text) if re.fullmatch(r"[0-9]{5}", text) else iso_dates(text)


def _slug(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", text.lower()).strip("-")[:60] or "0"
