"""Whose a title or an office is: the country that stands at the name, and that of the entity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding, quoted
from watchlist.matching.evidence.programs import subject_of
from watchlist.matching.language.known.lexicon import GENERIC, ORDINARY, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.language.packs.load import ENGLISH
from watchlist.matching.language.roles import Role
from watchlist.matching.language.words import Word
from watchlist.model import Schema

_GENITIVE = re.compile("['’]s?\\b")
_OF_A_PEOPLE = re.compile(r"(?:an|ese|ish|i|ch|ic|ek|sh)$")
_FARTHEST = 6


def its_country(c: Candidate) -> Finding:
    """The entity's own country stands right at the name: ``Iran's X``, ``the Iranian X``, ``X of Iran``."""
    named, own = _at_the_name(c), _own(c)
    for word, codes in named:
        if codes & own:
            return 1.0, f"'{word}' stands at it"
    return None


def foreign_country(c: Candidate) -> Finding:
    """Another country than the entity's stands at the name, with an office of state, or at a name of plain words."""
    own = _own(c)
    if not own:
        return None
    if c.schema is Schema.PERSON:
        if not offices_before(c):
            return None
    elif any(m.is_distinctive for m in c.alignment.strong):
        return None
    named = _at_the_name(c)
    if not named or any(codes & own for _, codes in named):
        return None
    return 1.0, f"'{named[0][0]}' stands at it"


def country_before(c: Candidate) -> Finding:
    """A country stands before a firm's name that the list has behind it: the Russian Gazprom is no GAZPROM RUSSIA."""
    strong = c.alignment.strong
    if c.of_a_group() or len(strong) < 2 or strong[-1].part.role is not Role.PLACE:
        # The branches of a group are told so: the Pakistani Taliban.
        return None
    country, name = strong[-1], strong[:-1]
    says_whose = any(m.part.role is Role.CORE and m.is_distinctive for m in name)
    if not says_whose or any(m.word.start <= country.word.start for m in name):
        return None
    return 1.0, f"'{country.word.meaning.form}' stands before it"


def an_office(c: Candidate) -> Finding:
    """Plain words that name an office of many states, without the country whose office is listed."""
    strong = c.alignment.strong
    if not 2 <= len(strong) <= table.WORDS_OF_AN_OFFICE or c.other_names:
        return None
    if not any(m.word.meaning.form in c.article.group("office") for m in strong):
        return None
    if c.of_a_group() or any(
        not m.word.meaning.flags & (ORDINARY | GENERIC | TITLE) or m.word.meaning.flags & PLACE for m in strong
    ):
        return None
    own = _own(c)
    if not own:
        return None
    if any(codes & own for _, codes in _at_the_name(c)):
        return None
    return (table.OFFICE_IN_ITS_COUNTRY if c.support()[0] else 1.0), f"{quoted(c)} may be another country's"


def offices_before(c: Candidate) -> list[str]:
    """Offices of state that stand before a person's name."""
    offices = c.article.group("civil_office")
    return [word.meaning.form for word in _leading(c) if word.meaning.form in offices]


def knows_its_country(c: Candidate) -> bool:
    """Whether the list tells a country of the entity or of its program."""
    return bool(_own(c))


def _own(c: Candidate) -> frozenset[str]:
    return subject_of(c.entity.programs, c.entity.countries)[0]


def _leading(c: Candidate) -> Iterator[Word]:
    """The words before the name that belong to its title, from the name outwards."""
    c.look_around()
    for at in range(c.first - 1, max(-1, c.first - 1 - _FARTHEST), -1):
        gap = c.words[at + 1].gap.strip("'’s ")
        # An office and its holder: the Ruritanian ambassador, X, said.
        stands = gap in ("", "-") or (gap == "," and at == c.first - 1 and c.words[at].meaning.flags & TITLE)
        if not stands or not c.words[at].meaning.flags & (TITLE | ORDINARY | GENERIC | PLACE):
            return
        yield c.words[at]


def _at_the_name(c: Candidate) -> list[tuple[str, frozenset[str]]]:
    """Countries that stand at the name, as its words are, with their codes."""
    known = lexicon().countries
    text = c.article.texts[c.field]
    found = []
    for word in _leading(c):
        codes = known.get(word.meaning.country)
        if codes and (word.meaning.capital or c.article.reader.pack.code != ENGLISH):
            small = not word.meaning.capital
            if small or _GENITIVE.match(text, word.end) or _OF_A_PEOPLE.search(word.meaning.form):
                found.append((word.meaning.form, codes))
            break
    after = c.following()[:4]
    if after and after[0].meaning.form == "of" and after[0].gap == " ":
        for word in after[1:]:
            if codes := known.get(word.meaning.country):
                found.append((word.meaning.form, codes))
            if not word.meaning.flags & PARTICLE:
                break
    return found
