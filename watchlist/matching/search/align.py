"""Listed name against the words around its anchor: which of its parts stand there, and how alike."""

from __future__ import annotations

import re
from collections.abc import Callable

from watchlist.matching.index.compiled import ListedName
from watchlist.matching.language.lexicon import LEGAL_FORM, PARTICLE, PLACE, TITLE
from watchlist.matching.language.name_words import BYNAME_WORDS, CONJUNCTIONS, FATHER_WORDS, FUNCTION_WORDS
from watchlist.matching.language.roles import NamePart, Role
from watchlist.matching.search.alignment import Alignment, PartMatch
from watchlist.matching.search.patterns import HYPHENS
from watchlist.matching.search.person_score import person_score, unlike_the_press
from watchlist.matching.search.thing_score import inversions, thing_score
from watchlist.matching.search.words import Word
from watchlist.model import NameKind

#: What ends a name: the end of a sentence or line, brackets, quotation marks, dashes between words.
_BREAK = re.compile(r"[.!?;:\n\r()\[\]{}\"“”«»|/•]|\s[-–—]+\s")
_COMMA = re.compile(r"[,،、]")
_PLAIN_GAPS = frozenset({" ", "-", "", "\u00a0", " \u200b", "\u2011"})
#: How many words to either side of the anchor a name may reach.
_REACH = 10


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
        if _COMMA.search(gap) is not None and not (rightwards and meaning.flags & LEGAL_FORM):
            break
        if (rightwards or meaning.capital or meaning.flags & PARTICLE) and take(at):
            if stranger >= 0:
                skipped.append(stranger)
                stranger = -1
        elif meaning.form in CONJUNCTIONS:
            break
        elif (meaning.flags & PARTICLE and len(meaning.form) < 4) or (person and len(meaning.form) == 1):
            if person and meaning.form in FATHER_WORDS and stranger < 0:
                stranger = at
        elif meaning.capital and stranger < 0 and not (person and meaning.flags & (TITLE | PLACE)):
            stranger = at
        else:
            break


def _is_cut_byname(matches: tuple[PartMatch, ...], missing: tuple[NamePart, ...]) -> bool:
    """Whether of a byname (``Abu Islam``) only the second half is there."""
    strong = [m for m in matches if m.part.role is not Role.PARTICLE]
    return len(strong) == 1 and any(part.form in BYNAME_WORDS for part in missing)


def _trim(taken: dict[int, tuple[int, float]], words: list[Word], parts: tuple[NamePart, ...]) -> None:
    """Give back words of function at either end of the stretch, and small words that stand for nothing."""
    while taken:
        ends = (min(taken, key=lambda p: taken[p][0]), max(taken, key=lambda p: taken[p][0]))
        loose = [
            p for p in ends if parts[p].role is Role.PARTICLE and words[taken[p][0]].meaning.form in FUNCTION_WORDS
        ]
        if not loose or len(taken) == 1:
            return
        for place in set(loose):
            del taken[place]
