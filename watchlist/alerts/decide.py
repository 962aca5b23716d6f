"""Which mentions open an alert, and how it is told: pure decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from watchlist.model import Article, Band, Mention

_EACH_ITS_OWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Telling:
    """How the alerts of an article are told."""

    #: In a digest rather than in an ordinary message.
    digest: bool = False
    #: Why they come now, where that is not the article's being new.
    note: str | None = None


def telling(article: Article, feed: str, fresh: timedelta) -> Telling:
    """How to tell of an article, ``feed`` being what its feed is called.

    What is older than ``fresh`` when it comes is told with its date, and in a digest if it came with the first reading
    of its feed, which brings all that the feed still has. There an article without a date counts as old, for most of
    them are; later it counts as new. Nothing is left out either way: dates are too often wrong for that.
    """
    published, seen = article.published_at, article.fetched_at
    old = published is not None and seen is not None and seen - published > fresh
    date = f"published on {published:%Y-%m-%d}" if published is not None else "without a date"
    if article.first_reading and (old or published is None):
        return Telling(digest=True, note=f"from the first reading of {feed}, {date}")
    return Telling(note=f"an older article, {date}") if old else Telling()


def story_of(article: Article) -> str:
    """What an alert is reported once for: an article, with the copies of it that stand elsewhere."""
    return article.story_id or article.id


def new_alerts(
    mentions: tuple[Mention, ...], known: frozenset[str], group_of: Mapping[str, str] = _EACH_ITS_OWN
) -> tuple[Mention, ...]:
    """The mentions that open an alert: in the band ``alert``, of an entity not ``known`` in the story already.

    ``known`` holds the ids of the entities that have an alert in this story, in whatever state: an article that is
    pulled again, reworded or moved in its feed opens nothing twice, and a closed alert does not come back.
    ``group_of`` gives the group of each entity that is one with entities of other lists: of a group only the best
    mention opens an alert (``mentions`` come best first).
    """
    taken = {group_of.get(entity_id, entity_id) for entity_id in known}
    opened = []
    for mention in mentions:
        group = group_of.get(mention.entity_id, mention.entity_id)
        if mention.band is Band.ALERT and group not in taken:
            taken.add(group)
            opened.append(mention)
    return tuple(opened)
