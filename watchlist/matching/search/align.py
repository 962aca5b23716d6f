"""Listed name against the words around its anchor: which of its parts stand there, and how alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from watchlist.matching.index.compiled import ListedName
from watchlist.matching.index.names import FATHERS
from watchlist.matching.language.lexicon import FAMILY, GIVEN, LEGAL, ORDINARY, PARTICLE, PLACE, TITLE
from watchlist.matching.language.parts import Part, Role
from watchlist.matching.search.nearness import (
    GIVEN_ROLES,
    PartMatch,
    inversions,
    person_score,
    thing_score,
    unlike_the_press,
)
from watchlist.matching.search.tokens import Word
from watchlist.model import NameKind

#: What ends a name: the end of a sentence or line, brackets, quotation marks, dashes between words.
_BREAK = re.compile(r"[.!?;:\n\r()\[\]{}\"“”«»|/•]|\s[-–—]+\s")
_COMMA = re.compile(r"[,،、]")
_PLAIN_GAPS = frozenset({" ", "-", "", "\u00a0", " \u200b", "\u2011"})
#: Words of function that may stand inside a name but neither begin nor end one.
_FUNCTION = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "at", "as", "und", "y", "e", "de", "du"})
#: Marks that join the halves of a name.
HYPHENS = frozenset({"-", "\u2011", "\u2010"})
#: Words between two names, unless the listed name has them.
_CONJUNCTIONS = frozenset({"and", "und", "et", "y", "or"})
#: First halves of bynames: the second half alone names nobody.
_BYNAMES = frozenset({"abu", "abou", "aboo", "umm", "um", "ibn", "bin", "ben"})
_REACH = 10
#: Roles of words that come and go without meaning.
SMALL_ROLES = frozenset({Role.LEGAL, Role.PARTICLE})
FAMILY_ROLES = frozenset({Role.SURNAME, Role.SURNAME2})


@dataclass(frozen=True)
class Alignment:
    """How a listed name lies over a stretch of words; ``first`` and ``last`` index the words, both inclusive.

    Alignments are remembered from article to article, and with them what is found out about them; hence no slots.
    """

    name: ListedName
    first: int
    last: int
    #: Where the stretch begins and ends, in characters from where the words were counted.
    start: int
    end: int
    matches: tuple[PartMatch, ...]
    missing: tuple[Part, ...]
    #: Capitalised words inside the stretch that the listed name does not have.
    extra: tuple[Word, ...]
    score: float

    @cached_property
    def memory(self) -> dict[object, Any]:
        """What is found out about the alignment itself, whatever the article; filled by those who find it out."""
        return {}

    @cached_property
    def strong(self) -> tuple[PartMatch, ...]:
        """The matches that say something: no legal forms, no small words."""
        return tuple(m for m in self.matches if m.part.role not in SMALL_ROLES)

    @cached_property
    def commonness(self) -> tuple[float, ...]:
        """How common each word that says something is; empty when one is no ordinary word, place or title."""
        found = []
        for m in self.strong:
            flags = m.word.meaning.flags
            if not flags & (ORDINARY | TITLE | PLACE):
                return ()
            usual = max(0.0, min(1.2, (m.word.meaning.zipf - 25) / 20))
            found.append(0.5 if flags & PLACE else 1.0 if flags & TITLE else usual)
        return tuple(found)

    @cached_property
    def commonness_together(self) -> float:
        """How far a match of several words, each of them an ordinary one, is no more than words."""
        common = self.commonness
        return min(common) / (2 if len(common) == 2 else 4) if len(common) > 1 else 0.0

    @cached_property
    def legal_form_lost(self) -> bool:
        """Whether ordinary words, or one personal name, stand there for a name that has a legal form, without it."""
        strong = self.strong
        a_name = len(strong) == 1 and bool(strong[0].word.meaning.flags & (GIVEN | FAMILY))
        return (a_name or bool(self.commonness)) and any(part.role is Role.LEGAL for part in self.missing)

    @cached_property
    def may_be_proper(self) -> bool:
        """Whether the name is there in full and with capitals, so that capitals can make a name of its words."""
        return self.is_whole and all(m.word.meaning.capital for m in self.matches)

    @cached_property
    def in_other_script(self) -> bool:
        """Whether the name stands there in another script than Latin, amid words that the lexicon does not know."""
        return any(m.word.meaning.other_script for m in self.matches)

    @cached_property
    def is_whole(self) -> bool:
        """Whether of the listed name nothing but legal forms and small words is missing."""
        return all(part.role in SMALL_ROLES for part in self.missing)

    @cached_property
    def lost_particles(self) -> frozenset[str]:
        """Small words of the listed name that were not found."""
        return frozenset(part.form for part in self.missing if part.role is Role.PARTICLE)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of the parts that were found."""
        return frozenset(m.part.role for m in self.matches)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words of the text that stand for parts of the name, in their comparable form."""
        return frozenset(m.word.meaning.form for m in self.matches)

    @cached_property
    def phrase(self) -> str:
        """The same words in the order of the name."""
        return " ".join(m.word.meaning.form for m in self.matches)

    @cached_property
    def running(self) -> str:
        """The same words in the order of the text, legal forms left out."""
        found = sorted((m.word.start, m.word.meaning.form) for m in self.matches if m.part.role is not Role.LEGAL)
        return " ".join(form for _, form in found)

    @cached_property
    def has_legal_form(self) -> bool:
        """Whether a legal form of the listed name was found."""
        return any(m.part.role is Role.LEGAL for m in self.matches)

    @cached_property
    def symbols(self) -> frozenset[str]:
        """What the words found stand for, the same for all their spellings."""
        return frozenset(match.part.symbol for match in self.matches)

    @cached_property
    def leading_symbols(self) -> tuple[str, ...]:
        """The first two symbols of the listed name."""
        return tuple(part.symbol for part in self.name.parts[:2])

    @cached_property
    def family_name_only(self) -> bool:
        """Whether of a person's name only a family name was found."""
        roles = self.roles
        return not roles.isdisjoint(FAMILY_ROLES) and roles.isdisjoint(GIVEN_ROLES)


