"""Fingerprints of the entities that are screened for, so that a change of a few costs the reading of a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from sqlalchemy import func, select

from watchlist.model import Entity, NameOrigin
from watchlist.storage.database.rows import Rows, chunks
from watchlist.storage.database.tables import entities, names
from watchlist.storage.listed.entities import read_entities, screened_for

_OF_A_NAME = (
    *(names.c.entity_id, names.c.text, names.c.kind, names.c.weak, names.c.given, names.c.family, names.c.origin),
)


class FingerprintRows(Rows):
    """What is known of entities without reading them."""

    def entity_fingerprints(self) -> dict[str, int]:
        """Each entity on a list that is switched on, in the order of `live_entities`, with its fingerprint.

        A fingerprint is a 64-bit number that changes with whatever its authority says of the entity, and with the names
        that others gave it.
        """
        given: dict[str, list[str]] = {}
        counted = select(names.c.entity_id, func.count(), func.max(names.c.id)).group_by(names.c.entity_id)
        with self._reading() as connection:
            for row in connection.execute(counted):
                given[row.entity_id] = [repr(tuple(row))]
            for row in connection.execute(
                select(*_OF_A_NAME)
                .where(names.c.origin != NameOrigin.AUTHORITY)
                .order_by(names.c.entity_id, names.c.position, names.c.id)
            ):
                given.setdefault(row.entity_id, []).append(repr(tuple(row)))
            live = (
                select(entities.c.id, entities.c.digest)
                .where(screened_for())
                .order_by(entities.c.list_id, entities.c.id)
            )
            return {row.id: _fingerprint(row.id, row.digest, given.get(row.id, ())) for row in connection.execute(live)}

    def entities_of(self, ids: Iterable[str]) -> Iterator[Entity]:
        """These entities, on their lists or taken off them."""
        with self._reading() as connection:
            for chunk in chunks(ids):
                yield from read_entities(connection, entities.c.id.in_(chunk))


def _fingerprint(id: str, digest: str, given: Iterable[str]) -> int:
    content = "\n".join((id, digest, *given)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")
