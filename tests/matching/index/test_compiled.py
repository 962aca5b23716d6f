from __future__ import annotations

from pathlib import Path

import pytest

from watchlist.config import MatchingConfig
from watchlist.errors import MatchingError
from watchlist.matching.engine import Engine
from watchlist.matching.index import compiled as index_module
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article


def test_a_saved_index_answers_as_the_compiled_one(index: CompiledIndex, tmp_path: Path) -> None:
    path = tmp_path / "own.index"
    index.save(path)
    loaded = CompiledIndex.load(path)
    article = Article("a", "", "Kremlin spokesman Dmitry Peskov spoke of Iran Air.")
    assert (loaded.name_count, loaded.entity_count) == (index.name_count, index.entity_count)
    assert Engine(loaded, MatchingConfig()).screen(article) == Engine(index, MatchingConfig()).screen(article)
    assert list(tmp_path.iterdir()) == [path]


def test_compiling_again_gives_the_same_file(index: CompiledIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "one")
    compile_index(index.entities(), {"own": "2026-01-01"}).save(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other"])
def test_a_damaged_file_is_refused(index: CompiledIndex, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "own.index"
    index.save(path)
    raw = bytearray(path.read_bytes())
    if damage == "flipped":
        raw[len(raw) // 2 : len(raw) // 2 + 200] = bytes(200)
    path.write_bytes({"empty": b"", "cut": raw[: len(raw) // 2], "flipped": raw, "other": b"x" * 5000}[damage])
    with pytest.raises(MatchingError, match="compile it again"):
        CompiledIndex.load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MatchingError):
        CompiledIndex.load(tmp_path / "none")


def test_an_index_of_another_engine_version_is_refused(index: CompiledIndex, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "own.index"
    index.save(path)
    monkeypatch.setattr(index_module, "engine_version", lambda: "other")
    with pytest.raises(MatchingError, match="engine version"):
        CompiledIndex.load(path)


def test_an_index_that_cannot_be_written_says_so(index: CompiledIndex, tmp_path: Path) -> None:
    with pytest.raises(MatchingError, match="cannot write"):
        index.save(tmp_path / "none" / "own.index")


def test_an_empty_index_finds_nothing() -> None:
    empty = compile_index((), {})
    assert empty.name_count == 0
    assert Engine(empty, MatchingConfig()).screen(Article("a", "Iran Air", "Dmitry Peskov")) == ()
