"""Words of a text as the index knows them: what each spelling may stand for on the lists, found out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from watchlist.matching import table
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.known.lexicon import GIVEN_NAME
from watchlist.matching.language.name_words import ASSIMILATED_ARTICLE, PLAIN_ARTICLE
from watchlist.matching.language.packs.load import ENGLISH, pack
from watchlist.matching.language.roles import Role
from watchlist.matching.language.script.normalise import APOSTROPHES
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.language.words import Meaning, Word, meanings, visible_end
from watchlist.matching.search.country_signs import countries_in_signs
from watchlist.matching.search.patterns import ANY_MARKED_WORD, ANY_WORD, MAY_HAVE_MARKS, NAMELIKE
from watchlist.matching.search.spelled import frame_of, is_everyday, listed_symbols

_CACHED_WORDS: Final = 1 << 17
_LONGEST: Final = 48
#: Two words written as one: ``KavehSteel``, ``JSCRosneft``. Each has three letters at least.
_IN_ONE = re.compile(r"(?<=[^\W\d_A-Z][^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z]{2})|(?<=[A-Z]{3})(?=[A-Z][^\W\d_A-Z]{2})")

_ELISION: Final = re.compile(f"([^\\W\\d_]{{1,8}})[{APOSTROPHES}](?=\\w)")

_word: Final = partial(tuple.__new__, Word)


@dataclass(slots=True, eq=False)
class Pointers:
    """What one spelling points to, of which the reader numbers those that point to any name."""

    number: int
    #: Its symbols that point to names together with another.
    paired: tuple[int, ...] = ()
    #: The number of its consonant frame, which does so too; -1 for none.
    frame: int = -1
    #: The names it points to by itself.
    singles: tuple[int, ...] = ()
    #: The symbols it may stand for, as texts.
    stands_for: tuple[str, ...] = ()
    #: What is known of it; None of two words read as one.
    meaning: Meaning | None = None
    #: Whether it is a run of signs without spaces, which is read sign by sign.
    syllabic: bool = False


_SYLLABIC: Final = Pointers(-1, syllabic=True)
#: A run of signs as a word.
A_RUN: Final = Meaning("", "", 0, 0, capital=True, all_caps=False, other_script=True, has_case=False)


def is_in_one(surface: str) -> re.Match[str] | None:
    """Where the second of two words begins that are written as one; None for a single word."""
    return _IN_ONE.search(surface) if len(surface) >= table.SHORTEST_IN_ONE and not surface.isupper() else None


def _behind_elision(surface: str, elisions: frozenset[str]) -> int:
    """Where a word begins to which a small one is joined by an apostrophe (``d'Hamas``); 0 in others."""
    found = None if surface.isalnum() else _ELISION.match(surface)
    return found.end() if found is not None and found[1].lower() in elisions else 0


class WordReader:
    """Reads the words of one language against one index. Caches are bounded: they are emptied when full."""

    def __init__(self, index: CompiledIndex, language: str = ENGLISH) -> None:
        self.index = index
        self.pack = pack(language)
        #: What is known of a spelling.
        self.meaning = meanings(language)
        self._pointers: dict[str, Pointers | None] = {}
        self._pairs: dict[int, tuple[int, ...]] = {}
        self._joined: dict[str, Pointers | None] = {}
        self._numbers = 0

    def places(self, text: str) -> frozenset[str]:
        """The English words for the countries that a text's capitalised words speak of, as each is called there."""
        meaning = self.meaning
        found: set[str] = set()
        for word in NAMELIKE.findall(text):
            if is_syllabic(word):
                found.update(countries_in_signs(word))
            else:
                found.add(meaning(word).country)
        return frozenset(found - {""})

    def pair(self, first: Pointers, second: Pointers) -> tuple[int, ...]:
        """The names that two words together point to."""
        number = first.number << 32 | second.number
        names = self._pairs.get(number)
        if names is None:
            found: dict[int, None] = {}
            for a in first.paired:
                for b in second.paired:
                    found.update(dict.fromkeys(self.index.pair(a, b)))
            if first.frame >= 0 and second.frame >= 0:
                found.update(dict.fromkeys(self.index.pair(first.frame, second.frame)))
            if len(self._pairs) > _CACHED_WORDS * 4:
                self._pairs.clear()
            names = self._pairs[number] = tuple(found)
        return names

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """Every word that lies wholly in this stretch of the text; two words written as one are two."""
        found = []
        # Split rather than searched, and made without the class's own constructor: this is where the time goes.
        stretch = text[start:end]
        pieces = iter((ANY_MARKED_WORD if MAY_HAVE_MARKS.search(stretch) else ANY_WORD).split(stretch))
        gap, at = next(pieces), start
        meaning_of, elisions = self.meaning, self.pack.elisions
        at += len(gap)
        for surface in pieces:
            # What a run of signs means is asked of the names that are found in it.
            meaning = meaning_of(surface) if surface.isascii() or not is_syllabic(surface) else A_RUN
            stop = at + len(surface)
            seen = len(surface) if surface.isalnum() else len(visible_end(surface))
            if elisions and (begin := _behind_elision(surface, elisions)):
                found.append(_word((at, at + begin, meaning_of(surface[: begin - 1]), gap)))
                found.append(_word((at + begin, at + seen, meaning_of(surface[begin:]), "")))
            elif (cut := is_in_one(surface)) is not None and cut.start() < seen:
                middle = at + cut.start()
                found.append(_word((at, middle, meaning_of(surface[: cut.start()]), gap)))
                found.append(_word((middle, at + seen, meaning_of(surface[cut.start() : seen]), "")))
            else:
                found.append(_word((at, at + seen, meaning, gap)))
            between = next(pieces)
            gap = surface[seen:] + between
            at = stop + len(between)
        if "-" in stretch or not stretch.isascii():
            articles = {start + m.start() for m in ASSIMILATED_ARTICLE.finditer(stretch)}
            if articles:
                return [self._as_article(text, word) if word.start in articles else word for word in found]
        return found

    def _as_article(self, text: str, word: Word) -> Word:
        """The article of an Arabic name, however it is written: ad-Din is al-Din."""
        capital = text[word.start].isupper()
        return word._replace(meaning=self.meaning(PLAIN_ARTICLE.capitalize() if capital else PLAIN_ARTICLE))

    def pointers(self, surface: str) -> Pointers | None:
        """What a spelling points to; None for one that can be no part of a listed name."""
        try:
            return self._pointers[surface]
        except KeyError:
            pass
        if is_syllabic(surface):
            return _SYLLABIC
        if len(surface) > _LONGEST:
            return None
        if len(self._pointers) > _CACHED_WORDS:
            self._pointers.clear()
            self._pairs.clear()
        found = self._pointers[surface] = self._point(self.meaning(surface))
        return found

    def points(self, surfaces: Sequence[str]) -> list[Pointers | None]:
        """What each of the words of a text without capitals points to.

        An everyday word may be part of a name where it stands beside one that tells what kind of body is meant, or,
        unless everybody uses it, beside a name that people have.
        """
        meanings = list(map(self.meaning, surfaces))
        kinds = [bool(meaning.english) for meaning in meanings]
        people = [meaning.capital and bool(meaning.flags & GIVEN_NAME) for meaning in meanings]
        found: list[Pointers | None] = []
        for at, (surface, meaning) in enumerate(zip(surfaces, meanings, strict=True)):
            beside = slice(max(0, at - 1), at + 2)
            makes_a_name = True in kinds[beside] or (meaning.zipf < table.IS_NO_NAME and True in people[beside])
            if makes_a_name and meaning.other_script and is_everyday(meaning):
                found.append(self._beside_a_name(surface, meaning))
            elif meaning.capital or meaning.other_script or meaning.form.isdigit():
                found.append(self.pointers(surface))
            else:
                found.append(None)
        return found

    def _beside_a_name(self, surface: str, meaning: Meaning) -> Pointers | None:
        key = f"{surface} "
        try:
            return self._pointers[key]
        except KeyError:
            found = self._pointers[key] = self._point(meaning, widely=True)
            return found

    def joined(self, one: Meaning, other: Meaning) -> Pointers | None:
        """What two words point to when they are read as one; None for most."""
        if not one.capital or not other.form.isalpha() or len(one.form) + len(other.form) < table.SHORTEST_JOINED:
            return None
        form = one.form + other.form
        try:
            return self._joined[form]
        except KeyError:
            pass
        if len(self._joined) > _CACHED_WORDS:
            self._joined.clear()
        own = symbol(form)
        id = self.index.symbol_id(own)
        found = None
        if id is not None:
            self._numbers += 1
            paired = (id,) if self.index.has_pairs(id) else ()
            found = Pointers(self._numbers, paired, -1, self.index.singles(id), (own,))
        self._joined[form] = found
        return found

    def _point(self, meaning: Meaning, *, widely: bool = False) -> Pointers | None:
        if not meaning.form:
            return None
        index = self.index
        symbols = listed_symbols(meaning, index, widely=widely)
        paired = tuple(id for id in symbols if index.has_pairs(id))
        frame = frame_of(meaning, index)
        singles = tuple(dict.fromkeys(name for id, whole in symbols.items() if whole for name in index.singles(id)))
        if len(meaning.form) == 2 and meaning.all_caps:
            # Two letters name nobody, but with a number they do: MS-13.
            singles = tuple(name for name in singles if self._has_number(name))
        elif len(meaning.form) < 3:
            singles = ()
        if not (paired or singles or frame >= 0):
            return None
        self._numbers += 1
        return Pointers(self._numbers, paired, frame, singles, tuple(map(index.symbol_text, symbols)), meaning)

    def _has_number(self, name: int) -> bool:
        return any(part.role is Role.NUMBER for part in self.index.name(name).parts)
