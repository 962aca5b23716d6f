"""How long does a sync of a list take, and one without change?

    python -m benchmarks.list_sync [--data FOLDER]

The trial list is taken in from a file by `lists sync` into an empty SQLite database, and again. Times are wall clock,
once each.

Wanted: 3 s in full, 0.1 s without change, on the machine that README.md speaks of.
"""

from __future__ import annotations

from benchmarks.measure import timed
from benchmarks.trial import arguments, database, needed_folder


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__).parse_args()
    with database(needed_folder(given.data)) as made:
        with timed("full sync of 19,249 entities"):
            made.sync()
        with timed("sync without change"):
            made.sync()


if __name__ == "__main__":
    main()
