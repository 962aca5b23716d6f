"""Which known false alarms in other news are gone, and which right alerts are lost?

    python -m benchmarks.news2 [--data FOLDER] [--errors N] [--half even|odd]

Articles of agencies and portals with alerts of an earlier engine that were read one by one, each wrong one with its
kind. Doubtful alerts were sought out, so that the share of wrong ones is no rate: what counts is that right ones stay
and wrong ones go, kind by kind.

Wanted: no right alert lost, two thirds of the wrong ones gone. The tests hold floors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.labelled import Screened, show_labelled
from benchmarks.trial import json_lines
from watchlist.matching.engine import Engine
from watchlist.model import Band


def kinds_left(shared: Path, result: Screened) -> Iterator[tuple[str, int, int]]:
    """Each kind of false alarm, how many still alert, and of how many."""
    known: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for row in json_lines(shared / "bench/news2/gold.jsonl"):
        key = row["article"], str(row["entity"])
        if row["label"] == "no" and key in result.labels:
            known[row["kind"]] += 1
            left[row["kind"]] += key in result.found and result.found[key].band is Band.ALERT
    for kind, count in known.most_common():
        yield kind, left[kind], count


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures, the kinds of false alarm that are left, and some of the errors."""
    result = show_labelled(shared, engine, asked, "news2")
    for half in asked.halves:
        left = ", ".join(f"{kind} {left} of {known}" for kind, left, known in kinds_left(shared, result.kept(half)))
        print(f"  wrong alerts left, {half}: {left}")


if __name__ == "__main__":
    answer(__doc__, show)
