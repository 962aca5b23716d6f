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
from watchlist.lists.reading.draft import Draft, imo_numbers
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, elements
from watchlist.model import Entity, Schema

#: What a ship is called in the field that has a person's title.
_SHIP = re.compile(r"\b(?:tanker|cargo|carrier|vessel|ship|ro-ro|fso|tug|barge|bulk)\b", re.IGNORECASE)


def _entities(file: ListFile) -> Iterator[Entity]:
    seen: dict[str, str] = {}
    for record in elements(file, "record"):
        caption = text(record, "EntityOrShip", "Entity") or " ".join(filter(None, _person_parts(record)))
        source_id = _source_id(file, record, caption)
        if seen.setdefault(source_id, caption) != caption:
            # Two entries under one number are two entries all the same, whichever comes first.
            source_id = f"{source_id}-{slug(caption)}"
        yield _entity(file, record, source_id)


def _source_id(file: ListFile, record: Element, caption: str) -> str:
    regime, item = text(record, "Country"), text(record, "Item") or caption
    if not regime:
        file.notes.unread("reference", caption, "")
    acronym = re.search(r"\(([A-Z]{3,})\)", regime)
    return "-".join((slug(acronym[1] if acronym else english(regime)), slug(text(record, "Schedule")), slug(item)))


def _entity(file: ListFile, record: Element, source_id: str) -> Entity:
    body = text(record, "EntityOrShip", "Entity")
    imo, title = text(record, "ShipIMONumber"), text(record, "Title", "TitleOrShip")
    ship = body and (imo_numbers(imo) or _SHIP.search(title))
    schema = Schema.VESSEL if ship else Schema.LEGAL_ENTITY if body else Schema.PERSON
    draft = Draft(file, source_id, schema, record.sourceline)
    if body:
        names.add_body(draft, body)
    else:
        names.add_person(draft, *_person_parts(record))
    names.add_aliases(draft, text(record, "Aliases"))
    draft.imo(imo)
    # What is called a country is that of the regulations: there are Russians under those on Ukraine.
    draft.programs.append(english(text(record, "Country")))
    born = date(text(record, "DateOfBirth", "DateOfBirthOrShipBuildDate"))
    if schema is Schema.PERSON:
        draft.designations.append(english(title))
        draft.births(born)
    else:
        # Of a ship the field has when it was built, and the one of the title what kind it is.
        draft.remarks += [f"{label}: {words}" for label, words in (("Built", born), ("Kind", title)) if words]
    draft.listed(date(text(record, "DateOfListing")))
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
