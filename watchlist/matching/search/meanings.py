"""What a spelling may stand for: the lexicon's knowledge of it, and the listed words that it may be a spelling of."""

from __future__ import annotations

import sys
from typing import Final

from rapidfuzz.distance import OSA

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.keys import deletions
from watchlist.matching.language.abjad import fits, frames
from watchlist.matching.language.inflection import stems
from watchlist.matching.language.lexicon import EASTERN, FAMILY_NAME, GIVEN_NAME, ORDINARY, common_words, lexicon
from watchlist.matching.language.name_frequency import name_frequency
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.normalise import clean, consonants, native, skeleton, without_vowels
from watchlist.matching.language.spelling import symbol
from watchlist.matching.search.patterns import NAMELIKE, visible_end
from watchlist.matching.search.words import Meaning

#: How common a word of the list of everyday words is taken to be, on the scale of the lexicon.
_EVERYDAY: Final = 50
#: How far a short form stands for the full name: Sasha for Aleksandr.
_NICKNAME: Final = 0.92
#: From this many letters on a word without vowels leaves little doubt which name it is.
_LONG_STEM: Final = 6
#: How many listed words a word written without vowels may stand for.
_MOST_FRAMED: Final = 40


class Meanings:
    """What spellings mean against one index. Keeps nothing: the reader remembers."""

    def __init__(self, index: CompiledIndex) -> None:
        self._index = index

    def meaning(self, surface: str) -> Meaning:
        """What is known of a spelling; worked out anew each time."""
        known = lexicon()
        surface = visible_end(surface)
        whole = clean(surface)
        form = without_abd(whole)
        script = native(surface)
        other_script = not script.isascii()
        flags = known.flags.get(whole, 0)
        zipf = known.zipf.get(whole, 0)
        if other_script and script in common_words():
            flags, zipf = flags | ORDINARY, _EVERYDAY
        if not flags and len(whole) > 4 and whole.endswith("s"):
            flags = known.flags.get(whole[:-1], 0) & ~(GIVEN_NAME | FAMILY_NAME)
        capital = NAMELIKE.match(surface) is not None
        symbols, compound = self._symbols(form, flags, capital) if form else ({}, False)
        if form and name_frequency(symbol(form)).as_given_name:
            flags |= GIVEN_NAME
        if other_script and form and not flags & ORDINARY:
            symbols = {**self._in_other_script(script), **symbols}
        all_caps = len(surface) > 1 and surface.isupper()
        # Made for every new word: by position, since keywords take twice as long.
        return Meaning(form, symbols, flags, zipf, capital, all_caps, compound, other_script)

    def _symbols(self, form: str, flags: int, capital: bool) -> tuple[dict[str, float], bool]:
        own = sys.intern(symbol(form))
        listed = self._index.symbol_id(own) is not None
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
            own = symbol(without_abd(clean(stem)))
            if self._index.symbol_id(own) is not None:
                found.setdefault(sys.intern(own), 0.99)
            if without_vowels(stem):
                ids = {id: None for frame in frames(stem) for id in self._index.same_frame(frame)[:_MOST_FRAMED]}
                for other in map(self._index.symbol_text, ids):
                    if fits(stem, other):
                        found.setdefault(sys.intern(other), 0.99 if len(stem) >= _LONG_STEM else 0.965)
        return found

    def _is_given(self, text: str) -> bool:
        id = self._index.symbol_id(text)
        return id is not None and self._index.is_given_name(id)

    def _alike(self, own: str, listed: bool) -> list[tuple[str, float]]:
        """Other symbols this may be a spelling of: same consonants, or, for an unlisted word, one slip of the pen."""
        others = []
        for id in self._index.same_frame(skeleton(own)):
            other = self._index.symbol_text(id)
            shortest = min(len(own), len(other))
            if own.startswith(other) or other.startswith(own):
                continue  # a final vowel makes another name: Hashem and Hashemi, Ivanov and Ivanova
            if shortest < 7 and consonants(own) != consonants(other):
                continue
            slips = OSA.distance(own, other)
            if 0 < slips <= (2 if shortest >= 8 else 1 if len(own) >= 5 else 0):
                others.append((other, 1 - 0.06 * slips))
        if not listed and len(own) > 5:
            near = {id for form in deletions(own) for id in self._index.near_spelling(form)}
            for id in sorted(near):
                other = self._index.symbol_text(id)
                ends = own.startswith(other) or other.startswith(own)
                if other[0] == own[0] and not ends and OSA.distance(own, other) == 1:
                    others.append((other, 0.85))
        return others
