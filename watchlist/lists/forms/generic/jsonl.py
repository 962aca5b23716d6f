"""The program's own JSON lines, for lists of the user, mirrors and extracts: one object for each entity.

Keys are those of the generic CSV; only ``id`` and ``name`` must be there. ``aliases`` are texts, or objects with
``name``, ``kind``, ``weak``, ``lang``, ``script``, ``given``, ``family``, ``parts`` (pairs of kind and text), of which
the primary name has all but the first three as keys of the entity itself; ``identifiers`` are ``kind:value``, or
objects with ``kind``, ``value``, ``detail``; all other values are texts or lists of texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.generic.cells import IDENTIFIER_KINDS
from watchlist.lists.forms.heads import JsonKeys
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.seen import Seen
from watchlist.lists.reading.streams.json_lines import Record, records, strings
from watchlist.lists.words.person import split_person
from watchlist.model import Entity, Name, NameKind, Schema, to_script

_SCHEMAS = {schema.value.lower(): schema for schema in Schema}
_KINDS = {"": NameKind.ALIAS, **{kind.value: kind for kind in NameKind}}
#: Kinds that say that an alias is weak, as before that was a key of its own.
_WEAK = ("weak", "weak_alias")
_LISTS = ("birth_places", "programs", "designations", "addresses", "linked_to", "remarks")
_KNOWN = frozenset(
    (
        *("id", "schema", "name", "lang", "script", "given", "family", "parts", "aliases", "countries", "birth_dates"),
        *("identifiers", "listed_on", "reference", "url", *_LISTS),
    )
)


def _entities(file: ListFile) -> Iterator[Entity]:
    seen = Seen(file.broken)
    for line, found in records(file):
        entity = _entity(file, line, found)
        seen.add(entity.source_id, line, f"id {entity.source_id!r}")
        yield entity


def _entity(file: ListFile, line: int, found: Record) -> Entity:
    if unknown := [key for key in found if key not in _KNOWN]:
        raise file.broken(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}", line)
    source_id, kind = _one(file, found, "id", line), _one(file, found, "schema", line) or Schema.LEGAL_ENTITY
    if not source_id or not _one(file, found, "name", line):
        raise file.broken(f"the {'name' if source_id else 'id'} is missing", line)
    draft = Draft.of_kind(file, source_id, kind, _SCHEMAS, line)
    draft.names.append(_name(draft, found, NameKind.PRIMARY, line))
    for alias in _objects(file, found, "aliases", "name", line):
        kind = _one(file, alias, "kind", line) or ""
        file.notes.read("names")
        if kind not in (*_KINDS, *_WEAK):
            draft.note("names", kind)
        weak = kind in _WEAK or alias.get("weak") is True
        draft.names.append(replace(_name(draft, alias, _KINDS.get(kind, NameKind.ALIAS), line), weak=weak))
    for identifier in _objects(file, found, "identifiers", "value", line):
        _identifier(draft, identifier, line)
    draft.country(*strings(file, found, "countries", line))
    draft.births(*strings(file, found, "birth_dates", line))
    for field in _LISTS:
        getattr(draft, field).extend(strings(file, found, field, line))
    listed = _one(file, found, "listed_on", line)
    draft.listed(listed)
    draft.reference, draft.url = _one(file, found, "reference", line), _one(file, found, "url", line)
    return draft.entity()


def _name(draft: Draft, found: Record, kind: NameKind, line: int) -> Name:
    text, lang, given, family = (_one(draft.file, found, key, line) for key in ("name", "lang", "given", "family"))
    if not text:
        raise draft.file.broken("an alias has no name", line)
    if draft.schema is Schema.PERSON and not given and not family:
        family, given = split_person(text)
    words = _one(draft.file, found, "script", line)
    script = to_script(words)
    if words and script is None:
        draft.note("names", f"script {words}")
    return Name(text, kind, lang, given, family, script=script, parts=_parts(draft.file, found, line))


def _parts(file: ListFile, found: Record, line: int) -> tuple[tuple[str, str], ...]:
    pairs = found.get("parts") or []
    whole = isinstance(pairs, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    if not whole or not all(isinstance(word, str) and word.strip() for pair in pairs for word in pair):
        raise file.broken('expected parts as pairs of kind and text, such as [["patronymic", "Petrovich"]]', line)
    return tuple((kind, text) for kind, text in pairs)


def _identifier(draft: Draft, found: Record, line: int) -> None:
    value, kind, detail = (_one(draft.file, found, key, line) for key in ("value", "kind", "detail"))
    if kind is None:
        kind, _, value = (value or "").partition(":")
    draft.file.notes.read("identifiers")
    if kind in IDENTIFIER_KINDS and value:
        draft.identifier(kind, value, detail)
    else:
        draft.note("identifiers", f"{kind}:{value}")
        draft.identifier("other", value or kind, detail)


def _one(file: ListFile, found: Record, key: str, line: int) -> str | None:
    value: Any = found.get(key)
    if value is not None and not isinstance(value, (str, int)):
        raise file.broken(f"expected a text as {key}, found {str(value)[:40]!r}", line)
    return " ".join(str(value).split()) or None if value is not None else None


def _objects(file: ListFile, found: Record, key: str, plain: str, line: int) -> list[Record]:
    """The objects of a list; a text in it stands for an object with that text under ``plain``."""
    values: Any = found.get(key) or []
    if not isinstance(values, list) or not all(isinstance(each, (str, dict)) for each in values):
        raise file.broken(f"expected a list of texts or objects as {key}", line)
    return [each if isinstance(each, dict) else {plain: each} for each in values]


FORM = Form(
    id="generic_jsonl",
    label="JSON lines with id and name",
    head=JsonKeys(("id", "name")),
    entities=_entities,
    rank=92,
)
