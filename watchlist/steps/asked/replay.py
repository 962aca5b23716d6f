"""What another threshold would have raised or dropped over the articles that are stored; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Band, Mention
from watchlist.ports import ReplayStore

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Replayed:
    """A mention that alerts with one of the two settings only."""

    article: Article
    mention: Mention
    #: With the other threshold it alerts; without, it would no longer.
    raised: bool


def with_threshold(config: MatchingConfig, threshold: float) -> MatchingConfig:
    """The configuration with this alert threshold everywhere, those of lists and schemas included."""
    review = min(threshold, config.review) if config.review is not None else None
    return config.model_copy(update={"alert": threshold, "review": review, "lists": {}, "schemas": {}})


def replay(
    store: ReplayStore, index: CompiledIndex, config: MatchingConfig, threshold: float, since: datetime
) -> Iterator[tuple[Replayed, ...]]:
    """For each stored article since a time, the mentions whose band ``alert`` depends on the threshold."""
    present, other = Engine(index, config), Engine(index, with_threshold(config, threshold))
    after = ""
    while batch := store.stored_articles(since, after, _BATCH):
        for article in batch:
            before, then = _alerting(present, article), _alerting(other, article)
            yield (
                *(Replayed(article, then[id], raised=True) for id in then if id not in before),
                *(Replayed(article, before[id], raised=False) for id in before if id not in then),
            )
        after = batch[-1].id


def _alerting(engine: Engine, article: Article) -> dict[str, Mention]:
    return {each.entity_id: each for each in engine.screen(article) if each.band is Band.ALERT}
