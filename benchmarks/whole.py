"""How complete are mentions in articles that were read whole?

    python -m benchmarks.whole [--data FOLDER] [--errors N] [--half even|odd]

79 agency articles, a third of them about sanctions, were read from beginning to end, and every listed name in them
written down, whether an engine had found it or not. The set says what is missed; what is found beyond the labels is
shown as unjudged.

Wanted: recall 0.96 in `alert`, 0.98 with `review`. The tests hold floors.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.labelled import show_labelled
from watchlist.matching.engine import Engine


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures, and some of the errors."""
    show_labelled(shared, engine, asked, "whole")


if __name__ == "__main__":
    answer(__doc__, show)
