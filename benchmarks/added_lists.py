"""OFAC's alerts that are lost once the lists of the UN, the United Kingdom and Canada are switched on as well.

More lists must never take an alert away: the goal is 0. Lists go through the same database, grouping and index as in
daily use; an alert of an entity is one of any subject that has it among its listings.

    python -m benchmarks.added_lists [--errors N]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import Asked, answer, half_of
from benchmarks.labelled import listings_of
from benchmarks.trial import LIST_ID, Database, database, labelled_articles
from watchlist.config import FetchConfig, MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.model import Article, Band, Mention
from watchlist.steps.index import load_index
from watchlist.steps.sync import SyncOptions, sync_list

_SETS = ("mentions", "news2", "whole")
_ADDED = {
    "un_sc_sanctions": "data/un/consolidated_2025-11-15.xml.gz",
    "gb_fcdo_sanctions": "data/uk/sanctionsconlist_2018-04-13.csv.gz",
    "ca_dfatd_sema_sanctions": "data/ca/sema-lmes_2020-04.xml.gz",
}

#: An article and an entity.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AddedLists:
    """Alerts of OFAC's entities, by article and entity, with OFAC's list alone and with all lists on."""

    alone: dict[Pair, Mention]
    #: Every mention with all lists on, whatever its band.
    together: dict[Pair, Mention]

    @property
    def lost(self) -> list[Pair]:
        """The alerts that other lists took away."""
        return sorted(
            pair for pair in self.alone if pair not in self.together or self.together[pair].band is not Band.ALERT
        )


def added_lists(shared: Path) -> AddedLists:
    """Screen the labelled articles with OFAC's list alone, then with the other lists added.

    Returns what was found both times; ``len(result.lost)`` of ``len(result.alone)`` alerts are lost.
    """
    articles = [article for folder in _SETS for article in labelled_articles(shared, folder)]
    with database(shared) as trial:
        trial.sync()
        before = _mentions(trial, articles)
        for list_id, source in _ADDED.items():
            sync_list(trial.store, list_id, SyncOptions(FetchConfig(), shared / source), trial.now)
        after = _mentions(trial, articles)
    return AddedLists({pair: each for pair, each in before.items() if each.band is Band.ALERT}, after)


def _mentions(trial: Database, articles: Sequence[Article]) -> dict[Pair, Mention]:
    engine = Engine(load_index(trial.store, trial.folder / "index").index, MatchingConfig())
    return {
        (article.id, id): mention
        for article in articles
        for mention in engine.screen(article)
        for id in listings_of(mention)
        if id.startswith(f"{LIST_ID}:")
    }


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figure and, if asked to, what is lost."""
    result = added_lists(shared)
    print(f"added lists  {len(result.lost)} of {len(result.alone)} alerts of {LIST_ID} lost when more lists are added")
    for pair in [pair for pair in result.lost if asked.errors_of(half_of(pair[0]))][: asked.errors]:
        before, after = result.alone[pair], result.together.get(pair)
        now = f"{after.score} {after.name.text}" if after else "not found"
        print(
            f"  {pair} [{before.surface}] {before.score} {before.name.text}: {now}\n      {before.quote.text[:150]!r}"
        )


if __name__ == "__main__":
    answer(__doc__, show)
