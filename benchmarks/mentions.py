"""How precise, and how complete, are mentions in articles of agencies?

    python -m benchmarks.mentions [--data FOLDER] [--errors N] [--half even|odd]

799 agency articles were labelled by reading: which listed entity is mentioned in which. The engine screens them all;
its mentions are compared with the labels, in the band `alert` alone and with `review`.

Wanted: `alert` precision 0.975 and recall 0.96; with `review` recall 0.98, precision 0.88. The tests hold floors.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.labelled import show_labelled
from watchlist.matching.engine import Engine


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures, and some of the errors."""
    show_labelled(shared, engine, asked, "mentions")


if __name__ == "__main__":
    answer(__doc__, show)
