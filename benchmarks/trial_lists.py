"""Entities for the quality and speed programs: a list in the project's generic CSV form, and press names."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

from watchlist.model import Entity, Name, NameKind, NameOrigin, Schema


def load_entities(path: Path, list_id: str = "us_ofac_sdn", press: dict[str, list[str]] | None = None) -> list[Entity]:
    """The entities of a generic CSV file (id,schema,name,aliases,programs; ``;`` inside a cell), gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    entities = []
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8"))):
        names = [Name(row["name"])]
        names += [Name(alias, NameKind.ALIAS) for alias in row["aliases"].split(";") if alias.strip()]
        names += [Name(alias, NameKind.ALIAS, origin=NameOrigin.PRESS) for alias in (press or {}).get(row["id"], ())]
        programs = tuple(p for p in row["programs"].split(";") if p)
        entities.append(Entity(list_id, row["id"], Schema(row["schema"]), tuple(names), programs=programs))
    return entities
