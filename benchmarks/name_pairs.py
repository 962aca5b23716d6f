"""How precise, and how complete, is comparing two names?

    python -m benchmarks.name_pairs [--data FOLDER] [--errors N]

Pairs of names were labelled by others as the same or not. Each is compared as `watchlist match` does. ``--errors``
lists what is wrong or missed.

Wanted: F1 0.88. The tests hold a floor.
"""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.figures import Figures
from watchlist.matching.engine import Engine
from watchlist.matching.match import match_names
from watchlist.model import Schema


def pair_figures(shared: Path) -> tuple[Figures, list[str]]:
    """The figures, and a line for each error."""
    right = wrong = missed = 0
    errors = []
    with (shared / "bench/names/pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match = match_names(row["name1"], row["name2"], Schema(row["schema"]))
            same = row["is_match"] == "true"
            right += match.predicted and same
            wrong += match.predicted and not same
            missed += same and not match.predicted
            if match.predicted != same:
                kind = "missed" if same else "wrong "
                errors.append(f"  {kind} {match.score:.2f} {row['schema']}: {row['name1']} | {row['name2']}")
    return Figures(right, wrong, missed), errors


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures, and some of the errors."""
    figures, lines = pair_figures(shared)
    print(f"name pairs  {figures}")
    print(*lines[: asked.errors], sep="\n", end="\n" if asked.errors else "")


if __name__ == "__main__":
    answer(__doc__, show)
