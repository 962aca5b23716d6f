"""What does a list cost as it grows to 1,500,000 names?

    python -m benchmarks.list_growth [--data FOLDER] [--sizes 20000,40000,200000,1500000] [--repeat 9]

For lists of each size: compiling the index, its file, loading it, and a process of its own that screens one article
with it, started and ended. `x time of 40,000` is the CPU time of screening the labelled articles, caches warm, in
relation to a list of 40,000 names: both take turns, round after round, and the best of each counts.

Wanted: 40,000 names compiled in 2 s and 1,500,000 in 1 min, on the machine that README.md speaks of; screening slows
down far less than the list grows.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.grown import grown, kept_index, show
from benchmarks.measure import best_of, largest
from benchmarks.trial import arguments, labelled_articles, listed_entities, needed_folder
from watchlist.matching.engine import Engine
from watchlist.model import Article, Entity

#: What the others are compared with.
_BASE = 40_000
_ONE_ARTICLE = """
import sys, time
from pathlib import Path
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article
loading = time.perf_counter()
index = CompiledIndex.load(Path(sys.argv[1]))
loaded = time.perf_counter()
Engine(index, MatchingConfig()).screen(Article("a", sys.argv[2], sys.argv[3]))
from benchmarks.measure import own_peak
print((loaded - loading) * 1000, own_peak())
"""


def measured(entities: list[Entity], text: Article, folder: Path) -> tuple[dict[str, float], Engine]:
    """The figures for one list, and the engine on it."""
    kept = kept_index(entities, folder)
    command = [sys.executable, "-c", _ONE_ARTICLE, str(kept.path), text.title, text.text]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = time.perf_counter() - started
    loading, peak = map(float, done.stdout.split())
    figures = {
        "names": kept.names,
        "compile s": kept.seconds,
        "index MB": kept.megabytes,
        "load ms": loading,
        "process s": whole,
        "process MB": peak,
    }
    return figures, kept.engine()


def slowdown(base: Engine, engine: Engine, texts: list[Article], repeat: int) -> float:
    """How many times as long an engine takes for the texts as another."""

    def screen(engine: Engine) -> None:
        for article in texts:
            engine.screen(article)

    screen(base)
    screen(engine)
    few, many = best_of(repeat, lambda: screen(base), lambda: screen(engine))
    return many / few


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--sizes", default="20000,40000,200000,1500000")
    parser.add_argument("--repeat", type=int, default=9)
    given = parser.parse_args()
    shared = needed_folder(given.data)
    texts, entities = labelled_articles(shared), listed_entities(shared)
    base: Engine | None = None
    with TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            figures, engine = measured(grown(entities, size), texts[0], Path(folder))
            if size == _BASE:
                base = engine
            elif base is not None:
                figures["x time of 40,000"] = slowdown(base, engine, texts, given.repeat)
            print(f"--- {size:,} names")
            show(figures)
    print(f"peak memory of this process: {largest():,.0f} MB")


if __name__ == "__main__":
    main()
