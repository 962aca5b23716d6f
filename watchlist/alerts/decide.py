"""Which mentions open an alert: a pure decision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from watchlist.model import Article, Band, Mention

_EACH_ITS_OWN: Mapping[str, str] = MappingProxyType({})


def story_of(article: Article) -> str:
    """What an alert is reported once for: an article, with the copies of it that stand elsewhere."""
    return article.story_id or article.id


def new_alerts(
    mentions: tuple[Mention, ...], known: frozenset[str], group_of: Mapping[str, str] = _EACH_ITS_OWN
) -> tuple[Mention, ...]:
    """The mentions that open an alert: in the band ``alert``, of a subject not ``known`` in the story already.

    ``known`` holds the ids of the entities that have an alert in this story, in whatever state: an article that is
    pulled again, reworded or moved in its feed opens nothing twice, and a closed alert does not come back.
    ``group_of`` gives the group of each entity that is one with entities of other lists. Of a subject only the best
    mention opens an alert (``mentions`` come best first), whichever of its entries it names, and by which it was known.
    """
    taken = {group_of.get(entity_id, entity_id) for entity_id in known}
    opened = []
    for mention in mentions:
        groups = {group_of.get(id, id) for id in mention.listings}
        if mention.band is Band.ALERT and taken.isdisjoint(groups):
            taken |= groups
            opened.append(mention)
    return tuple(opened)
