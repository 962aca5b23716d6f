"""What does `watchlist screen` of one article cost?

    python -m benchmarks.screen_command [--data FOLDER] [--repeat 10]

A database holds the trial list, and its index has been made. The command is run as a process of its own, started and
ended, on thirty headlines as one article: the median wall clock of several runs, and the most memory of any.

Wanted: 0.5 s and 80 MB, on the machine that README.md speaks of.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from benchmarks.measure import timed
from benchmarks.trial import arguments, database, headlines, needed_folder
from watchlist.steps.index import load_index

#: The process tells its own peak: what its parent is told of it has the parent's memory in it.
_SCREEN = """
import sys
from watchlist.cli import main
try:
    main(["--database", sys.argv[1], "screen", "-"])
finally:
    from benchmarks.measure import own_peak
    print(own_peak(), file=sys.stderr)
"""


def screen_once(database: str, article: str) -> tuple[float, float]:
    """How many seconds a whole process takes to screen one article, and the most memory it has, in MB."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _SCREEN, database],
        input=article,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, float(done.stderr.split()[-1])


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--repeat", type=int, default=10)
    given = parser.parse_args()
    shared = needed_folder(given.data)
    article = "\n".join(each.title for each in headlines(shared)[:30])
    with database(shared) as made:
        made.sync()
        with timed("making the index"):
            load_index(made.store, made.folder / "bench.index")
        # The first command takes in the lists that the configuration names, and makes the index once more.
        screen_once(made.url, article)
        taken, peaks = zip(*(screen_once(made.url, article) for _ in range(given.repeat)), strict=True)
    what = "watchlist screen of one article, whole process"
    print(f"{what:48} {median(taken):7.2f} s   peak {max(peaks):13.0f} MB")


if __name__ == "__main__":
    main()
