"""Which mentions open an alert: a pure decision."""

from __future__ import annotations

from watchlist.model import Article, Band, Mention


def story_of(article: Article) -> str:
    """What an alert is reported once for; every article is a story of its own until stories are grouped."""
    return article.id


def new_alerts(mentions: tuple[Mention, ...], known: frozenset[str]) -> tuple[Mention, ...]:
    """The mentions that open an alert: in the band ``alert``, of an entity not ``known`` in the story already.

    ``known`` holds the ids of the entities that have an alert in this story, in whatever state: an article that is
    pulled again, reworded or moved in its feed opens nothing twice, and a closed alert does not come back.
    """
    return tuple(mention for mention in mentions if mention.band is Band.ALERT and mention.entity_id not in known)
