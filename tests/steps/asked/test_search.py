from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.conftest import BACKENDS
from watchlist.model import Entity, ListDeclaration, Name, NameKind, Schema
from watchlist.steps.asked.search import free_id, search_entities
from watchlist.storage.store import Store

NAMES = {
    "1": ("JAIRAN AIR CARGO",),
    "2": ("IRAN AIR", "HOMA"),
    "3": ("IRAN AIR TOURS COMPANY",),
    "4": ("HIZBALLAH", "PARTY OF GOD"),
    "5": ("PESKOV, Dmitriy Sergeevich",),
    "6": ("Grey Harbour", "Quiet Wire"),
}


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
    found = [
        Entity(
            "own",
            id,
            Schema.LEGAL_ENTITY,
            tuple(Name(text, NameKind.ALIAS if n else NameKind.PRIMARY) for n, text in enumerate(names)),
        )
        for id, names in NAMES.items()
    ]
    store.apply_entities("own", found, datetime(2026, 3, 1, tzinfo=UTC), lambda _: None)
    return store


FOUND = {
    "iran air": ["2", "3", "1"],
    "air IRAN": ["2", "3", "1"],
    "dmitriy peskov": ["5"],
    "party god": ["4"],
    "Hizbalah": ["4"],
    "Pescov, Dmitri Sergeyevich": ["5"],
    "grey wire": [],
    "zzz": [],
    "!?": [],
}


@pytest.mark.parametrize("backend", BACKENDS, indirect=True)
def test_the_name_itself_comes_first_then_whole_words_then_letters_then_what_looks_alike(filled):
    found = {text: [entity.source_id for entity in search_entities(filled, text, 9)] for text in FOUND}
    assert found == FOUND


def test_the_limit_keeps_the_nearest(filled):
    assert [entity.source_id for entity in search_entities(filled, "iran air", 1)] == ["2"]


def test_a_free_id_is_readable_and_free(filled):
    assert free_id(filled, "own", "Größe & Söhne") == "grosse-sohne"
    filled.put_entity(Entity("own", "grosse-sohne", Schema.COMPANY, (Name("X"),)), datetime.now(UTC))
    assert free_id(filled, "own", "Größe & Söhne") == "grosse-sohne-2"
    assert free_id(filled, "own", "!?") == "entity"
