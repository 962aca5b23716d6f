"""An upgrade from each version that had stories: alerts, stories, judgements, deliveries and evidence stay and work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import JSON, Boolean, Connection, DateTime, Integer, LargeBinary, MetaData, Table, insert

from watchlist.model import Act, Action, AlertStatus, DeliveryStatus, Outcome, Reach, Relation
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store

NewDatabase = Callable[[bool], str]
NOW = datetime(2026, 3, 1, tzinfo=UTC)

#: An alert of a story of two articles that was dismissed, and its delivery, in the columns of every version since;
#: of each version those are filled that it has, and what it wants beside them as its type is.
_ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("lists", {"id": "own", "title": "Own", "declared": "user", "enabled": True, "own": True, "revision": "r"}),
    ("entities", {"id": "own:1", "list_id": "own", "source_id": "1", "schema": "Company", "caption": "Quay Lines"}),
    ("names", {"entity_id": "own:1", "position": 0, "text": "Quay Lines", "kind": "primary", "origin": "authority"}),
    *(
        ("articles", {"id": id, "title": "Title", "text": f"Quay Lines {id}.", "content_hash": id, "scanned_at": NOW})
        for id in "ab"
    ),
    *(
        (
            "mentions",
            {
                "id": f"m{id}",
                "article_id": id,
                "entity_id": "own:1",
                "listings": ["own:1"],
                "caption": "Quay Lines",
                "schema": "Company",
                "name": {
                    "text": "Quay Lines",
                    "kind": "primary",
                    "lang": None,
                    "given": None,
                    "family": None,
                    "origin": "authority",
                },
                "field": "text",
                "start": 0,
                "end": 10,
                "surface": "Quay Lines",
                "quote": {"text": f"Quay Lines {id}.", "start": 0, "end": 10},
                "score": 0.9,
                "band": "alert",
            },
        )
        for id in "ab"
    ),
    (
        "alerts",
        {
            "entity_id": "own:1",
            "story_id": "a",
            "article_id": "a",
            "mention_id": "ma",
            "status": "closed",
            "outcome": "false_positive",
            "severity": "normal",
        },
    ),
    *(
        ("story_articles", {"alert_id": 1, "article_id": id, "entity_id": "own:1", "relation": how, "reason": ""})
        for id, how in (("a", "first"), ("b", "copy"))
    ),
    (
        "judgements",
        {
            "alert_id": 1,
            "act": "x",
            "action": "dismiss",
            "status": "closed",
            "outcome": "false_positive",
            "was_status": "open",
            "by": "ann",
            "note": "another",
        },
    ),
    ("suppressions", {"entity_id": "own:1", "scope": "subject", "reason": "another"}),
    (
        "deliveries",
        {"channel": "email", "idempotency_key": "<k>", "status": "sent", "attempts": 1, "recipient": "a@b"},
    ),
    ("delivery_alerts", {"delivery_id": 1, "alert_id": 1}),
)


@pytest.mark.parametrize(
    "version", ["0012", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("0013", "0014", "0015"))]
)
def test_alerts_of_the_version_are_there_afterwards_and_can_be_worked_with(
    new_database: NewDatabase, version: str
) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        _take_to(connection, version)
        metadata = MetaData()
        metadata.reflect(connection)
        for name, values in _ROWS:
            connection.execute(insert(metadata.tables[name]).values(**_filled(metadata.tables[name], values)))
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        detail = store.alert(1)
        # Before there was triage an alert stood as its last judgement said.
        assert (detail.alert.status, detail.alert.outcome) == (AlertStatus.CLOSED, Outcome.FALSE_POSITIVE)
        assert detail.mention.quote.text == "Quay Lines a."
        assert [(each.id, each.relation) for each in detail.story.articles] == [
            ("a", Relation.FIRST),
            ("b", Relation.COPY),
        ]
        assert [(each.by, each.action, each.why) for each in detail.judgements] == [("ann", Action.DISMISS, "another")]
        (kept,) = store.suppressions(NOW)
        assert (kept.entity_id, kept.scope) == ("own:1", Reach.SUBJECT)
        assert [(each.status, each.alert_ids) for each in store.deliveries()] == [(DeliveryStatus.SENT, (1,))]
        later = NOW + timedelta(days=1)
        store.judge([1], Act(Action.CONFIRM, "bob"), later)
        store.undo("bob", later)
        assert store.alert(1).alert.outcome is Outcome.FALSE_POSITIVE
        assert store.evidence(1) == ()
        assert not any(store.purgeable({}, later).values())


def _filled(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """These values of a row, and of what must not be empty beside them something of its type."""
    found = {}
    for column in table.columns:
        if column.name in values:
            found[column.name] = values[column.name]
        elif not column.nullable and not (column.primary_key and isinstance(column.type, Integer)):
            found[column.name] = _something(column.type)
    return {name: _as_stored(table, name, value) for name, value in found.items()}


def _something(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime):
        return NOW
    if isinstance(kind, JSON):
        return []
    if isinstance(kind, LargeBinary):
        return b""
    return 0 if isinstance(kind, Integer) else "1"


def _as_stored(table: Table, name: str, value: Any) -> Any:
    if isinstance(value, datetime) and not getattr(table.c[name].type, "timezone", False):
        return value.replace(tzinfo=None)
    return value


def _take_to(connection: Connection, revision: str) -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(migrations()))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
