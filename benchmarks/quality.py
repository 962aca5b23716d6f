"""How well does the engine read? All questions about precision and recall, with one engine.

    python -m benchmarks.quality [--data FOLDER] [--errors N] [--half even|odd] [--stream FILE]

Mentions in labelled articles (``mentions``), labelled pairs of names (``name_pairs``), alerts on unlabelled headlines
(``headlines``); what the options do, and what is wanted, stands there.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import headlines, mentions, name_pairs
from benchmarks.trial import arguments, needed_folder, trial_engine
from watchlist.matching.version import engine_version


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--errors", type=int, default=0, help="list this many errors of each kind")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--stream", type=Path, help="write the alerts on the headlines to this file")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    engine = trial_engine(shared)
    print(f"engine {engine_version()}")
    mentions.show(shared, engine, given.half, given.errors)
    name_pairs.show(shared, given.errors)
    headlines.show(shared, engine, given.stream)


if __name__ == "__main__":
    main()
