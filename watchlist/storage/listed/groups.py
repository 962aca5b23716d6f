"""Which entities of several lists are one: as worked out, and as people decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from watchlist.model import Entity, GroupDecision, GroupMember
from watchlist.storage.database.rows import Rows, chunks, upsert
from watchlist.storage.database.tables import entities, entity_groups, group_decisions
from watchlist.storage.listed.entities import read_entities
from watchlist.storage.listed.lists import change_revision


class GroupRows(Rows):
    """The groups."""

    def replace_groups(self, members: Iterable[GroupMember]) -> None:
        """Make these the groups, and the revisions of their lists others; writes nothing when they are so already."""
        wanted = {each.entity_id: each for each in members}
        with self._reading() as connection:
            present = {
                row.entity_id: GroupMember(row.entity_id, row.group_id, row.reason)
                for row in connection.execute(select(entity_groups))
            }
        if wanted == present:
            return
        changed = {id for id, _ in wanted.items() ^ present.items()}
        with self._writing() as connection:
            # What is screened for is made of groups: with them the lists of their entries are others.
            for part in chunks(changed):
                of_lists = select(entities.c.list_id).where(entities.c.id.in_(part)).distinct()
                for list_id in connection.execute(of_lists).scalars().all():
                    change_revision(connection, list_id)
            connection.execute(delete(entity_groups))
            rows = [
                {"entity_id": each.entity_id, "group_id": each.group_id, "reason": each.reason}
                for each in wanted.values()
            ]
            if rows:
                connection.execute(insert(entity_groups), rows)

    def groups(self) -> dict[str, str]:
        """The group of each entity that is in one."""
        with self._reading() as connection:
            return {row.entity_id: row.group_id for row in connection.execute(select(entity_groups))}

    def group_decisions(self) -> tuple[GroupDecision, ...]:
        """What people decided."""
        with self._reading() as connection:
            rows = connection.execute(select(group_decisions).order_by("one_id", "other_id"))
            return tuple(GroupDecision(row.one_id, row.other_id, row.same) for row in rows)

    def decide_group(self, one_id: str, other_id: str, same: bool, now: datetime) -> None:
        """Keep a decision of two entities; a later one of the same two takes its place."""
        first, second = sorted((one_id, other_id))
        with self._writing() as connection:
            row = {"one_id": first, "other_id": second, "same": same, "at": now}
            upsert(connection, group_decisions, [row], ["one_id", "other_id"])

    def group(self, entity_id: str) -> tuple[tuple[GroupMember, Entity], ...]:
        """The entities that are one with this one, itself among them; empty when it stands alone."""
        with self._reading() as connection:
            return read_group(connection, entity_id)


def read_group(connection: Connection, entity_id: str) -> tuple[tuple[GroupMember, Entity], ...]:
    """The entities that are one with this one, itself among them; empty when it stands alone."""
    own = select(entity_groups.c.group_id).where(entity_groups.c.entity_id == entity_id).scalar_subquery()
    members = {
        row.entity_id: GroupMember(row.entity_id, row.group_id, row.reason)
        for row in connection.execute(select(entity_groups).where(entity_groups.c.group_id == own))
    }
    described = read_entities(connection, entities.c.id.in_(list(members)))
    return tuple((members[entity.id], entity) for entity in described)


def read_others(connection: Connection, entity_ids: Iterable[str]) -> dict[str, tuple[Entity, ...]]:
    """For each of these entities the others that are one with it."""
    group_of = read_groups(connection, entity_ids)
    if not group_of:
        return {}
    together: dict[str, list[Entity]] = {}
    for part in chunks(sorted(set(group_of.values()))):
        statement = select(entity_groups).where(entity_groups.c.group_id.in_(part))
        groups = {row.entity_id: row.group_id for row in connection.execute(statement)}
        for entity in read_entities(connection, entities.c.id.in_(list(groups))):
            together.setdefault(groups[entity.id], []).append(entity)
    return {id: tuple(other for other in together.get(group, ()) if other.id != id) for id, group in group_of.items()}


def read_groups(connection: Connection, entity_ids: Iterable[str]) -> dict[str, str]:
    """The group of each of these entities that is in one."""
    statement = select(entity_groups).where(entity_groups.c.entity_id.in_(list(entity_ids)))
    return {row.entity_id: row.group_id for row in connection.execute(statement)}
