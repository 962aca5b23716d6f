"""An upgrade from before there was triage keeps alerts, judgements and suppressions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection

from watchlist.model import AlertStatus, Outcome, Reach, Severity
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store

NewDatabase = Callable[[bool], str]
NOW = datetime(2026, 3, 1, tzinfo=UTC)

#: A list with an entity, an article, and two alerts on it in the tables as they were.
_ROWS = (
    (
        "INSERT INTO lists (id, title, declared, enabled, disabled, refresh, own, validators, revision)"
        " VALUES ('own', 'Own', 'user', true, false, false, true, '{}', 'r')"
    ),
    (
        "INSERT INTO entities (id, list_id, source_id, schema, caption, countries, birth_dates, birth_places, programs,"
        " designations, addresses, linked_to, digest, first_seen_at, changed_at) VALUES ('own:1', 'own', '1',"
        " 'Company', 'Quay', '[]', '[]', '[]', '[]', '[]', '[]', '[]', 'x', :now, :now)"
    ),
    "INSERT INTO names (entity_id, position, text, kind, origin) VALUES ('own:1', 0, 'Quay', 'primary', 'authority')",
    (
        "INSERT INTO articles (id, title, text, fetched_at, content_hash, first_reading)"
        " VALUES ('a', 'Title', 'Quay sailed.', :now, 'h', false), ('b', 'Title', 'Quay sank.', :now, 'h', false)"
    ),
    *(
        'INSERT INTO mentions (id, article_id, entity_id, caption, schema, name, field, start, "end", surface, spans,'
        " quote, score, band, features, engine_version, snapshot_version, found_at) VALUES"
        f" ('m{id}', '{id}', 'own:1', 'Quay', 'Company', '{{\"text\": \"Quay\", \"kind\": \"primary\", \"lang\": null,"
        f' "given": null, "family": null, "origin": "authority"}}\', \'text\', 0, 4, \'Quay\', \'[]\','
        f" '{{\"text\": \"Quay sailed.\", \"start\": 0, \"end\": 4}}', 0.9, 'alert', '[]', '1', '1', :now)"
        for id in "ab"
    ),
    (
        "INSERT INTO alerts (entity_id, story_id, article_id, mention_id, status, opened_at) VALUES"
        " ('own:1', 'a', 'a', 'ma', 'closed', :now), ('own:1', 'b', 'b', 'mb', 'open', :now)"
    ),
    (
        "INSERT INTO judgements (alert_id, outcome, \"by\", at, note) VALUES (1, 'unsure', 'ann', :now, 'hm'),"
        " (1, 'false_positive', 'bob', :now, NULL)"
    ),
    "INSERT INTO suppressions (entity_id, at, until, reason) VALUES ('own:1', :now, NULL, 'in every paper')",
)


def test_everything_is_there_afterwards(new_database: NewDatabase) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        _take_to(connection, "0011")
        for statement in _ROWS:
            connection.exec_driver_sql(statement.replace(":now", "'2026-03-01 00:00:00'"))
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        closed, other = sorted(store.alerts(), key=lambda each: each.alert.id)
        assert (closed.alert.status, closed.alert.outcome) == (AlertStatus.CLOSED, Outcome.FALSE_POSITIVE)
        assert (other.alert.status, other.alert.outcome) == (AlertStatus.OPEN, None)
        assert other.alert.severity is Severity.NORMAL
        assert [(each.action, each.by, each.why, each.seen) for each in closed.judgements] == [
            ("unsure", "ann", "hm", None),
            ("dismiss", "bob", None, None),
        ]
        (kept,) = store.suppressions(NOW)
        assert (kept.entity_id, kept.scope, kept.reason) == ("own:1", Reach.SUBJECT, "in every paper")
        assert kept.evidence is None
        # What was judged then can be undone now.
        store.undo("bob", NOW)
        assert store.audit_article("a").screenings == ()


def _take_to(connection: Connection, revision: str) -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(migrations()))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
