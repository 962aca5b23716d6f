"""What speaks for and against ships and aircraft: most are called after something else."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.language.known.lexicon import PLACE, lexicon
from watchlist.matching.language.roles import Role
from watchlist.matching.language.words import Word
from watchlist.model import Schema


def is_craft(c: Candidate) -> bool:
    """Whether the entity is a ship or an aircraft."""
    return c.schema in (Schema.VESSEL, Schema.AIRCRAFT)


def kind_before(c: Candidate) -> Finding:
    """The kind of ship or aircraft stands right before its name: ``the tanker X``, ``MV X``."""
    if not is_craft(c) or (before := c.before()) is None:
        return None
    if any(part.role is Role.NUMBER for part in c.alignment.missing):
        return None
    if not is_kind(c, before):
        return None
    # The name of a place then is not what is meant.
    place = any(match.word.meaning.flags & PLACE for match in c.alignment.strong)
    return table.KIND_BEFORE_A_PLACE if place else table.KIND_BEFORE, f"'{before.meaning.form}' stands before it"


def is_kind(c: Candidate, word: Word) -> bool:
    """Whether a word tells the kind of ship or aircraft; as an abbreviation only in capitals: MT is no Mt."""
    if c.schema is Schema.VESSEL:
        prefixes = c.article.group("ship_prefix")
        if word.meaning.all_caps and word.meaning.form in prefixes:
            return True
        if word.gap == "/" and f"m{word.meaning.form}" in prefixes:
            # M/V, M/T
            return True
    return word.meaning.form in lexicon().topics["vessel" if c.schema is Schema.VESSEL else "aircraft"]


def no_context(c: Candidate) -> Finding:
    """A vessel or an aircraft is named without enough words of ships or aircraft near."""
    if not is_craft(c) or c.identifier:
        return None
    topic = "vessel" if c.schema is Schema.VESSEL else "aircraft"
    found = c.near_words() & lexicon().topics[topic]
    if kind_before(c):
        return None
    distinctive = [m for m in c.alignment.matches if m.is_distinctive]
    numbered = any(m.part.role is Role.NUMBER for m in c.alignment.matches)
    needed = table.WANTED_BY_A_NAME if distinctive else table.WANTED_BY_A_WORD
    if len(distinctive) > 1 or (numbered and len(c.alignment.matches) > 2):
        needed = table.WANTED_BY_A_LONG_NAME
    if len(found) >= needed:
        return None
    what = "ships" if topic == "vessel" else "aircraft"
    return 1.0 - len(found) / (needed + 1), f"{len(found) or 'no'} words of {what} near"
