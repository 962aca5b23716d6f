"""Which names a word, or two words near each other, point to, and what of each must stand around.

Most words that a listed name has are said of something else. What a name of one word, or of two, comes to is found out
once for each spelling: only where it may be enough by itself, or where more of the name is there, is it laid over a
text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.index.compiled import ListedName
from watchlist.matching.index.keys import frame_key
from watchlist.matching.language.known.lexicon import GENERIC, ORDINARY, PARTICLE, PLACE, lexicon
from watchlist.matching.language.roles import FAMILY_ROLES, PERSON_ROLES, NamePart, Role
from watchlist.matching.language.spelling import symbol, words_of
from watchlist.matching.language.words import Meaning, Word
from watchlist.matching.likeness.word import likeness
from watchlist.matching.search.align import align
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.reader import Pointers, WordReader

#: Stands for any legal form among the keys of a name or of a text: which one it is, a closer look says.
ANY_LEGAL_FORM: Final = "§"
#: Behind a letter, it stands for any word that begins with it: the list may have no more than the initial.
ANY_WITH_INITIAL: Final = "."
#: How many names one word, or one pair of words, may bring forward: a bound on work.
MOST_NAMES: Final = 128
_CACHED: Final = 1 << 17

#: Says of the words that a name is laid over, and of how it lies there, whether any article can make something of it.
Worthwhile = Callable[[str, Alignment], bool]


class Pointed(NamedTuple):
    """The names that one word, or two together, point to."""

    #: Names that need no more words than these to be worth a closer look.
    enough: tuple[int, ...] = ()
    #: Names of which more must be there, each with keys of which one must be among those of the words around.
    more: tuple[tuple[int, frozenset[str]], ...] = ()
    #: The symbols of words that any of them goes on with and that texts write small, or of numbers.
    goes_on: frozenset[str] = frozenset()


_NOTHING: Final = Pointed()


class Pointing:
    """Finds out what words point to. Caches are bounded: they are emptied when full."""

    def __init__(self, reader: WordReader, worthwhile: Worthwhile | None) -> None:
        self._reader = reader
        self._index = reader.index
        self._worthwhile = worthwhile
        self._alone: dict[int, Pointed] = {}
        self._together: dict[tuple[int, int], Pointed] = {}

    def alone(self, pointers: Pointers) -> Pointed:
        """What a word points to by itself."""
        if not pointers.singles or pointers.meaning is None:
            return _NOTHING
        found = self._alone.get(pointers.number)
        if found is None:
            if len(self._alone) > _CACHED:
                self._alone.clear()
            found = self._alone[pointers.number] = self._pointed(pointers.singles, (pointers.meaning,))
        return found

    def together(self, one: Pointers, other: Pointers) -> Pointed:
        """What two words together point to, in this order; a name that either is unlike is left out."""
        key = one.number, other.number
        found = self._together.get(key)
        if found is None:
            names = self._reader.pair(one, other)
            if len(self._together) > _CACHED:
                self._together.clear()
            if names and one.meaning is not None and other.meaning is not None:
                found = self._pointed(names, (one.meaning, other.meaning))
            else:
                found = _NOTHING
            self._together[key] = found
        return found

    def _pointed(self, names: tuple[int, ...], meanings: tuple[Meaning, ...]) -> Pointed:
        enough, more, goes_on = [], [], set[str]()
        of_a_place = any(meaning.flags & PLACE for meaning in meanings)
        for id in names[:MOST_NAMES]:
            name = self._index.name(id)
            covered = _covered(name, meanings)
            if covered is None:
                continue
            rest = [part for place, part in enumerate(name.parts) if place not in covered]
            if self._is_enough(name, meanings):
                enough.append(id)
            elif keys := _keys(name, rest):
                more.append((id, keys))
            else:
                continue
            if not name.person:
                goes_on.update(written_small(name, rest, of_a_place=of_a_place))
        return Pointed(tuple(enough), tuple(more), frozenset(goes_on)) if enough or more else _NOTHING

    def _is_enough(self, name: ListedName, meanings: tuple[Meaning, ...]) -> bool:
        """Whether any article can make something of the name where no more of it stands than these words."""
        # A comma between them makes FAMILY, Given of two words, and nothing of others.
        gaps = (" ", ", ") if name.person and len(meanings) > 1 else (" ",)
        for gap in gaps:
            words = _side_by_side(meanings, gap)
            alignment = align(name, words, 0)
            if alignment is None or alignment.score < table.LEAST_ALIGNMENT:
                continue
            surface = " ".join(word.meaning.form for word in words)
            if self._worthwhile is None or self._worthwhile(surface, alignment):
                return True
        return False


def _side_by_side(meanings: tuple[Meaning, ...], gap: str) -> list[Word]:
    words: list[Word] = []
    for meaning in meanings:
        start = words[-1].end + 1 if words else 0
        # A syllable in small letters points somewhere behind a hyphen only.
        before = "" if not words else gap if meaning.capital or meaning.form.isdigit() else "-"
        words.append(Word(start, start + len(meaning.form), meaning, before))
    return words


def _covered(name: ListedName, meanings: tuple[Meaning, ...]) -> set[int] | None:
    """The places of the parts that the words are like; None where one of them is like none, or all like one only."""
    covered: set[int] = set()
    for meaning in meanings:
        alike = {place for place, part in enumerate(name.parts) if likeness(part, meaning)}
        if len(alike) > 1:
            # What it begins with is no initial of the same name.
            alike = {place for place in alike if len(name.parts[place].form) > 1} or alike
        if not alike:
            if meaning.symbol not in name.joined:
                return None
            # Two parts written as one; which, a closer look says.
            alike = {-len(covered) - 1}
        covered |= alike
    return covered if len(covered) >= len(meanings) else None


def _keys(name: ListedName, rest: Iterable[NamePart]) -> frozenset[str]:
    """The keys of the parts that are left, in every way that a text may have them."""
    adjectives = lexicon().adjectives
    keys = set()
    for part in rest:
        if part.role is Role.LEGAL_FORM:
            keys.add(ANY_LEGAL_FORM)
        elif part.role is not Role.PARTICLE:
            keys.update((part.symbol, frame_key(part.symbol)))
            if len(part.form) == 1:
                keys.add(part.form + ANY_WITH_INITIAL)
            if part.role in PERSON_ROLES and part.role not in FAMILY_ROLES:
                keys.add(part.form[:1])
            if part.form in adjectives:
                keys.add(symbol(adjectives[part.form]))
    if keys:
        keys |= name.joined
    return frozenset(keys - {""})


def written_small(name: ListedName, rest: Iterable[NamePart], *, of_a_place: bool = False) -> set[str]:
    """The symbols of numbers and of kinds of bodies, which texts write small, and of what the name itself does.

    With a kind of body so are the ordinary words before it (a machine-building plant), but behind a place: there they
    say what stands in it, whosever it is.
    """
    flags = lexicon().flags
    rest = list(rest)
    of_a_kind = any(part.role is Role.GENERIC for part in rest)
    small_kinds = GENERIC | ORDINARY if of_a_kind and not of_a_place else GENERIC
    small = _small_words(name.name.text)
    return {
        part.symbol
        for part in rest
        if part.form[:1].isdigit()
        or part.symbol in small
        or any(flags.get(word, 0) & small_kinds for word in part.form.split())
    }


@lru_cache(maxsize=_CACHED)
def _small_words(text: str) -> frozenset[str]:
    """The symbols of words that a name has in small letters, small words of function aside."""
    if text.isupper():
        return frozenset()
    flags = lexicon().flags
    words = (form for word in text.split() if word[:1].islower() for form in words_of(word))
    return frozenset(symbol(form) for form in words if not flags.get(form, 0) & PARTICLE and len(form) > 1)
