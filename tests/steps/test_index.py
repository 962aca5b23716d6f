"""The compiled index on disk: what a change of a list costs, and that it changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchlist.model import (
    Entity,
    GroupMember,
    Identifier,
    IntakeOptions,
    ListDeclaration,
    Name,
    NameKind,
    NameOrigin,
    Schema,
)
from watchlist.steps.index import load_index
from watchlist.storage.store import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = (
    (Schema.PERSON, "MARROVSKY, Ilya Petrovich"),
    (Schema.PERSON, "MARROVSKY, Anna"),
    (Schema.COMPANY, "KAVERON SHIPPING LINES LLC"),
    (Schema.VESSEL, "GREY GULL"),
    (Schema.ORGANIZATION, "آرمان"),
    (Schema.COMPANY, "朝鲜贸易"),
)


def listed(*more: tuple[Schema, str]) -> list[Entity]:
    return [
        Entity(
            "own",
            str(at),
            schema,
            (Name(text, NameKind.PRIMARY), Name(f"{text} {at}", NameKind.ALIAS)),
            identifiers=(Identifier("imo", "9074729"),) if schema is Schema.VESSEL else (),
        )
        for at, (schema, text) in enumerate((*NAMES, *more))
    ]


def take(store: Store, entities: list[Entity]) -> None:
    store.apply_entities("own", entities, NOW, lambda change: None, IntakeOptions())


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    take(store, listed())
    return store


def content(store: Store, folder: Path) -> bytes:
    """The index of what the store holds, as it stands in the folder."""
    for path in folder.glob("*.index"):
        path.unlink()
    load_index(store, folder)
    (path,) = folder.glob("*.index")
    return path.read_bytes()


def name(text: str, origin: NameOrigin) -> Name:
    return Name(text, NameKind.ALIAS, origin=origin)


CHANGES = {
    "added": lambda store: take(store, listed((Schema.PERSON, "NEWMAN, Ilya"))),
    "removed": lambda store: take(store, listed()[1:]),
    "changed": lambda store: take(store, [*listed()[:-1], *listed((Schema.PERSON, "X"))[-1:]]),
    "alias": lambda store: store.add_alias("own:2", name("Kaveron of Iran", NameOrigin.USER), NOW),
    "press name": lambda store: store.set_names("own", {"2": (name("Kavs", NameOrigin.PRESS),)}, NameOrigin.PRESS, NOW),
    "all gone": lambda store: take(store, []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_index_is_as_if_compiled_from_nothing(filled: Store, tmp_path: Path, change: str) -> None:
    used, fresh = tmp_path / "used", tmp_path / "fresh"
    before = content(filled, used)
    CHANGES[change](filled)
    after = content(filled, used)
    assert after == content(filled, fresh)
    assert after != before


def test_after_a_change_only_what_changed_is_read(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_index(filled, tmp_path)
    filled.add_alias("own:1", Name("Anna the Great", NameKind.ALIAS), NOW + timedelta(hours=1))
    monkeypatch.setattr(Store, "live_entities", lambda *_: pytest.fail("everything was read"))
    asked: list[str] = []
    read = Store.entities_of
    monkeypatch.setattr(Store, "entities_of", lambda self, ids: read(self, [*map(noted(asked), ids)]))
    index = load_index(filled, tmp_path).index
    assert asked == ["own:1"]
    assert "Anna the Great" in [name.text for entity in index.entities() for name in entity.names]


def test_a_change_of_a_group_makes_the_index_anew_from_what_was_taken_apart(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = load_index(filled, tmp_path)
    monkeypatch.setattr(Store, "live_entities", lambda *_: pytest.fail("everything was read"))
    read = Store.entities_of
    asked: list[str] = []
    monkeypatch.setattr(Store, "entities_of", lambda self, ids: read(self, [*map(noted(asked), ids)]))
    filled.replace_groups([GroupMember("own:0", "own:0", "by hand"), GroupMember("own:2", "own:0", "by hand")])
    grouped = load_index(filled, tmp_path)
    assert asked == []
    assert grouped.revisions != alone.revisions
    assert [alone.index.subject_of(at) for at in range(6)] == [0, 1, 2, 3, 4, 5]
    assert [grouped.index.subject_of(at) for at in range(6)] == [0, 1, 0, 2, 3, 4]
    assert [entity.id for entity in grouped.index.subject(0).listings] == ["own:0", "own:2"]
    # The same groups again are no change.
    filled.replace_groups([GroupMember("own:0", "own:0", "by hand"), GroupMember("own:2", "own:0", "by hand")])
    assert load_index(filled, tmp_path).revisions == grouped.revisions
    filled.replace_groups([])
    assert load_index(filled, tmp_path).index.subject_of(2) == 2


def noted(asked: list[str]) -> Callable[[str], str]:
    def note(id: str) -> str:
        asked.append(id)
        return id

    return note


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
def test_what_was_kept_but_is_damaged_is_made_anew(filled: Store, tmp_path: Path, damage: str) -> None:
    load_index(filled, tmp_path)
    kept = tmp_path / "parsed"
    raw = kept.read_bytes()
    # In the place of the file, not into it: another process may have it mapped.
    kept.unlink()
    kept.write_bytes({"cut": raw[: len(raw) // 2], "garbage": b"x" * 5000, "empty": b""}[damage])
    filled.add_alias("own:1", Name("Anna the Great", NameKind.ALIAS), NOW)
    assert load_index(filled, tmp_path).index.name_count == 2 * len(NAMES) + 1
    assert kept.read_bytes()[:16] == raw[:16]


def test_however_often_a_list_changes_few_indexes_are_kept(filled: Store, tmp_path: Path) -> None:
    for n in range(8):
        take(filled, listed((Schema.COMPANY, f"LATER LINES {n}")))
        load_index(filled, tmp_path / "index")
    assert len(list((tmp_path / "index").glob("*.index"))) == 4


def test_indexes_that_are_too_large_together_are_not_kept(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchlist.steps.index._MOST_BYTES", 1)
    for n in range(3):
        take(filled, listed((Schema.COMPANY, f"LATER LINES {n}")))
        newest = load_index(filled, tmp_path / "index")
    assert newest.revisions == filled.revisions()
    assert len(list((tmp_path / "index").glob("*.index"))) == 1
