"""An upgrade from before evidence was kept: alerts stay as they are, and have none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config as AlembicConfig

from watchlist.model import Purgeable
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store

NewDatabase = Callable[[bool], str]
NOW = datetime(2024, 3, 1, tzinfo=UTC)

#: An alert that was judged and told, and an article in which nothing was found, in the tables as they were.
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
        "INSERT INTO articles (id, url, title, text, fetched_at, scanned_at, content_hash, first_reading) VALUES"
        " ('a', 'https://n.example/a', 'Title', 'Quay sailed.', :now, :now, 'h', false),"
        " ('b', 'https://n.example/b', 'Title', 'Rain.', :now, :now, 'i', false)"
    ),
    (
        'INSERT INTO mentions (id, article_id, entity_id, caption, schema, name, field, start, "end", surface, spans,'
        " quote, score, band, features, engine_version, snapshot_version, found_at) VALUES"
        " ('m', 'a', 'own:1', 'Quay', 'Company', '{\"text\": \"Quay\", \"kind\": \"primary\", \"lang\": null,"
        ' "given": null, "family": null, "origin": "authority"}\', \'text\', 0, 4, \'Quay\', \'[]\','
        " '{\"text\": \"Quay sailed.\", \"start\": 0, \"end\": 4}', 0.9, 'alert', '[]', '1', '1', :now)"
    ),
    (
        "INSERT INTO alerts (entity_id, story_id, article_id, mention_id, status, opened_at, outcome, severity) VALUES"
        " ('own:1', 'a', 'a', 'm', 'closed', :now, 'unsure', 'high')"
    ),
    (
        "INSERT INTO story_articles (alert_id, article_id, entity_id, told_at, relation, reason, joined_at)"
        " VALUES (1, 'a', 'own:1', :now, 'first', '', :now)"
    ),
    "INSERT INTO screened_with (id, engine_version, lists, settings) VALUES ('w', '1', '[]', '{}')",
    (
        "INSERT INTO screenings (article_id, text_hash, at, screened_with, alert_band, review_band, opened, held,"
        " look_back) VALUES ('a', 'h', :now, 'w', 1, 0, 1, 0, false), ('b', 'i', :now, 'w', 0, 0, 0, 0, false)"
    ),
    (
        "INSERT INTO deliveries (channel, idempotency_key, status, attempts, created_at, next_attempt_at, digest,"
        " suspect, unanswered, folded, held, sent_at) VALUES"
        " ('email', 'k', 'sent', 1, :now, :now, false, false, 0, 0, false, :now)"
    ),
    "INSERT INTO delivery_alerts (delivery_id, alert_id) VALUES (1, 1)",
)


def test_alerts_and_what_they_rest_on_are_there_afterwards_and_after_a_purge(new_database: NewDatabase) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0014")
        for statement in _ROWS:
            connection.exec_driver_sql(statement.replace(":now", f"'{NOW:%Y-%m-%d %H:%M:%S}'"))
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        assert store.upgrade()[0] == "0014"
        before = (store.alert(1), store.audit_article("a"), store.deliveries_about(1))
        assert before[0].alert.outcome == "unsure"
        assert store.evidence(1) == ()
        later = NOW + timedelta(days=900)
        cutoffs = {kind: later for kind in Purgeable if kind not in (Purgeable.ALERTS, Purgeable.SCREENINGS)}
        number = store.start_purge(later)
        removed = [part for kind in Purgeable for part in store.purge(number, kind, cutoffs, later) if part]
        assert removed == [{Purgeable.ARTICLES: 1}]
        assert (store.alert(1), store.audit_article("a"), store.deliveries_about(1)) == before
        assert [each.text_hash for each in store.audit_article("https://n.example/b").screenings] == ["i"]
