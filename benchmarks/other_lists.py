"""What do the lists of other authorities alert for, where OFAC's is not watched?

    python -m benchmarks.other_lists [--data FOLDER] [--half even|odd] [--stream FILE]

The lists of the UN, Australia, Canada and the United Kingdom go through the same database, grouping and index as in
daily use; 20,000 entries of English feeds of 2022 are screened. They have no labels: ``--stream`` writes the alerts to
a file, a line each, for reading.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.headlines import headline_alerts, tell
from benchmarks.trial import database
from watchlist.config import FetchConfig, MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.steps.index import load_index
from watchlist.steps.sync import SyncOptions, sync_list

_LISTS = {
    "un_sc_sanctions": "data/un/consolidated_2025-11-15.xml.gz",
    "au_dfat_sanctions": "data/authorities/au_dfat_2024-12.xlsx.gz",
    "ca_dfatd_sema_sanctions": "data/authorities/ca_sema_2025-05.xml.gz",
    "gb_fcdo_sanctions": "data/uk/sanctionsconlist_2018-04-13.csv.gz",
}


def show(shared: Path, _engine: Engine, asked: Asked) -> None:
    """Print how many, and write them where asked for."""
    with database(shared) as trial:
        for list_id, source in _LISTS.items():
            sync_list(trial.store, list_id, SyncOptions(FetchConfig(), shared / source), trial.now)
        engine = Engine(load_index(trial.store, trial.folder / "index").index, MatchingConfig())
        alerts = headline_alerts(shared, engine, asked)
    tell("other lists", alerts, asked)


if __name__ == "__main__":
    answer(__doc__, show)