def separates(gap: str, before: str) -> bool:
    """Whether the text between two words ends a name; the point of an initial does not."""
    if gap in _PLAIN_GAPS or (len(before) == 1 and gap in (". ", ".")):
        return False
    return len(gap) > 6 or _BREAK.search(gap) is not None


def align(name: ListedName, words: list[Word], anchor: int) -> Alignment | None:
    """Lay the name over the words, from the anchor outwards; None when what is found cannot be the name."""
    parts, person = name.parts, name.person
    taken: dict[int, tuple[int, float]] = {}

    def take(at: int) -> bool:
        meaning = words[at].meaning
        symbols, form = meaning.symbols, meaning.form
        best, best_key = -1, (0.0, 0)
        for place, part in enumerate(parts):
            if place in taken:
                continue
            likeness = symbols.get(part.symbol)
            if likeness is None:
                if part.form != form:
                    continue
                likeness = 1.0
            elif part.form != form:
                likeness -= 0.01
            if person and part.role is not Role.PARTICLE and not meaning.capital and words[at].gap not in HYPHENS:
                continue
            key = (likeness, -abs(place - at))
            if key > best_key:
                best, best_key = place, key
            if meaning.compound:
                taken[place] = (at, likeness)
        if best < 0:
            return False
        taken[best] = (at, best_key[0])
        return True

    if not take(anchor):
        return None
    skipped: list[int] = []
    _extend(range(anchor + 1, min(len(words), anchor + _REACH)), words, take, skipped, person)
    _extend(range(anchor - 1, max(-1, anchor - _REACH), -1), words, take, skipped, person)
    _trim(taken, words, parts)
    places = sorted(taken)
    if not places:
        return None
    first, last = min(taken[p][0] for p in places), max(taken[p][0] for p in places)
    matches = tuple(PartMatch(parts[p], words[taken[p][0]], taken[p][1]) for p in places)
    missing = tuple(part for place, part in enumerate(parts) if place not in taken)
    if missing and (name.name.kind is NameKind.WEAK_ALIAS or _is_cut_byname(matches, missing)):
        return None
    extra = tuple(words[at] for at in skipped if first < at < last)
    if person:
        score = person_score(matches, missing, extra) - unlike_the_press(parts, {p: taken[p][0] for p in taken})
        # Half of a double name: Son Heung-min is not Son Min.
        score -= 0.2 * any(words[at].gap in HYPHENS or words[at + 1].gap in HYPHENS for at in skipped if at < last)
    else:
        cores = [place for place in places if parts[place].role is Role.CORE]
        tail = cores[0] if cores else len(parts)
        lost = [(part, place > tail) for place, part in enumerate(parts) if place not in taken]
        score = thing_score(matches, lost, extra) - 0.1 * inversions([(parts[p].role, taken[p][0]) for p in places])
    return Alignment(name, first, last, words[first].start, words[last].end, matches, missing, extra, max(0.0, score))


def _extend(places: range, words: list[Word], take: Callable[[int], bool], skipped: list[int], person: bool) -> None:
    """Take words one after the other while they are parts of the name, stepping over at most one stranger."""
    rightwards = places.step > 0
    stranger = -1
    for at in places:
        word = words[at]
        gap = word.gap if rightwards else words[at + 1].gap
        if separates(gap, words[at - 1 if rightwards else at].meaning.form):
            break
        meaning = word.meaning
        if _COMMA.search(gap) is not None and not (rightwards and meaning.flags & LEGAL):
            break
        if (rightwards or meaning.capital or meaning.flags & PARTICLE) and take(at):
            if stranger >= 0:
                skipped.append(stranger)
                stranger = -1
        elif meaning.form in _CONJUNCTIONS:
            break
        elif (meaning.flags & PARTICLE and len(meaning.form) < 4) or (person and len(meaning.form) == 1):
            if person and meaning.form in FATHERS and stranger < 0:
                stranger = at
        elif meaning.capital and stranger < 0 and not (person and meaning.flags & (TITLE | PLACE)):
            stranger = at
        else:
            break


def _is_cut_byname(matches: tuple[PartMatch, ...], missing: tuple[Part, ...]) -> bool:
    """Whether of a byname (``Abu Islam``) only the second half is there."""
    strong = [m for m in matches if m.part.role is not Role.PARTICLE]
    return len(strong) == 1 and any(part.form in _BYNAMES for part in missing)


def _trim(taken: dict[int, tuple[int, float]], words: list[Word], parts: tuple[Part, ...]) -> None:
    """Give back words of function at either end of the stretch, and small words that stand for nothing."""
    while taken:
        ends = (min(taken, key=lambda p: taken[p][0]), max(taken, key=lambda p: taken[p][0]))
        loose = [p for p in ends if parts[p].role is Role.PARTICLE and words[taken[p][0]].meaning.form in _FUNCTION]
        if not loose or len(taken) == 1:
            return
        for place in set(loose):
            del taken[place]
