"""What else the article says of the entity: its country, its case, its office, its numbers, its other names."""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import kind_before
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.evidence.features.people import commonness
from watchlist.matching.language.known.lexicon import EASTERN, PROPER, lexicon
from watchlist.matching.language.roles import Role
from watchlist.model import NameKind, NameOrigin, Schema

_LONG_WORD = re.compile(r"[a-z]{5,}")


def country(c: Candidate) -> Finding:
    """The article speaks of a country of the entity or of its program."""
    countries = c.support()[0]
    return (1.0, f"the article speaks of {', '.join(countries).upper()}") if countries else None


def program(c: Candidate) -> Finding:
    """Words of the sanctions program's subject stand in the article."""
    words = c.support()[1]
    if not words:
        return None
    share = min(1.0, table.OF_ITS_PROGRAM + table.EACH_WORD_OF_ITS_PROGRAM * len(words))
    return share, f"of its program: {', '.join(words[:4])}"


@lru_cache(maxsize=1 << 12)
def _office_words(designations: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(" ".join(designations).lower()))


def designation(c: Candidate) -> Finding:
    """Words of an office the list gives for the entity stand near."""
    shared = sorted(_office_words(c.subject.designations) & c.near_words()) if c.subject.designations else ()
    if not shared:
        return None
    return min(1.0, table.EACH_WORD_OF_ITS_OFFICE * len(shared)), f"of its office: {', '.join(shared[:3])}"


def identifier(c: Candidate) -> Finding:
    """An identifier of the entity stands in the article."""
    return (1.0, c.identifier) if c.identifier else None


def other_identifier(c: Candidate) -> Finding:
    """An identifier of the same kind, but not the entity's, stands right by the name."""
    return (1.0, c.foreign_identifier) if c.foreign_identifier else None


def other_name(c: Candidate) -> Finding:
    """The article also has another name of the same entity."""
    return (1.0, f"also in the article: {', '.join(c.other_names[:2])}") if c.other_names else None


def associates(c: Candidate) -> Finding:
    """Others who are listed for the same are named near."""
    found = _associates(c)
    return (1.0, f"near it: {', '.join(sorted(found)[:3])}") if found else None


def _associates(c: Candidate) -> set[str]:
    programs = frozenset(c.subject.programs)
    return {
        other.subject.listings[0].caption
        for other in c.article.standing
        if other.field == c.field
        and (0 <= other.start - c.end <= table.NEAR or 0 <= c.start - other.end <= table.NEAR)
        and other.subject is not c.subject
        and other.symbols.isdisjoint(c.alignment.symbols)
        and not programs.isdisjoint(other.subject.programs)
    }


def no_support(c: Candidate) -> Finding:
    """The article speaks neither of the entity's country nor of what it is listed for, and the name says little."""
    if not c.entity.programs or c.other_names or c.identifier or any(c.support()):
        return None
    if c.alignment.in_other_script and not c.alignment.is_by_sound_without_vowels:
        return None
    if _associates(c):
        return None
    if c.schema is Schema.PERSON:
        common = commonness(c)
        weakness = common[0] if common else 0.0
        if c.alignment.missing and not weakness:
            weakness = table.PARTS_LOST
        if c.alignment.in_other_script and len(c.alignment.strong) < table.NAMES_THAT_AGREE + 1:
            # Two names without their vowels may be those of many.
            return 1.0, "neither its country nor its program's subject is spoken of"
    else:
        distinctive = any(m.is_distinctive for m in c.alignment.matches)
        first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
        weakness = 1.0
        if distinctive:
            weakness = table.A_WEAK_NAME if _by_one_alias(c) else table.A_DISTINCTIVE_NAME
            a_firm = c.alignment.stands_as_a_firm and c.alignment.is_of_unheard_words
            weakness = table.NAMED_BY_A_PROPER_NOUN if a_firm or c.of_a_group() else weakness
        whole = c.alignment.is_whole
        if not distinctive and whole and len(c.alignment.matches) > 2:
            clear = first_choice or len(c.alignment.matches) > 3
            weakness = table.A_DISTINCTIVE_NAME if clear else table.A_WEAK_NAME
            if len(c.alignment.strong) > table.WORDS_OF_AN_OFFICE:
                weakness = table.NAMED_BY_A_PROPER_NOUN
    if _says_who(c):
        weakness *= c.article.length_share
    return (weakness, "neither its country nor its program's subject is spoken of") if weakness else None


def _by_one_alias(c: Candidate) -> bool:
    """Whether one word says it all that is an alias only or lost its legal form, and nothing near speaks of a firm."""
    alias = c.name.kind is not NameKind.PRIMARY and c.name.origin is NameOrigin.AUTHORITY
    strong = c.alignment.strong
    if c.alignment.is_of_unheard_words and all(len(m.part.form) >= table.NO_OTHERS_FROM for m in strong):
        return False
    cut = any(part.role is Role.LEGAL_FORM for part in c.alignment.missing)
    return len(strong) == 1 and (alias or cut) and not c.near_words() & lexicon().topics["firm"]


def _says_who(c: Candidate) -> bool:
    """Whether the match by itself leaves little doubt, so that a short text owes no further word of the entity."""
    strong = c.alignment.strong
    first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
    if kind_before(c):
        return True
    if len(strong) > 1:
        return first_choice or c.schema is Schema.PERSON or any(m.is_distinctive for m in strong)
    if len(strong) != 1 or not c.alignment.is_whole or not first_choice or _by_one_alias(c):
        return False
    # What books know only as a proper noun may well be the group itself.
    harmless = EASTERN | PROPER if c.of_a_group() else EASTERN
    return not strong[0].word.meaning.flags & ~harmless
