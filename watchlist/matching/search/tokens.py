"""Words of an article as the index knows them: looked up once per spelling, then cached.

`Reader.scan` finds the words that point to listed names: one compiled expression that yields only words with a capital
or of a script without case, and one dictionary look-up for each. `Reader.words` reads every word of a short stretch,
for aligning a candidate.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from watchlist.matching.index.compiled import Index
from watchlist.matching.index.names import common_words, symbol, unjoined
from watchlist.matching.language.abjad import fits, frames
from watchlist.matching.language.inflection import stems
from watchlist.matching.language.keys import deletions
from watchlist.matching.language.lexicon import EASTERN, FAMILY, GIVEN, ORDINARY, lexicon
from watchlist.matching.language.normalise import (
    APOSTROPHES,
    INVISIBLE,
    JOINED,
    clean,
    consonants,
    native,
    skeleton,
    without_possessive,
    without_vowels,
)
from watchlist.matching.language.parts import Role
from watchlist.matching.language.syllabic import SYLLABIC

_CACHED_WORDS: Final = 1 << 17
_LONGEST: Final = 48
#: A given name of this many listed entities is a common one.
_COMMON_GIVEN: Final = 4
#: How common a word of the list of everyday words is taken to be, on the scale of the lexicon.
_EVERYDAY: Final = 50
#: How far a short form stands for the full name: Sasha for Aleksandr.
_NICKNAME: Final = 0.92
#: From this many letters on a word without vowels leaves little doubt which name it is.
_LONG_STEM: Final = 6
#: How many listed words a word written without vowels may stand for.
_MOST_FRAMED: Final = 40
_CAPITALS: Final = "A-ZÀ-ÖØ-Þ" + "".join(
    chr(c) for c in (*range(0x100, 0x590), *range(0x1E00, 0x2000)) if chr(c).isupper()
)
#: Han signs beyond the Basic Multilingual Plane, as the inside of a character class.
RARE_HAN: Final = "\U00020000-\U0003ffff"
#: Letters of scripts without case: Hebrew to Hangul and kana, Han, and their presentation forms.
_CASELESS: Final = (
    "\u05d0-\u10ff\u1100-\u1cff\u2d30-\u2ddf\u3041-\ud7ff\uf900-\ufb06\ufb1d-\ufdff\ufe70-\ufefe\uff66-\uffdc"
    f"{RARE_HAN}"
)
_JOIN: Final = f"[{APOSTROPHES}{INVISIBLE}]+"
#: Letters that a word which may be part of a name begins with, as the inside of a character class.
NAMELIKE_LETTERS: Final = f"{_CAPITALS}{_CASELESS}"
#: Such a word, as an expression that never gives back what it took.
NAMELIKE_WORD: Final = f"[{NAMELIKE_LETTERS}]\\w*+(?:{_JOIN}\\w++|{JOINED})*+"
#: The same for texts without the name of God, which spares looking for it after every word.
PLAIN_WORD: Final = f"[{NAMELIKE_LETTERS}]\\w*+(?:{_JOIN}\\w++)*+"
#: Syllables with small letters after hyphens, which belong to the word before.
SMALL_SYLLABLES: Final = "(?:[-‐‑][a-z]{1,6}\\b)*+"
_SCAN: Final = re.compile(NAMELIKE_WORD)
_WORD: Final = re.compile(f"(\\w++(?:{_JOIN}\\w++|{JOINED})*+)")
_TRAILING: Final = re.compile(f"[{APOSTROPHES}{INVISIBLE}]+$")


_GAP: Final = f"(?:(?<=[\\s.][{_CAPITALS}])\\.)?[\\s{INVISIBLE}\\-‐‑·・{APOSTROPHES}]{{1,4}}"
#: Words that stand small inside a name, and words that stand small after one and may belong to it.
_INNER: Final = frozenset(filter(str.isalpha, lexicon().particles))
_TAILS: Final = frozenset(filter(str.isalpha, lexicon().generic))
_SMALL, _TAIL = ("|".join(sorted(words, key=len, reverse=True)) for words in (_INNER, _TAILS))
# The look-ahead spares trying every small word and every tail where a capital stands.
_STRIP: Final = re.compile(
    f"\\w++(?:{_JOIN}\\w++|{JOINED})*+"
    f"(?:{_GAP}(?:(?=[a-z])(?:{_SMALL})\\b{_GAP}){{0,2}}[{NAMELIKE_LETTERS}0-9]\\w*+(?:{_JOIN}\\w++|{JOINED})*+"
    f"|[-‐‑][a-z]{{1,6}}\\b)*(?:{_GAP}(?=[a-z])(?:{_TAIL})\\b){{0,2}}"
)
_LONGEST_STRIP: Final = 120
_NO_GAP: Final = frozenset({"", ",", ";", ":", ")"})
#: As far as it takes to see whether a strip goes on after a word.
_GLANCE: Final = 24


class Meaning(NamedTuple):
    """What is known of one spelling."""

    form: str
    #: Symbols of listed names the word may stand for, with how alike they are (1 is the same class of spellings).
    symbols: dict[str, float]
    #: What the lexicon knows of the word.
    flags: int
    zipf: int
    #: Starts with a capital, or is of a script without case.
    capital: bool
    #: All letters are capitals, and there are at least two.
    shouted: bool
    #: Two listed words written as one.
    compound: bool
    #: Not written in Latin letters, so that the lexicon cannot know it.
    other_script: bool


class Key:
    """What the hot path needs of one spelling: its length, its symbols with pairs, the names it points to alone."""

    __slots__ = ("length", "number", "paired", "singles", "syllabic")

    def __init__(
        self, number: int, length: int, paired: tuple[int, ...], singles: tuple[int, ...], *, syllabic: bool = False
    ) -> None:
        self.syllabic = syllabic
        self.number = number
        self.length = length
        self.paired = paired
        self.singles = singles


#: A word of a text that points to listed names: start, end, and what it points to.
Anchor = tuple[int, int, Key]


class Word(NamedTuple):
    """A word of an article in place."""

    start: int
    end: int
    meaning: Meaning
    #: The text between the word before and this one.
    gap: str


_word: Final = partial(tuple.__new__, Word)


class Reader:
    """Reads words against one index. Caches are bounded: they are emptied when full."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._keys: dict[str, Key | None] = {}
        self._meanings: dict[str, Meaning] = {}
        self._pairs: dict[int, tuple[int, ...]] = {}

    def scan(self, text: str) -> list[Anchor]:
        """The words of a text that point to listed names, in order, with their place."""
        found: list[Anchor] = []
        append = found.append
        keys = self._keys
        get = keys.get
        for match in _SCAN.finditer(text):
            word = match.group()
            key = get(word)
            if key is None:
                if word in keys:
                    continue
                key = self._key(word)
                if key is None:
                    continue
            start = match.start()
            append((start, start + key.length, key))
        return found

    def places(self, text: str) -> frozenset[str]:
        """The forms of a text's capitalised words that speak of a country."""
        forms = {self.meaning(word).form for word in _SCAN.findall(text)}
        return frozenset(forms & lexicon().countries.keys())

    def pair(self, first: Key, second: Key) -> tuple[int, ...]:
        """The names that two words together point to."""
        number = first.number << 32 | second.number
        names = self._pairs.get(number)
        if names is None:
            found: dict[int, None] = {}
            for a in first.paired:
                for b in second.paired:
                    if a != b:
                        found.update(dict.fromkeys(self.index.pair(a, b)))
            if len(self._pairs) > _CACHED_WORDS * 4:
                self._pairs.clear()
            names = self._pairs[number] = tuple(found)
        return names

    def strip_end(self, text: str, start: int) -> int:
        """Where the stretch ends that a name could cover: words with capitals, and small words between them."""
        found = _STRIP.match(text, start, start + _LONGEST_STRIP)
        return found.end() if found is not None else start

    @staticmethod
    def may_go_on(text: str, end: int) -> bool:
        """Whether a strip could reach beyond a word that ends here and has no other with a capital near after it.

        A glance that spares most of them the expression: what follows is a comma, or an everyday word.
        """
        following = text[end : end + _GLANCE]
        if following[:1] in _NO_GAP:
            return False
        word = following[1:].partition(" ")[0].rstrip(",.;:")
        everyday = following[0] == " " and word.isalpha() and word not in _INNER and word not in _TAILS
        return not everyday

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """Every word that lies wholly in this stretch of the text."""
        found = []
        get = self._meanings.get
        # Split rather than searched, and made without the class's own constructor: this is where the time goes.
        pieces = iter(_WORD.split(text[start:end]))
        gap, at = next(pieces), start
        at += len(gap)
        for surface in pieces:
            meaning = get(surface) or self.meaning(surface)
            stop = at + len(surface)
            if surface.isalnum():
                found.append(_word((at, stop, meaning, gap)))
                gap = next(pieces)
                at = stop + len(gap)
            else:
                seen = len(visible_end(surface))
                found.append(_word((at, at + seen, meaning, gap)))
                between = next(pieces)
                gap = surface[seen:] + between
                at = stop + len(between)
        return found

    def meaning(self, surface: str) -> Meaning:
        """What is known of a spelling."""
        meaning = self._meanings.get(surface)
        if meaning is None:
            meaning = self._read(surface)
            if len(surface) <= _LONGEST:
                if len(self._meanings) > _CACHED_WORDS:
                    self._meanings.clear()
                self._meanings[surface] = meaning
        return meaning

    def _key(self, surface: str) -> Key | None:
        if SYLLABIC.match(surface):
            return Key(-1, len(surface), (), (-1,), syllabic=True)
        if len(surface) > _LONGEST:
            return None
        meaning = self.meaning(surface)
        ids = [id for text in meaning.symbols if (id := self.index.symbol_id(text)) is not None]
        paired = tuple(id for id in ids if self.index.has_pairs(id))
        own = [id for id in ids if meaning.symbols[self.index.symbol_text(id)] >= 0.99][:1]
        singles = tuple(name for id in own for name in self.index.singles(id))
        if len(meaning.form) == 2 and meaning.shouted:
            # Two letters name nobody, but with a number they do: MS-13.
            singles = tuple(name for name in singles if self._has_number(name))
        elif len(meaning.form) < 3:
            singles = ()
        if len(self._keys) > _CACHED_WORDS:
            self._keys.clear()
            self._pairs.clear()
        key = None
        if (paired or singles) and len(meaning.form) > 1:
            key = Key(len(self._keys), len(visible_end(surface)), paired, singles)
        self._keys[surface] = key
        return key

    def _has_number(self, name: int) -> bool:
        return any(part.role is Role.NUMBER for part in self.index.name(name).parts)

    def _read(self, surface: str) -> Meaning:
        known = lexicon()
        surface = visible_end(surface)
        whole = clean(surface)
        form = unjoined(whole)
        script = native(surface)
        other_script = not script.isascii()
        flags = known.flags.get(whole, 0)
        zipf = known.zipf.get(whole, 0)
        if other_script and script in common_words():
            flags, zipf = flags | ORDINARY, _EVERYDAY
        if not flags and len(whole) > 4 and whole.endswith("s"):
            flags = known.flags.get(whole[:-1], 0) & ~(GIVEN | FAMILY)
        capital = _SCAN.match(surface) is not None
        symbols, compound = self._symbols(form, flags, capital) if form else ({}, False)
        if form and self._is_given(symbol(form), _COMMON_GIVEN):
            flags |= GIVEN
        if other_script and form and not flags & ORDINARY:
            symbols = {**self._in_other_script(script), **symbols}
        shouted = len(surface) > 1 and surface.isupper()
        return Meaning(form, symbols, flags, zipf, capital, shouted, compound, other_script)

    def _symbols(self, form: str, flags: int, capital: bool) -> tuple[dict[str, float], bool]:
        own = sys.intern(symbol(form))
        listed = self.index.symbol_id(own) is not None
        found = {own: 1.0} if listed else {}
        country = lexicon().adjectives.get(form)
        if country is not None:
            found[sys.intern(symbol(country))] = 0.97
        if capital:
            for full in map(symbol, lexicon().nicknames.get(form, ())):
                if self._is_given(full):
                    found.setdefault(sys.intern(full), _NICKNAME)
        if not capital or len(own) < 4 or flags & ~EASTERN or form.isdigit() or form.isupper():
            return found, False
        for other, likeness in self._alike(own, listed):
            found.setdefault(sys.intern(other), likeness)
        if len(form) >= 8:
            for cut in range(4, len(form) - 3):
                first, second = symbol(form[:cut]), symbol(form[cut:])
                if self._is_given(first) and self._is_given(second):
                    return {**found, first: 0.96, second: 0.96}, True
        return found, False

    def _in_other_script(self, word: str) -> dict[str, float]:
        """Symbols that a word of another script may stand for, endings, prefixes and missing vowels allowed for."""
        found: dict[str, float] = {}
        for stem in stems(word):
            own = symbol(unjoined(clean(stem)))
            if self.index.symbol_id(own) is not None:
                found.setdefault(sys.intern(own), 0.99)
            if without_vowels(stem):
                ids = {id: None for frame in frames(stem) for id in self.index.same_frame(frame)[:_MOST_FRAMED]}
                for other in map(self.index.symbol_text, ids):
                    if fits(stem, other):
                        found.setdefault(sys.intern(other), 0.99 if len(stem) >= _LONG_STEM else 0.965)
        return found

    def _is_given(self, text: str, often: int = 1) -> bool:
        id = self.index.symbol_id(text)
        return id is not None and self.index.counts(id)[2] >= often

    def _alike(self, own: str, listed: bool) -> list[tuple[str, float]]:
        """Other symbols this may be a spelling of: same consonants, or, for an unlisted word, one slip of the pen."""
        others = []
        for id in self.index.same_frame(skeleton(own)):
            other = self.index.symbol_text(id)
            shortest = min(len(own), len(other))
            if own.startswith(other) or other.startswith(own):
                continue  # a final vowel makes another name: Hashem and Hashemi, Ivanov and Ivanova
            if shortest < 7 and consonants(own) != consonants(other):
                continue
            slips = OSA.distance(own, other)
            if 0 < slips <= (2 if shortest >= 8 else 1 if len(own) >= 5 else 0):
                others.append((other, 1 - 0.06 * slips))
        if not listed and len(own) > 5:
            near = {id for form in deletions(own) for id in self.index.near_spelling(form)}
            for id in sorted(near):
                other = self.index.symbol_text(id)
                ends = own.startswith(other) or other.startswith(own)
                if other[0] == own[0] and not ends and OSA.distance(own, other) == 1:
                    others.append((other, 0.85))
        return others


def visible_end(surface: str) -> str:
    """A word without trailing apostrophes, invisible characters and genitive, all of which are no part of a name."""
    return without_possessive(_TRAILING.sub("", surface)) if not surface.isalnum() else surface
