"""The EU's list in its first form, 1.0, as XML: root ``WHOLE``, one ``ENTITY`` at a time, values in child elements.

The numbers of its entities went on as ``logicalId`` of form 1.1. Countries are three-letter codes. Which names are weak
it does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.forms.eu import facts
from watchlist.lists.forms.eu.alpha3 import from_alpha3
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.reading.dated import in_root
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, attribute, child_text
from watchlist.lists.words.dates import whole_day
from watchlist.model import Entity, Schema

_ENTITY = "ENTITY"
_KEY = Key("Id", attribute, numbered=True)
_SCHEMAS = {"p": Schema.PERSON, "e": Schema.LEGAL_ENTITY}
_NAME = ("LASTNAME", "FIRSTNAME", "MIDDLENAME", "WHOLENAME", "TITLE", "FUNCTION")
#: What a number is called in its own text; a passport where it says nothing.
_NUMBERS = (
    (re.compile(r"fiscal|\btax|\btin\b", re.IGNORECASE), "tax_id"),
    (re.compile(r"passport", re.IGNORECASE), "passport"),
    (re.compile(r"national|identi(?:ty|fication)|\bid\b|id[- ]card", re.IGNORECASE), "national_id"),
)
_LABEL = re.compile(
    r"\([^()]*\)|\b(?:diplomatic|service|national|identity|identification|passport|card|id|fiscal|tax|number|no)\b[.:]?",
    re.IGNORECASE,
)


def _entities(file: ListFile) -> Iterator[Entity]:
    for source_id, entry in entries(file, (_ENTITY,), _KEY):
        yield _entity(file, entry, source_id)


def _entity(file: ListFile, entry: Element, source_id: str) -> Entity:
    draft = Draft.of_kind(file, source_id, attribute(entry, "Type"), _SCHEMAS, entry.sourceline)
    draft.programs += [attribute(entry, "programme") or ""]
    draft.listed(attribute(entry, "reg_date"))
    draft.url = attribute(entry, "pdf_link")
    remark = attribute(entry, "remark") or ""
    draft.un_references(remark)
    draft.remarks.append(remark)
    for child in entry.iterchildren("{*}NAME"):
        _name(draft, child)
    for child in entry.iterchildren("{*}BIRTH"):
        draft.births(child_text(child, "DATE"))
        draft.birth_place(child_text(child, "PLACE"), child_text(child, "COUNTRY"))
    for child in entry.iterchildren("{*}CITIZEN"):
        draft.country(_country(child))
    for child in entry.iterchildren("{*}PASSPORT"):
        _number(draft, child_text(child, "NUMBER") or "", _country(child))
    for child in entry.iterchildren("{*}ADDRESS"):
        _address(draft, child)
    return draft.entity()


def _name(draft: Draft, element: Element) -> None:
    values = {name.lower(): child_text(element, name) or "" for name in _NAME}
    if values["wholename"] or values["lastname"] or values["firstname"]:
        facts.name(draft, {**values, "namelanguage": child_text(element, "LANGUAGE") or ""}, "")


def _number(draft: Draft, text: str, country: str | None) -> None:
    kind = next((kind for words, kind in _NUMBERS if words.search(text)), "passport")
    bare = " ".join(_LABEL.sub(" ", text).split()).strip(" -:;,.")
    draft.identifier(kind, bare if any(map(str.isdigit, bare)) else text, country)


def _address(draft: Draft, element: Element) -> None:
    number, street = child_text(element, "NUMBER"), child_text(element, "STREET")
    lines = (child_text(element, name) for name in ("ZIPCODE", "CITY", "OTHER"))
    draft.address(
        " ".join(filter(None, (street, number))), *lines, country=child_text(element, "COUNTRY"), code=_country(element)
    )


def _country(element: Element) -> str | None:
    words = child_text(element, "COUNTRY")
    return from_alpha3(words) or words if words else None


FORM = Form(
    id="eu_xml_1_0",
    label="the EU's list in form 1.0, XML",
    head=XmlRoot("WHOLE"),
    entities=_entities,
    lists=("eu_fsf",),
    stated=in_root("Date", "30/10/2009", time=whole_day),
    rank=32,
)
