"""The program's own JSON lines, for lists of the user, mirrors and extracts: one object for each entity.

Keys are those of the generic CSV; only ``id`` and ``name`` must be there. ``aliases`` are texts, or objects with
``name``, ``kind``, ``lang``, ``script``, ``given``, ``family``, ``steps.parts`` (pairs of kind and text), of which the
primary name has all but the kind as keys of the entity itself; ``identifiers`` are ``kind:value``, or objects with
``kind``, ``value``, ``detail``; all other values are texts or lists of texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watchlist.lists.forms.generic.csv import IDENTIFIER_KINDS
from watchlist.lists.reading.dates import iso_date, iso_dates
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.json_lines import Record, records, strings
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.person import split_person
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.model import Entity, Name, NameKind, Schema, to_script

FORM = "generic_jsonl"

_SCHEMAS = {schema.value.lower(): schema for schema in Schema}
_KINDS = {"": NameKind.ALIAS, "weak": NameKind.WEAK_ALIAS, **{kind.value: kind for kind in NameKind}}
_LISTS = ("birth_places", "programs", "designations", "addresses", "linked_to", "remarks")
_KNOWN = frozenset(
    (
        "id",
        "schema",
        "name",
        "lang",
        "script",
        "given",
        "family",
        "parts",
        "aliases",
        "countries",
        "birth_dates",
        "identifiers",
        "listed_on",
    )
) | {"reference", "url", *_LISTS}


def read(source: Source, part: Part) -> ParsedList:
    """Open the file; what is wrong in it shows when the entities are read."""
    return ParsedList(source.list_id, FORM, digest((part,)), lambda: _entities(part))


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for line, found in records(part):
        entity = _entity(part, line, found)
        if entity.source_id in seen:
            raise part.broken(f"id {entity.source_id!r} stands on line {seen[entity.source_id]} already", line)
        seen[entity.source_id] = line
        yield entity


def _entity(part: Part, line: int, found: Record) -> Entity:
    if unknown := [key for key in found if key not in _KNOWN]:
        raise part.broken(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}", line)
    source_id, kind = _one(part, found, "id", line), _one(part, found, "schema", line) or Schema.LEGAL_ENTITY
    schema = _SCHEMAS.get(kind.lower())
    if schema is None:
        raise part.broken(f"unknown schema {kind!r}; known are {', '.join(Schema)}", line)
    if not source_id or not _one(part, found, "name", line):
        raise part.broken(f"the {'name' if source_id else 'id'} is missing", line)
    draft = Draft(part, source_id, schema, line)
    draft.names.append(_name(draft, found, NameKind.PRIMARY, line))
    for alias in _objects(part, found, "aliases", "name", line):
        kind = _one(part, alias, "kind", line) or ""
        if kind not in _KINDS:
            raise part.broken(f"unknown kind of name {kind!r}; known are {', '.join(NameKind)}", line)
        draft.names.append(_name(draft, alias, _KINDS[kind], line))
    for identifier in _objects(part, found, "identifiers", "value", line):
        _identifier(draft, identifier, line)
    draft.country(*strings(part, found, "countries", line))
    for date in strings(part, found, "birth_dates", line):
        draft.birth_dates.append(_dated(part, date, line))
    for field in _LISTS:
        getattr(draft, field).extend(strings(part, found, field, line))
    listed = _one(part, found, "listed_on", line)
    draft.listed_on = iso_date(listed) if listed else None
    draft.reference, draft.url = _one(part, found, "reference", line), _one(part, found, "url", line)
    return draft.entity()


def _name(draft: Draft, found: Record, kind: NameKind, line: int) -> Name:
    text, lang, given, family = (_one(draft.part, found, key, line) for key in ("name", "lang", "given", "family"))
    if not text:
        raise draft.part.broken("an alias has no name", line)
    if draft.schema is Schema.PERSON and not given and not family:
        family, given = split_person(text)
    words = _one(draft.part, found, "script", line)
    script = to_script(words)
    if words and script is None:
        raise draft.part.broken(f"unknown script {words!r}; write its ISO 15924 code, such as Cyrl", line)
    return Name(text, kind, lang, given, family, script=script, parts=_parts(draft.part, found, line))


def _parts(part: Part, found: Record, line: int) -> tuple[tuple[str, str], ...]:
    pairs = found.get("parts") or []
    whole = isinstance(pairs, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    if not whole or not all(isinstance(word, str) and word.strip() for pair in pairs for word in pair):
        raise part.broken('expected parts as pairs of kind and text, such as [["patronymic", "Petrovich"]]', line)
    return tuple((kind, text) for kind, text in pairs)


def _identifier(draft: Draft, found: Record, line: int) -> None:
    value, kind, detail = (_one(draft.part, found, key, line) for key in ("value", "kind", "detail"))
    if kind is None:
        kind, _, value = (value or "").partition(":")
    if kind not in IDENTIFIER_KINDS or not value:
        raise draft.part.broken(
            f"expected an identifier as kind:value with one of {', '.join(IDENTIFIER_KINDS)}, found {kind!r}", line
        )
    draft.identifier(kind, value, detail)


def _dated(part: Part, text: str, line: int) -> str:
    start, slash, end = text.partition("/")
    found = f"{iso_date(start)}/{iso_date(end)}" if slash and iso_date(start) and iso_date(end) else iso_dates(text)
    if found is None:
        raise part.broken(f"expected a birth date as 1967, 1967-10 or 1967-10-15, found {text!r}", line)
    return found


def _one(part: Part, found: Record, key: str, line: int) -> str | None:
    value: Any = found.get(key)
    if value is not None and not isinstance(value, (str, int)):
        raise part.broken(f"expected a text as {key}, found {str(value)[:40]!r}", line)
    return " ".join(str(value).split()) or None if value is not None else None


def _objects(part: Part, found: Record, key: str, plain: str, line: int) -> list[Record]:
    """The objects of a list; a text in it stands for an object with that text under ``plain``."""
    values: Any = found.get(key) or []
    if not isinstance(values, list) or not all(isinstance(each, (str, dict)) for each in values):
        raise part.broken(f"expected a list of texts or objects as {key}", line)
    return [each if isinstance(each, dict) else {plain: each} for each in values]
