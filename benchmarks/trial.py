"""The trial data: where it is, the list, articles and headlines in it, and databases filled from it.

It is a folder that holds ``bench`` and ``data``: as given by ``--data``, else WATCHLIST_BENCH, else ``../shared``
beside the checkout. The list is OFAC's in the generic CSV form, with the packaged press names.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watchlist.config import FetchConfig, MatchingConfig
from watchlist.lists.press import press_names
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Entity, Name, NameKind, Schema
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.storage.store import Store, open_store

LIST_ID = "us_ofac_sdn"
_LIST_FILE = "data/us_ofac_sdn_2026-08-20.csv.gz"


def arguments(question: str | None) -> argparse.ArgumentParser:
    """A parser of arguments that shows a module's docstring as its help and knows ``--data``."""
    parser = argparse.ArgumentParser(description=question, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", metavar="FOLDER", help="folder with bench and data")
    return parser


def shared_folder(given: str | None = None) -> Path | None:
    """The folder with ``bench`` and ``data``: as given, else WATCHLIST_BENCH, else ``../shared``; or None."""
    path = Path(given or os.environ.get("WATCHLIST_BENCH") or Path(__file__).parents[2] / "shared")
    return path if (path / "bench").is_dir() and (path / _LIST_FILE).is_file() else None


def needed_folder(given: str | None) -> Path:
    """As ``shared_folder``, but without one the program ends with exit code 2."""
    folder = shared_folder(given)
    if folder is None:
        print(
            "no benchmark data: give --data FOLDER or set WATCHLIST_BENCH to the folder that holds bench/ and data/",
            file=sys.stderr,
        )
        sys.exit(2)
    return folder


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return (json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip())


def labelled_articles(shared: Path, folder: str = "mentions") -> list[Article]:
    """The articles of a labelled set, by its folder; as a rule those of agencies."""
    return _articles(shared / "bench" / folder / "articles.jsonl.gz")


def labelled_set(shared: Path, name: str) -> list[Article]:
    """The articles of one labelled set."""
    return _articles(shared / f"bench/{name}/articles.jsonl.gz")


def headlines(shared: Path) -> list[Article]:
    """The 20,000 entries of feeds of 2022, unlabelled."""
    return _articles(shared / "bench/stream/rss_2022.jsonl.gz")


def _articles(path: Path) -> list[Article]:
    return [Article(row["id"], row["title"] or "", row["text"] or "") for row in json_lines(path)]


def listed_entities(shared: Path) -> list[Entity]:
    """The entities of the trial list with the packaged press names."""
    press = press_names(LIST_ID)
    return [
        replace(entity, names=entity.names + press.get(entity.source_id, ()))
        for entity in _load_entities(shared / _LIST_FILE)
    ]


def _load_entities(path: Path) -> list[Entity]:
    raw = gzip.decompress(path.read_bytes())
    entities = []
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8"))):
        names = [Name(row["name"])]
        names += [Name(alias, NameKind.ALIAS) for alias in row["aliases"].split(";") if alias.strip()]
        programs = tuple(p for p in row["programs"].split(";") if p)
        entities.append(Entity(LIST_ID, row["id"], Schema(row["schema"]), tuple(names), programs=programs))
    return entities


@lru_cache(maxsize=1)
def trial_index(shared: Path) -> CompiledIndex:
    """The index of the trial list, made once."""
    return compile_index(listed_entities(shared), {LIST_ID: "2026-08-20"})


def trial_engine(shared: Path, config: MatchingConfig | None = None) -> Engine:
    """An engine on the trial list; the thresholds as they come where no others are given."""
    return Engine(trial_index(shared), config or MatchingConfig())


@dataclass(frozen=True, slots=True)
class Database:
    """A database of its own in a folder that goes with it."""

    store: Store
    url: str
    folder: Path
    now: datetime
    _shared: Path

    def sync(self) -> None:
        """Take the trial list in, as `watchlist lists sync` does; a second time it is found unchanged."""
        sync_list(self.store, LIST_ID, SyncOptions(FetchConfig(), self._shared / _LIST_FILE), self.now)


@contextmanager
def database(shared: Path) -> Iterator[Database]:
    """An SQLite database with nothing in it."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        with closing(open_store(url)) as store:
            yield Database(store, url, Path(folder), datetime.now(UTC), shared)
