"""Canada's consolidated autonomous sanctions list (SEMA and JVCFOA) as XML: flat ``record`` elements in ``data-set``.

The list has no ids: an entry is known by regime, schedule and item, as the regulations number it, and the id here is
made of these three. Text is free and partly bilingual (``Syria / Syrie``); dates are ISO 8601 or Excel's day numbers:
https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.forms.ca import names
from watchlist.lists.forms.ca.cells import date, english, slug, text
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, elements
from watchlist.lists.words.countries import known_country
from watchlist.model import Entity, Schema

_IMO = re.compile(r"\b\d{7}\b")


def _entities(file: ListFile) -> Iterator[Entity]:
    seen: dict[str, tuple[int, str]] = {}
    for record in elements(file, "record"):
        line = record.sourceline or 0
        caption = text(record, "EntityOrShip", "Entity") or " ".join(filter(None, _person_parts(record)))
        if not caption:
            raise file.broken("a record has neither LastName and GivenName nor Entity", line)
        source_id = _source_id(file, record, caption)
        if source_id in seen:
            if seen[source_id][1] == caption:
                raise file.broken(f"{caption!r} stands on line {seen[source_id][0]} already", line)
            # Two entries under one number are two entries all the same.
            source_id = f"{source_id}-{slug(caption)}"
        seen[source_id] = (line, caption)
        yield _entity(file, record, source_id)


def _source_id(file: ListFile, record: Element, caption: str) -> str:
    regime, item = text(record, "Country"), text(record, "Item") or caption
    if not regime:
        raise file.broken("a record has no Country", record.sourceline)
    acronym = re.search(r"\(([A-Z]{3,})\)", regime)
    return "-".join((slug(acronym[1] if acronym else english(regime)), slug(text(record, "Schedule")), slug(item)))


def _entity(file: ListFile, record: Element, source_id: str) -> Entity:
    body = text(record, "EntityOrShip", "Entity")
    imo = _IMO.findall(text(record, "ShipIMONumber"))
    schema = (Schema.VESSEL if imo else Schema.LEGAL_ENTITY) if body else Schema.PERSON
    draft = Draft(file, source_id, schema, record.sourceline)
    if body:
        names.add_body(draft, body)
    else:
        names.add_person(draft, *_person_parts(record))
    for alias in names.aliases(text(record, "Aliases")):
        names.add_alias(draft, alias, *_person_parts(record))
    for number in imo:
        draft.identifier("imo", number)
    regime = english(text(record, "Country"))
    draft.programs.append(regime)
    if country := known_country(regime):
        draft.countries.append(country)
    if schema is Schema.PERSON:
        draft.designations.append(english(text(record, "Title", "TitleOrShip")))
        dates = re.split(r"\s+or\s+", text(record, "DateOfBirth", "DateOfBirthOrShipBuildDate"))
        draft.birth_dates += [date(each) for each in dates]
    draft.listed_on = date(text(record, "DateOfListing"))
    return draft.entity()


def _person_parts(record: Element) -> tuple[str, str]:
    return text(record, "GivenName"), text(record, "LastName")


FORM = Form(
    id="sema_xml",
    label="Canada's XML",
    head=XmlRoot("data-set"),
    entities=_entities,
    lists=("ca_dfatd_sema_sanctions",),
    rank=60,
)
