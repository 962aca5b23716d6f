"""The company a name keeps: words near it that stand near listed names of its kind, or near others."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate, is_group
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.language.context import telling_words
from watchlist.matching.language.lexicon import lexicon
from watchlist.model import Entity, Schema

#: Of kinds too seldom in the news for their words to be measured, the topics whose words fit them.
_TOPICS = {"firm": ("company", "bank", "sanction"), "craft": ("vessel", "aircraft")}


def fitting_context(c: Candidate) -> Finding:
    """Words near the mention stand near listed names of this kind more often than near others."""
    total, words = _told(c)
    return (min(1.0, total / table.TELLING_IN_FULL), f"near it: {', '.join(words)}") if total > 0 else None


def other_context(c: Candidate) -> Finding:
    """Words near the mention stand near other names of this kind more often than near listed ones."""
    total, words = _told(c)
    return (min(1.0, -total / table.TELLING_IN_FULL), f"near it: {', '.join(words)}") if total < 0 else None


def _told(c: Candidate) -> tuple[float, list[str]]:
    """What the telling words near come to, and the most telling of that side; what the name itself has is no news."""
    kind = kind_of(c.entity)
    known = telling_words().get(kind, {})
    found = {word: known[word] for word in c.near_words() & known.keys() - c.alignment.forms}
    for topic in _TOPICS.get(kind, ()):
        if words := c.near_words() & lexicon().topics[topic] - c.alignment.forms:
            found = dict.fromkeys(words, table.WORD_OF_A_TOPIC)
            break
    total = sum(found.values())
    side = sorted((-abs(weight), word) for word, weight in found.items() if weight * total > 0)
    return total, [word for _, word in side[:4]]


def kind_of(entity: Entity) -> str:
    """Which words are telling for an entity."""
    if entity.schema is Schema.PERSON:
        return "person"
    if entity.schema in (Schema.VESSEL, Schema.AIRCRAFT):
        return "craft"
    return "group" if is_group(entity) else "firm"
