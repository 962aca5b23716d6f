"""Entities with their names and identifiers, stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from watchlist.model import Entity, Name, NameKind, NameOrigin
from watchlist.storage.database.rows import upsert
from watchlist.storage.database.search import reindex_entities
from watchlist.storage.database.tables import entities, identifiers, names
from watchlist.storage.listed.entities import TUPLES


def digest(entity: Entity) -> str:
    """Hash over all that is said of an entity: the change test of a sync."""
    plain = {**asdict(entity), "names": [_plain_name(name) for name in entity.names]}
    content = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _plain_name(name: Name) -> dict[str, Any]:
    """A name as it was hashed before weakness was a field of its own, so that no entity seems to change by that."""
    plain = asdict(name)
    if not plain["weak"] or name.kind is NameKind.ALIAS:
        del plain["weak"]
    return {**plain, "kind": "weak_alias"} if name.weak and name.kind is NameKind.ALIAS else plain


def write_entities(connection: Connection, found: list[tuple[Entity, str]], now: datetime) -> None:
    """Store entities, replacing what their authority said of them before."""
    if not found:
        return
    ids = [entity.id for entity, _ in found]
    first_seen = {
        row.id: row.first_seen_at
        for row in connection.execute(select(entities.c.id, entities.c.first_seen_at).where(entities.c.id.in_(ids)))
    }
    rows = [
        {
            "id": entity.id,
            "list_id": entity.list_id,
            "source_id": entity.source_id,
            "schema": entity.schema,
            "caption": entity.caption,
            "listed_on": entity.listed_on,
            "reference": entity.reference,
            "remarks": entity.remarks,
            "url": entity.url,
            "digest": digest,
            "first_seen_at": first_seen.get(entity.id, now),
            "changed_at": now,
            "removed_at": None,
            "succeeded_by": None,
            **{column: list(getattr(entity, column)) for column in TUPLES},
        }
        for entity, digest in found
    ]
    upsert(connection, entities, rows, ["id"])
    if first_seen:
        known = list(first_seen)
        connection.execute(delete(names).where(names.c.entity_id.in_(known), names.c.origin == NameOrigin.AUTHORITY))
        connection.execute(delete(identifiers).where(identifiers.c.entity_id.in_(known)))
    insert_names(connection, [(entity.id, name, n) for entity, _ in found for n, name in enumerate(entity.names)])
    numbered = [
        {"entity_id": entity.id, "position": n, "kind": each.kind, "value": each.value, "detail": each.detail}
        for entity, _ in found
        for n, each in enumerate(entity.identifiers)
    ]
    if numbered:
        connection.execute(insert(identifiers), numbered)


def insert_names(connection: Connection, given: list[tuple[str, Name, int]]) -> None:
    """Store names of entities, each with its place among the others."""
    rows = [
        {
            "entity_id": id,
            "position": position,
            "text": name.text,
            "kind": name.kind,
            "lang": name.lang,
            "given": name.given,
            "family": name.family,
            "origin": name.origin,
            "script": name.script,
            "parts": [list(part) for part in name.parts] or None,
            "weak": name.weak,
        }
        for id, name, position in given
    ]
    if rows:
        connection.execute(insert(names), rows)
        reindex_entities(connection, dict.fromkeys(id for id, _, _ in given))
