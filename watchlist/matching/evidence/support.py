"""The evidence around a name: features as in features.py, of what else the article says and of who else fits."""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.evidence.finding import Finding
from watchlist.matching.evidence.reading import Candidate
from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.parts import Role
from watchlist.model import Schema

_TOPICS = {
    Schema.VESSEL: ("vessel",),
    Schema.AIRCRAFT: ("aircraft",),
    Schema.PERSON: ("person", "group", "sanction"),
    Schema.COMPANY: ("company", "bank", "sanction"),
    Schema.ORGANIZATION: ("group", "person", "sanction"),
    Schema.LEGAL_ENTITY: ("company", "bank", "group", "sanction"),
}
_LONG_WORD = re.compile(r"[a-z]{5,}")


def fitting_context(c: Candidate) -> Finding:
    """Words near the mention fit what the entity is: ships, aircraft, banks, armed groups, officials, sanctions."""
    near = c.near_words()
    for topic in _TOPICS[c.schema]:
        words = near & lexicon().topics[topic]
        if words and (found := sorted(words - c.alignment.forms)):
            return min(1.0, 0.5 + 0.25 * len(found)), f"near it: {', '.join(found[:4])}"
    return None


def country(c: Candidate) -> Finding:
    """The article speaks of a country of the entity or of its program."""
    countries = c.support()[0]
    return (1.0, f"the article speaks of {', '.join(countries).upper()}") if countries else None


def program(c: Candidate) -> Finding:
    """Words of the sanctions program's subject stand in the article."""
    words = c.support()[1]
    return (min(1.0, 0.4 + 0.2 * len(words)), f"of its program: {', '.join(words[:4])}") if words else None


def title(c: Candidate) -> Finding:
    """A title or an office stands right before the person's name."""
    if c.schema is not Schema.PERSON:
        return None
    titles = [word.meaning.form for word in c.titles_before()]
    return (1.0, f"'{titles[0]}' stands before it") if titles else None


def initial(c: Candidate) -> Finding:
    """Initials right before a family name are those of the entity's given name."""
    letters = c.initials_before()
    given = [part.form[0] for part in c.alignment.missing if part.role is Role.GIVEN]
    return (1.0, f"'{letters[0].upper()}.' stands before it") if letters and letters[0] in given else None


@lru_cache(maxsize=1 << 12)
def _office_words(designations: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(" ".join(designations).lower()))


def designation(c: Candidate) -> Finding:
    """Words of an office the list gives for the entity stand near."""
    shared = sorted(_office_words(c.entity.designations) & c.near_words()) if c.entity.designations else ()
    return (min(1.0, 0.5 * len(shared)), f"of its office: {', '.join(shared[:3])}") if shared else None


def identifier(c: Candidate) -> Finding:
    """An identifier of the entity stands in the article."""
    return (1.0, c.identifier) if c.identifier else None


def other_identifier(c: Candidate) -> Finding:
    """An identifier of the same kind, but not the entity's, stands right by the name."""
    return (1.0, c.foreign_identifier) if c.foreign_identifier else None


def other_name(c: Candidate) -> Finding:
    """The article also has another name of the same entity."""
    return (1.0, f"also in the article: {', '.join(c.other_names[:2])}") if c.other_names else None


def namesake(c: Candidate) -> Finding:
    """Another listed entity fits the same words: as well, or better."""
    if c.better is not None:
        return 1.0, f"{c.better.told_apart} fits better"
    return (0.1, f"the same words name {', '.join(r.told_apart for r in c.rivals[:3])}") if c.rivals else None
