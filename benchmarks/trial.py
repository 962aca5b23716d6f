"""Where the benchmark data is, and entities from it: a list in the generic CSV form, with the packaged press names."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from watchlist.lists.press import press_names
from watchlist.model import Article, Entity, Name, NameKind, Schema

LIST_ID = "us_ofac_sdn"
_LIST_FILE = "data/us_ofac_sdn_2026-08-20.csv.gz"


def shared_folder(given: str | None) -> Path | None:
    """The folder with ``bench`` and ``data``: as given, else WATCHLIST_BENCH, else ``../shared``; or None."""
    path = Path(given or os.environ.get("WATCHLIST_BENCH") or Path(__file__).parents[2] / "shared")
    return path if (path / "bench").is_dir() and (path / _LIST_FILE).is_file() else None


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return (json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip())


def articles(path: Path) -> list[Article]:
    """The articles of a JSON lines file with id, title and text."""
    return [Article(row["id"], row["title"] or "", row["text"] or "") for row in json_lines(path)]


def listed_entities(shared: Path) -> list[Entity]:
    """The entities of the trial list with the packaged press names."""
    press = press_names(LIST_ID)
    return [
        replace(entity, names=entity.names + press.get(entity.source_id, ()))
        for entity in load_entities(shared / _LIST_FILE)
    ]


def load_entities(path: Path, list_id: str = LIST_ID) -> list[Entity]:
    """The entities of a generic CSV file (id,schema,name,aliases,programs; ``;`` inside a cell), gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    entities = []
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8"))):
        names = [Name(row["name"])]
        names += [Name(alias, NameKind.ALIAS) for alias in row["aliases"].split(";") if alias.strip()]
        programs = tuple(p for p in row["programs"].split(";") if p)
        entities.append(Entity(list_id, row["id"], Schema(row["schema"]), tuple(names), programs=programs))
    return entities
