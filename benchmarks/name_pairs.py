"""How precise, and how complete, is comparing two names?

    python -m benchmarks.name_pairs [--data FOLDER] [--errors N]

Pairs of names were labelled by others as the same or not. Each is compared as `watchlist match` does. What `match`
takes for one name, `screen` should find: the second stands in a plain sentence, and the first is all that is listed.
``--errors`` lists what is wrong, missed or not found.

Wanted: F1 0.88, and all that `match` takes for one found in review at least. The tests hold floors.
"""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.figures import Figures
from benchmarks.own_names import sentence, written
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.match import match_names
from watchlist.model import Article, Entity, Name, Schema


def pair_figures(shared: Path) -> tuple[Figures, list[str]]:
    """The figures, and a line for each error."""
    right = wrong = missed = 0
    errors = []
    for row in _rows(shared):
        match = match_names(row["name1"], row["name2"], Schema(row["schema"]))
        same = row["is_match"] == "true"
        right += match.predicted and same
        wrong += match.predicted and not same
        missed += same and not match.predicted
        if match.predicted != same:
            kind = "missed" if same else "wrong "
            errors.append(f"  {kind} {match.score:.2f} {row['schema']}: {row['name1']} | {row['name2']}")
    return Figures(right, wrong, missed), errors


def finds(name1: str, name2: str, schema: Schema) -> bool:
    """Whether an entity listed as ``name1`` is found, in review at least, in a plain sentence with ``name2``."""
    entity = Entity("pair", "1", schema, (Name(name1),))
    engine = Engine(compile_index([entity], {"pair": "1"}), MatchingConfig())
    return bool(engine.screen(Article("pair", "", sentence(written(name2, schema), schema))))


def not_found(shared: Path) -> tuple[int, list[str]]:
    """How many pairs `match` takes for one, and a line for each of them that `screen` does not find."""
    predicted, lost = 0, []
    for row in _rows(shared):
        schema = Schema(row["schema"])
        if match_names(row["name1"], row["name2"], schema).predicted:
            predicted += 1
            if not finds(row["name1"], row["name2"], schema):
                lost.append(f"  not found {row['schema']}: {row['name1']} | {row['name2']}")
    return predicted, lost


def _rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "bench/names/pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures, and some of the errors."""
    figures, lines = pair_figures(shared)
    predicted, lost = not_found(shared)
    print(f"name pairs  {figures}")
    print(f"name pairs  of {predicted} that match takes for one, screen finds {predicted - len(lost)}")
    for line in [*lines[: asked.errors], *lost[: asked.errors]]:
        print(line)


if __name__ == "__main__":
    answer(__doc__, show)
