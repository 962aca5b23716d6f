"""The UN Security Council's consolidated list in XML, streamed one entry at a time.

Root ``CONSOLIDATED_LIST`` with ``INDIVIDUAL`` and ``ENTITY`` entries; schema:
https://www.un.org/sc/resources/sc-sanctions.xsd. ``DATAID`` is the key, ``REFERENCE_NUMBER`` (``QDi.001``) what people
write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.un import facts, names
from watchlist.lists.reading.dated import in_root
from watchlist.lists.reading.draft import UN_REFERENCE, Draft, split_lettered
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, child_text, child_texts, elements, inner_texts, local_name
from watchlist.lists.words.un_references import former_un_references
from watchlist.model import Entity, Name, NameKind, Schema

_PERSON = "INDIVIDUAL"
_BODY = "ENTITY"
_KEY = Key("DATAID", child_text, numbered=True)
#: Comments name other entries by reference: ``Member of Al-Qaida (QDe.004)``.
_REFERENCE = re.compile(r"\b[A-Z]{2}[ei]\.\d{3}\b")


def _entities(file: ListFile) -> Iterator[Entity]:
    known = _references(file)
    for source_id, entry in entries(file, (_PERSON, _BODY), _KEY):
        yield _entity(file, entry, source_id, known)


def _references(file: ListFile) -> dict[str, str]:
    """The primary name of every entry by its reference, for the references in the comments."""
    return {
        reference: names.primary(element)
        for element in elements(file, _PERSON, _BODY)
        if (reference := child_text(element, "REFERENCE_NUMBER"))
    }


def _entity(file: ListFile, entry: Element, source_id: str, known: dict[str, str]) -> Entity:
    kind = local_name(entry)
    draft = Draft(file, source_id, Schema.PERSON if kind == _PERSON else Schema.LEGAL_ENTITY, entry.sourceline)
    draft.reference = child_text(entry, "REFERENCE_NUMBER")
    draft.identifier("other", draft.reference, UN_REFERENCE)
    draft.listed(child_text(entry, "LISTED_ON"))
    primary = names.primary(entry)
    draft.name(Name(primary, NameKind.PRIMARY, parts=names.parts(entry) if draft.schema is Schema.PERSON else ()))
    if ";" in primary:
        names.add_aliases(draft, primary, NameKind.ALIAS)
    for original in child_texts(entry, "NAME_ORIGINAL_SCRIPT"):
        names.add_aliases(draft, original, NameKind.ALIAS)
    for alias in entry.iterchildren(f"{{*}}{kind}_ALIAS"):
        names.add_alias(draft, alias)
    draft.programs += child_texts(entry, "UN_LIST_TYPE")
    for group in ("TITLE", "DESIGNATION"):
        draft.designations += [point for value in inner_texts(entry, group, "VALUE") for point in split_lettered(value)]
    for value in inner_texts(entry, "NATIONALITY", "VALUE"):
        draft.country(*split_lettered(value))
    for address in entry.iterchildren(f"{{*}}{kind}_ADDRESS"):
        lines = (child_text(address, name) for name in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"))
        draft.address(*lines, country=child_text(address, "COUNTRY"))
        draft.remarks += child_texts(address, "NOTE")
    for birth in entry.iterchildren("{*}INDIVIDUAL_DATE_OF_BIRTH"):
        facts.add_birth_date(draft, birth)
    for place in entry.iterchildren("{*}INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.birth_place(*(child_text(place, name) for name in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")))
    for document in entry.iterchildren("{*}INDIVIDUAL_DOCUMENT"):
        facts.add_document(draft, document)
    for comment in child_texts(entry, "COMMENTS1"):
        mentioned = (reference for reference in _REFERENCE.findall(comment) if reference != draft.reference)
        draft.linked_to += [known[reference] for reference in mentioned if reference in known]
        for reference in former_un_references(comment):
            draft.identifier("other", reference, UN_REFERENCE)
        draft.remarks.append(comment)
    return draft.entity()


FORM = Form(
    id="un_xml",
    label="the UN's consolidated XML",
    head=XmlRoot("CONSOLIDATED_LIST"),
    entities=_entities,
    lists=("un_sc_sanctions",),
    stated=in_root("dateGenerated", "2025-11-15T23:00:02Z"),
    rank=20,
)
