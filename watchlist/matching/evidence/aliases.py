"""Aliases that have nothing of the name the list has first: by such a name others may be meant."""

from __future__ import annotations

from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.name_frequency import family_name, given_name
from watchlist.matching.language.roles import FAMILY_ROLES, SMALL_ROLES, NamePart, Role
from watchlist.matching.language.script.normalise import skeleton, without_vowels
from watchlist.matching.language.spelling import words_of
from watchlist.matching.language.words import Meaning
from watchlist.matching.likeness.word import alike
from watchlist.model import Name, NameKind, Schema


def is_unlike(c: Candidate) -> bool:
    """Whether the name that was found is an alias with nothing of the first name, and not the press's choice."""
    if c.name.kind is NameKind.PRIMARY or c.chosen:
        return False
    return not has_words_of(c.entity.names[0], c.name, c.schema)


def is_common(form: str) -> bool:
    """Whether many people have the word in their names, as given or as family name."""
    return max(given_name(form) or 0.0, family_name(form) or 0.0) >= table.NAME_OF_SOME


def has_in_one_name(c: Candidate, meaning: Meaning) -> bool:
    """Whether the subject has a name with a word and one at least of those that were found, be it spelled otherwise.

    Then the word goes on with a longer name of the same, not with another's.
    """
    found = c.alignment.symbols
    for symbols, parts in _strong_parts(c.subject.names, c.schema):
        if not found.isdisjoint(symbols) and any(
            part.symbol not in found and alike(part.form, meaning.form, is_claimed=True) for part in parts
        ):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _strong_parts(names: tuple[Name, ...], schema: Schema) -> tuple[tuple[frozenset[str], tuple[NamePart, ...]], ...]:
    """The words that say something of each of these names that has more than one of them, with their symbols."""
    parsed = [tuple(part for part in parse_name(name, schema) if part.role not in SMALL_ROLES) for name in names]
    return tuple((frozenset(part.symbol for part in parts), parts) for parts in parsed if len(parts) > 1)


@lru_cache(maxsize=1 << 14)
def has_words_of(first: Name, alias: Name, schema: Schema) -> bool:
    """Whether an alias has a telling word of the first name, in any spelling, or its initials."""
    if not first.text.isascii() or (without_vowels(alias.text) and len(words_of(alias.text)) > 1):
        # Nobody compares the letters, and in its own script the authority may well have the name itself.
        return True
    words = [part for part in parse_name(first, schema) if part.role is not Role.PARTICLE]
    own = [part for part in parse_name(alias, schema) if part.role not in SMALL_ROLES]
    if schema is Schema.PERSON:
        own = [part for part in own if part.role in FAMILY_ROLES or not is_common(part.form)]
    frames = {skeleton(part.symbol) for part in words}
    if any(skeleton(part.symbol) in frames or any(alike(part.form, word.form) for word in words) for part in own):
        return True
    return any(part.form == "".join(word.form[0] for word in words)[: len(part.form)] for part in own)
