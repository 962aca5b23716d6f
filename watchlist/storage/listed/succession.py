"""An entity's history when its id changes hands: what is attached to the entity goes with it, not with the id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, or_, select, update

from watchlist.model import NameOrigin, stable_id
from watchlist.storage.database.search import reindex_entities
from watchlist.storage.database.tables import (
    alerts,
    entities,
    entity_groups,
    group_decisions,
    held_back,
    identifiers,
    mentions,
    names,
    silences,
    story_articles,
    subject_notes,
    suppressions,
)


def succeed(connection: Connection, pairs: Mapping[str, str]) -> None:
    """Note the new id of entities that were renumbered, by their old ids.

    Names that the user or the press set gave, and what people decided, go over to the new id. Alerts stay
    under the id they were raised with, which leads to the new one.
    """
    for old, new in pairs.items():
        since = select(entities.c.first_seen_at).where(entities.c.id == old).scalar_subquery()
        connection.execute(update(entities).where(entities.c.id == new).values(first_seen_at=since))
        heirs = or_(entities.c.id == old, entities.c.succeeded_by == old)
        connection.execute(update(entities).where(heirs).values(succeeded_by=new))
        given = names.c.entity_id == old, names.c.origin != NameOrigin.AUTHORITY
        connection.execute(update(names).where(*given).values(entity_id=new))
        reindex_entities(connection, [old, new])
        # A person may have suppressed the old id again since, or the new one: the entity's own decision goes before.
        by_hand = suppressions.c.alert_id.is_(None), suppressions.c.ended_at.is_(None)
        kept = select(suppressions.c.id).where(suppressions.c.entity_id == old, *by_hand)
        if connection.execute(kept).first() is not None:
            connection.execute(delete(suppressions).where(suppressions.c.entity_id == new, *by_hand))
        for table in (suppressions, silences, subject_notes):
            _hand_over(connection, table, old, new)
        _pass_decisions(connection, old, new)


def give_own_id(connection: Connection, entity_id: str, now: datetime) -> str:
    """Give an entity whose id was given to another an id of its own, off the list, and return that.

    Its names, the user's among them, its mentions, alerts and decisions go with it.
    """
    row = connection.execute(select(entities).where(entities.c.id == entity_id)).mappings().one()
    own = _free(connection, f"{entity_id}~{now:%Y%m%d}")
    changed = {
        "id": own,
        "source_id": own.removeprefix(f"{row['list_id']}:"),
        "removed_at": row["removed_at"] or now,
    }
    connection.execute(insert(entities).values(**{**row, **changed}))
    connection.execute(update(entities).where(entities.c.id == entity_id).values(first_seen_at=now))
    connection.execute(update(entities).where(entities.c.succeeded_by == entity_id).values(succeeded_by=own))
    for table in (names, identifiers):
        _hand_over(connection, table, entity_id, own)
    connection.execute(delete(entity_groups).where(entity_groups.c.entity_id == entity_id))
    # A mention's id is made of its article and its entity.
    for mention in connection.execute(select(mentions).where(mentions.c.entity_id == entity_id)).mappings().all():
        number = stable_id(mention["article_id"], own)
        connection.execute(insert(mentions).values(**{**mention, "id": number, "entity_id": own}))
        connection.execute(update(alerts).where(alerts.c.mention_id == mention["id"]).values(mention_id=number))
        connection.execute(update(held_back).where(held_back.c.mention_id == mention["id"]).values(mention_id=number))
        connection.execute(delete(mentions).where(mentions.c.id == mention["id"]))
    for table in (alerts, story_articles, suppressions, silences, subject_notes):
        _hand_over(connection, table, entity_id, own)
    _pass_decisions(connection, entity_id, own)
    return own


def successors(connection: Connection, entity_ids: Iterable[str]) -> dict[str, str]:
    """The present id of each of these entities that was renumbered."""
    wanted = list(entity_ids)
    if not wanted:
        return {}
    statement = select(entities.c.id, entities.c.succeeded_by).where(
        entities.c.id.in_(wanted), entities.c.succeeded_by.is_not(None)
    )
    return {row.id: row.succeeded_by for row in connection.execute(statement)}


def user_names(connection: Connection, entity_id: str) -> tuple[str, ...]:
    """The names of an entity that the user gave."""
    statement = select(names.c.text).where(names.c.entity_id == entity_id, names.c.origin == NameOrigin.USER)
    return tuple(connection.execute(statement.order_by(names.c.position)).scalars())


def _hand_over(connection: Connection, table: Table, old: str, new: str) -> None:
    connection.execute(update(table).where(table.c.entity_id == old).values(entity_id=new))


def _pass_decisions(connection: Connection, old: str, new: str) -> None:
    found = or_(group_decisions.c.one_id == old, group_decisions.c.other_id == old)
    for row in connection.execute(select(group_decisions).where(found)).all():
        connection.execute(delete(group_decisions).where(_of((row.one_id, row.other_id))))
        pair = sorted({new if id == old else id for id in (row.one_id, row.other_id)})
        if len(pair) == 2:
            moved = {"one_id": pair[0], "other_id": pair[1], "same": row.same, "at": row.at}
            if connection.execute(select(group_decisions).where(_of(pair))).first() is None:
                connection.execute(insert(group_decisions).values(**moved))


def _of(pair: Sequence[str]) -> ColumnElement[bool]:
    return and_(group_decisions.c.one_id == pair[0], group_decisions.c.other_id == pair[1])


def _free(connection: Connection, id: str) -> str:
    number, free = 1, id
    while connection.execute(select(entities.c.id).where(entities.c.id == free)).first() is not None:
        number += 1
        free = f"{id}-{number}"
    return free
