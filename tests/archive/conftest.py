"""A small archive and an index to screen it with; every name in them is invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from watchlist.alerts.as_json import mention_json
from watchlist.archive.layout import mention_line
from watchlist.archive.reading.fields import row_of
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Entity, Name, Schema

ENTITIES = (
    Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
    Entity("own", "2", Schema.PERSON, (Name("MARROW, Ilya Petrovich"),)),
    Entity("own", "3", Schema.ORGANIZATION, (Name("LAKESIDE LIBERATION FRONT"),)),
)
#: By how an article's number goes into three: what it says, so that there are mentions, repeats and quiet texts.
TEXTS = (
    "Kaveron Shipping Lines opened an office in Valletta, said Ilya Petrovich Marrow on Monday.",
    "It will rain on Tuesday, and the ferry will sail all the same.",
    "The Lakeside Liberation Front denied that it had talked to the ministry {number} times.",
)


def article(number: int) -> dict[str, Any]:
    """An invented article; every seventh has no date."""
    found = {
        "id": f"a-{number}",
        "title": f"Report {number % 5} from the harbour",
        "text": TEXTS[number % 3].format(number=number % 11),
        "url": f"https://www.paper{number % 4}.example/{number}",
    }
    return found if number % 7 == 0 else {**found, "published_at": f"2026-{number % 9 + 1:02}-11T08:00:00Z"}


def as_lines(articles: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in articles)


@pytest.fixture(scope="session")
def archive_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "small.index"
    compile_index(ENTITIES, {"own": "2026-01-01"}).save(path)
    return path


@pytest.fixture(scope="session")
def expected(archive_index: Path) -> Callable[[Sequence[dict[str, Any]]], list[str]]:
    """What is to be found in articles, by the engine itself: each mention as `screen --jsonl` has it."""
    engine = Engine(CompiledIndex.load(archive_index), MatchingConfig())

    def screen(articles: Sequence[dict[str, Any]]) -> list[str]:
        found = [mention for each in articles for mention in engine.screen(row_of(each).article)]
        return sorted(json.dumps(mention_json(each), sort_keys=True) for each in found)

    return screen


@pytest.fixture(scope="session")
def found_in() -> Callable[[Path], list[str]]:
    """What a run wrote, in the same form."""

    def read(folder: Path) -> list[str]:
        rows = ds.dataset(folder, format="parquet", partitioning="hive").to_table().to_pylist()
        return sorted(json.dumps(mention_line(row), sort_keys=True) for row in rows)

    return read
