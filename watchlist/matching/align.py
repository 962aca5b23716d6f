"""Listed name against the words around its anchor: which of its parts stand there, how alike, and what was left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from watchlist.matching.index import ListedName
from watchlist.matching.lexicon import PARTICLE
from watchlist.matching.names import PERSON_ROLES, Part, Role
from watchlist.matching.tokens import Word

#: What ends a name: the end of a sentence or line, brackets, quotation marks, dashes between words.
_BREAK = re.compile(r"[.!?;:\n\r()\[\]{}\"“”«»|/•]|\s[-–—]+\s")
_COMMA = re.compile(r"[,،、]")


@dataclass(frozen=True, slots=True)
class PartMatch:
    """A part of the listed name and the word that stands for it."""

    part: Part
    word: Word
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a listed name lies over a stretch of words; ``first`` and ``last`` index the words, both inclusive."""

    name: ListedName
    first: int
    last: int
    matches: tuple[PartMatch, ...]
    missing: tuple[Part, ...]
    #: Capitalised words inside the stretch that the listed name does not have.
    extra: tuple[Word, ...]
    score: float


def separates(gap: str, person: bool) -> bool:
    """Whether the text between two words ends a name."""
    if gap in (" ", "-", "", "\u00a0"):
        return False
    return _BREAK.search(gap) is not None or (person and _COMMA.search(gap) is not None) or len(gap) > 6


def align(name: ListedName, words: list[Word], anchor: int) -> Alignment | None:
    """Lay the name over the words, from the anchor outwards; None when the anchor is no part of the name."""
    person = any(part.role in PERSON_ROLES for part in name.parts)
    taken: dict[int, PartMatch] = {}

    def take(at: int) -> bool:
        word = words[at]
        best, best_key = -1, (0.0, 0)
        for place, part in enumerate(name.parts):
            likeness = _likeness(part, word)
            if place not in taken and likeness:
                key = (likeness, -abs(place - at))
                if key > best_key:
                    best, best_key = place, key
                if word.meaning.compound:
                    taken[place] = PartMatch(part, word, likeness)
        if best < 0:
            return False
        taken[best] = PartMatch(name.parts[best], word, best_key[0])
        return True

    if not take(anchor):
        return None
    extra: list[Word] = []
    last = _extend(range(anchor + 1, min(len(words), anchor + 12)), words, take, extra, person)
    first = _extend(range(anchor - 1, max(-1, anchor - 12), -1), words, take, extra, person)
    last = anchor if last is None else last
    first = anchor if first is None else first
    matches = tuple(taken[place] for place in sorted(taken))
    missing = tuple(part for place, part in enumerate(name.parts) if place not in taken)
    extra = [word for word in extra if words[first].start <= word.start <= words[last].start]
    score = person_score(matches, missing, extra) if person else thing_score(matches, missing, extra)
    return Alignment(name, first, last, matches, missing, tuple(extra), score)


def _likeness(part: Part, word: Word) -> float:
    likeness = word.meaning.symbols.get(part.symbol, 0.0)
    if likeness:
        return likeness if part.form == word.meaning.form else likeness - 0.01
    if part.form == word.meaning.form:
        return 1.0
    return 0.0


def _extend(
    places: range, words: list[Word], take: Callable[[int], bool], extra: list[Word], person: bool
) -> int | None:
    """Take words one after the other while they are parts of the name; the place of the last one taken."""
    reached = None
    gap_shift = 0 if places.step > 0 else 1
    skipped: list[Word] = []
    for at in places:
        if separates(words[at + gap_shift].gap, person):
            break
        word = words[at]
        if take(at):
            reached = at
            extra += skipped
            skipped = []
        elif (word.meaning.flags & PARTICLE and len(word.meaning.form) < 4) or len(word.meaning.form) == 1:
            continue
        elif word.meaning.capital and not skipped:
            skipped.append(word)
        else:
            break
    return reached


def person_score(matches: tuple[PartMatch, ...], missing: tuple[Part, ...], extra: list[Word]) -> float:
    """Given and family name carry a person's name; further names may be missing, further words may not be there."""
    by_role: dict[Role, list[PartMatch]] = {}
    for match in matches:
        by_role.setdefault(match.part.role, []).append(match)
    lost: dict[Role, list[Part]] = {}
    for part in missing:
        lost.setdefault(part.role, []).append(part)
    likeness = min((m.likeness for m in matches if m.part.role in PERSON_ROLES), default=0.0)
    if Role.PERSONAL in by_role:
        have, want = len(by_role[Role.PERSONAL]), len(by_role[Role.PERSONAL]) + len(lost.get(Role.PERSONAL, ()))
        if have == want:
            base = 1.0
        elif have >= 2:
            base = 0.95 - 0.12 * (want - have)
        else:
            base = 0.3
    elif Role.SURNAME in by_role:
        given = by_role.get(Role.GIVEN, [])
        middle = by_role.get(Role.MIDDLE, [])
        if given:
            base = 1.0
            if lost.get(Role.MIDDLE) and len(given[0].part.form) + sum(len(m.part.form) for m in middle) <= 4:
                base = 0.6  # Korean and Chinese given names are written in full
        elif middle:
            base = 0.8
        else:
            base = 0.5
        base -= 0.02 * len(lost.get(Role.SURNAME2, ())) + 0.02 * len(lost.get(Role.MIDDLE, ()))
    elif Role.SURNAME2 in by_role and Role.GIVEN in by_role:
        base = 0.6
    else:
        base = 0.2
    return max(0.0, base * likeness - 0.2 * len(extra))


_WEIGHT = {
    Role.CORE: 1.0,
    Role.PLACE: 0.6,
    Role.NUMBER: 1.0,
    Role.GENERIC: 0.4,
    Role.LEGAL: 0.02,
    Role.PARTICLE: 0.0,
}


def thing_score(matches: tuple[PartMatch, ...], missing: tuple[Part, ...], extra: list[Word]) -> float:
    """Share of the weight of the name's words that is there; a generic tail counts less when the core is there."""
    found = sum(_WEIGHT[m.part.role] * m.likeness**2 for m in matches)
    lost = sum(_WEIGHT[part.role] for part in missing)
    if any(m.part.role is Role.CORE for m in matches) and not any(p.role is Role.CORE for p in missing):
        lost = sum(_WEIGHT[p.role] * (0.3 if p.role is Role.GENERIC else 1.0) for p in missing)
    total = found + lost
    if not total:
        return 1.0
    score = found / total
    if any(part.role is Role.NUMBER for part in missing):
        score *= 0.5
    return max(0.0, score - 0.15 * len(extra))
