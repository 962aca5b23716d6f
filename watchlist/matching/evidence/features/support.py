"""What else the article says of the entity: its country, its case, its office, its numbers, its other names."""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import kind_before
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.evidence.features.people import common_name
from watchlist.matching.language.lexicon import EASTERN, PROPER, lexicon
from watchlist.matching.language.roles import Role
from watchlist.model import NameKind, NameOrigin, Schema

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


@lru_cache(maxsize=1 << 12)
def _office_words(designations: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(" ".join(designations).lower()))


def designation(c: Candidate) -> Finding:
    """Words of an office the list gives for the entity stand near."""
    shared = sorted(_office_words(c.subject.designations) & c.near_words()) if c.subject.designations else ()
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


def no_support(c: Candidate) -> Finding:
    """The article speaks neither of the entity's country nor of what it is listed for, and the name says little."""
    if not c.entity.programs or c.other_names or c.identifier or c.alignment.in_other_script or any(c.support()):
        return None
    if c.schema is Schema.PERSON:
        common = common_name(c)
        weakness = common[0] if common else 0.0
        if c.alignment.missing and not weakness:
            weakness = 0.2
    else:
        distinctive = any(m.word.is_distinctive for m in c.alignment.matches)
        first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
        weakness = (0.2 if c.of_a_group() else 0.8 if _by_one_alias(c) else 0.4) if distinctive else 1.0
        whole = c.alignment.is_whole
        if not distinctive and whole and len(c.alignment.matches) > 2:
            weakness = 0.4 if first_choice or len(c.alignment.matches) > 3 else 0.8
    if _says_who(c):
        weakness *= c.article.length_share
    return (weakness, "neither its country nor its program's subject is spoken of") if weakness else None


def _by_one_alias(c: Candidate) -> bool:
    """Whether one word says it all that is an alias only or lost its legal form, and nothing near speaks of a firm."""
    alias = c.name.kind is not NameKind.PRIMARY and c.name.origin is NameOrigin.AUTHORITY
    cut = any(part.role is Role.LEGAL_FORM for part in c.alignment.missing)
    return len(c.alignment.strong) == 1 and (alias or cut) and not c.near_words() & lexicon().topics["firm"]


def _says_who(c: Candidate) -> bool:
    """Whether the match by itself leaves little doubt, so that a short text owes no further word of the entity."""
    strong = c.alignment.strong
    first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
    if kind_before(c):
        return True
    if len(strong) > 1:
        return first_choice or c.schema is Schema.PERSON or any(m.word.is_distinctive for m in strong)
    if len(strong) != 1 or not c.alignment.is_whole or not first_choice or _by_one_alias(c):
        return False
    # What books know only as a proper noun may well be the group itself.
    harmless = EASTERN | PROPER if c.of_a_group() else EASTERN
    return not strong[0].word.meaning.flags & ~harmless
