"""``watchlist index``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchlist.errors import MatchingError
from watchlist.matching.index import file
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.version import engine_version
from watchlist.steps.asked.index_file import listed_since

Call = Callable[..., Any]


def test_build_and_info(cli: Call, own_list: str, folder: Path) -> None:
    found = cli("index", "build", "all.index")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("all.index: 3 entities with 6 names, ")
    told = cli("index", "info", "all.index", "--json", bare=True).json()
    assert (told["engine_version"], told["usable"], told["entities"], told["names"]) == (engine_version(), True, 3, 6)
    assert told["lists"] == [{"id": "suppliers", "snapshot": told["lists"][0]["snapshot"], "entities": 3, "names": 6}]
    assert told["size"] == (folder / "all.index").stat().st_size
    assert datetime.fromisoformat(told["made_at"]) > datetime.now(UTC) - timedelta(minutes=10)
    shown = cli("index", "info", "all.index", bare=True)
    assert engine_version() in shown.out
    assert shown.out.splitlines()[-1].split("\t")[0] == "suppliers"


def test_build_again_replaces_the_file_and_leaves_nothing_beside(cli: Call, own_list: str, folder: Path) -> None:
    before = set(folder.iterdir())
    first = cli("index", "build", "all.index", "--json").json()
    cli("entities", "add", "suppliers", "Tidewell Cargo Company")
    again = cli("index", "build", "all.index", "--json").json()
    assert (first["entities"], again["entities"]) == (3, 4)
    assert set(folder.iterdir()) - before == {folder / "all.index"}


def test_only_some_lists(cli: Call, own_list: str, folder: Path) -> None:
    cli("lists", "create", "others")
    cli("entities", "add", "others", "Tidewell Cargo Company")
    assert cli("index", "build", "some.index", "--lists", "others", "--json").json()["entities"] == 1
    told = cli("index", "info", "some.index", "--json", bare=True).json()
    assert [each["id"] for each in told["lists"]] == ["others"]
    index = CompiledIndex.load(folder / "some.index")
    assert [each.caption for each in index.entities()] == ["Tidewell Cargo Company"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("build", "x.index", "--lists", "nowhere"), 2, "no list 'nowhere'"),
        (("build", "x.index", "--lists", " , "), 2, "--lists names no list"),
        (("build", "x.index", "--lists", "suppliers"), 2, "suppliers is off"),
        (("build", "x.index"), 2, "there are no names to look for"),
        (("info", "nowhere.index"), 1, "there is no index nowhere.index"),
        (("info", "own.csv"), 1, "it is no index file"),
    ],
)
def test_what_cannot_be_done_says_why(
    cli: Call, own_list: str, folder: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    cli("lists", "disable", "suppliers")
    found = cli("index", *arguments)
    assert found.code == code
    assert said in found.err
    assert not (folder / "x.index").exists()


def test_a_file_of_another_engine_is_shown_and_says_so(cli: Call, own_list: str, folder: Path) -> None:
    cli("index", "build", "all.index")
    about, sections = file.read(folder / "all.index")
    file.write(folder / "old.index", {**about, "engine_version": "1.0+00000000"}, sections)
    assert cli("index", "info", "old.index", "--json", bare=True).json()["usable"] is False
    assert "build it again" in cli("index", "info", "old.index", bare=True).out


def test_the_file_knows_since_when_entries_are_listed(cli: Call, own_list: str, folder: Path) -> None:
    cli("index", "build", "all.index")
    path, now = folder / "all.index", datetime.now(UTC)
    assert listed_since(path, now - timedelta(hours=1)) == {"suppliers:s-1", "suppliers:s-2", "suppliers:s-3"}
    assert listed_since(path, now + timedelta(hours=1)) == frozenset()
    kept = next(folder.parent.rglob("*.index/*.index"))
    with pytest.raises(MatchingError, match="does not say since when"):
        listed_since(kept, now)
    assert json.loads(json.dumps(cli("index", "info", str(kept), "--json", bare=True).json()))["lists"]
