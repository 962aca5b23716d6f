"""Names in a run of signs: where a listed one stands, and that it is no part of other words.

The work is linear in the length of the run: at each sign two of them are looked up, and more only where a name begins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.packs.load import everyday_words, pack
from watchlist.matching.language.script.scripts import script_of
from watchlist.matching.language.syllabic import (
    CHINESE,
    KOREAN,
    LONGEST,
    SHORTEST,
    signs_of,
    sound_of_signs,
    sound_of_syllables,
)

#: What stands between the names of a foreigner.
NAME_POINTS: Final = frozenset("·・•‧∙⋅･-‐–－")
_HAN: Final = "han"
_KANA: Final = "kana"
_HANGUL: Final = "hangul"
#: The length of a Chinese name in signs, of which one of two says too little by its sound.
_BY_SOUND: Final = 3
#: How far beside a name words are weighed against it, and the longest such word.
_BESIDE: Final = 3
_LONGEST_WORD: Final = 4
#: What a word costs that is as frequent as this (ten times its Zipf value), and a sign that is no word of the table.
_CERTAIN: Final = 90
_ONE_SIGN: Final = 45
_LISTED_NAME: Final = 45
_CACHED: Final = 1 << 17
#: The longest Korean name in syllables.
_LONGEST_NAME: Final = 4


def may_have_spaces(sign: str) -> bool:
    """Whether spaces may stand inside a name in the script of a sign."""
    return script_of(sign) not in (_HAN, _KANA)


class FoundSigns(NamedTuple):
    """A listed name by its number, where it stands in a run, how sure that is; whether by the family name alone."""

    start: int
    end: int
    name: int
    likeness: float
    family_only: bool = False


class SignReader:
    """Reads runs of signs against one index. Caches are bounded: they are emptied when full."""

    def __init__(self, index: CompiledIndex) -> None:
        self._index = index
        self._names: dict[str, tuple[int, ...]] = {}

    def names(self, run: str) -> list[FoundSigns]:
        """The listed names in a run of signs, in which points and spaces may stand."""
        signs, places = signs_of(run)
        found: list[FoundSigns] = []
        for start, end, key, likeness in self._keys(signs, run, places):
            last = places[end - 1] + 1
            while last < len(run) and unicodedata.category(run[last]) == "Mn":
                last += 1
            if key[0] == "§" and _has_other_names(run, places[start], last):
                continue
            found += [FoundSigns(places[start], last, name, likeness, key[0] == "§") for name in self._with(key)]
        return found

    def _with(self, key: str) -> tuple[int, ...]:
        names = self._names.get(key)
        if names is None:
            if len(self._names) > _CACHED:
                self._names.clear()
            names = self._names[key] = tuple(self._index.with_syllables(key))
        return names

    def _keys(self, signs: str, run: str, places: Sequence[int]) -> Iterator[tuple[int, int, str, float]]:
        get, look = self._names.get, self._with
        for start in range(len(signs) - 1):
            two = f"^{signs[start : start + SHORTEST]}"
            begins = get(two)
            if begins is None:
                begins = look(two)
            if begins and _may_begin(signs, start, run, places):
                for end in range(start + SHORTEST, min(len(signs), start + LONGEST) + 1):
                    for kind in "=§":
                        key = f"{kind}{signs[start:end]}"
                        if look(key) and _may_end(signs, end, run, places) and _stands_alone(signs, start, end):
                            yield start, end, key, 1.0
        if signs[:1] and script_of(signs[0]) == _HANGUL:
            yield from _sounds_of_words(run, places)
        else:
            yield from _sounds_of_signs(signs)


def _sounds_of_signs(signs: str) -> Iterator[tuple[int, int, str, float]]:
    names = pack(CHINESE).family_names
    words = everyday_words(CHINESE)
    for start in range(len(signs) - _BY_SOUND + 1):
        if signs[start] in names:
            three = signs[start : start + _BY_SOUND]
            if three not in words and all(script_of(sign) == _HAN for sign in three):
                yield start, start + _BY_SOUND, sound_of_signs(three), table.BY_SOUND_OF_SIGNS


def _sounds_of_words(run: str, places: Sequence[int]) -> Iterator[tuple[int, int, str, float]]:
    start = 0
    for word in run.split(" "):
        for length, key in _names_by_sound(word):
            first = places.index(start)
            yield first, first + length, key, table.BY_SOUND_OF_SYLLABLES
        start += len(word) + 1


@lru_cache(maxsize=_CACHED)
def _names_by_sound(word: str) -> tuple[tuple[int, str], ...]:
    """How long a name is that a Korean word begins with, and its key: none for an everyday word with its particle."""
    if not 2 < len(word) <= _LONGEST_NAME + _longest_particle() or word[0] not in _first_syllables():
        return ()
    words, stems = everyday_words(KOREAN), _korean_stems(word)
    if any(stem in words for stem in stems):
        return ()
    return tuple((len(stem), key) for stem in stems if (key := sound_of_syllables(stem)) is not None)


def _korean_stems(word: str) -> list[str]:
    """A word, and what is left of it without a particle."""
    particles = _particles()
    shortest = max(SHORTEST, len(word) - _longest_particle())
    return [word, *(word[:cut] for cut in range(shortest, len(word)) if word[cut:] in particles)]


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset(name[0] for name in pack(KOREAN).family_names)


@cache
def _longest_particle() -> int:
    return max(map(len, _particles()))


def _may_begin(signs: str, start: int, run: str, places: Sequence[int]) -> bool:
    """Whether a word may begin here: Hangul and kana are not cut out of a longer word."""
    at = places[start]
    if not at or not run[at - 1].isalnum():
        return True
    script = script_of(run[at])
    if script == _HANGUL:
        return script_of(run[at - 1]) != _HANGUL
    return not (script == _KANA and _is_katakana(run[at]) and _is_katakana(run[at - 1]))


def _may_end(signs: str, end: int, run: str, places: Sequence[int]) -> bool:
    """Whether a word may end here: behind Hangul stands at most a particle."""
    at = places[end - 1] + 1
    if at >= len(run) or not (run[at].isalnum() or unicodedata.category(run[at])[0] in "LM"):
        return True
    script = script_of(run[at - 1])
    if unicodedata.category(run[at]) == "Mc":
        # A vowel of the last syllable.
        return False
    if script == _HANGUL:
        tail = run[at:].split(" ", 1)[0]
        return tail in _particles() or script_of(run[at]) != _HANGUL
    return not (script == _KANA and _is_katakana(run[at - 1]) and _is_katakana(run[at]))


def _has_other_names(run: str, first: int, last: int) -> bool:
    """Whether a point joins a family name to other names than the listed ones."""
    return run[max(0, first - 1) : first] in NAME_POINTS or run[last : last + 1] in NAME_POINTS


@cache
def _particles() -> frozenset[str]:
    return frozenset(ending for ending, _ in pack(KOREAN).endings)


def _is_katakana(sign: str) -> bool:
    return "\u30a0" <= sign <= "\u30ff" and sign != "・"


def _stands_alone(signs: str, start: int, end: int) -> bool:
    """Whether no cheaper reading of the signs around cuts across the name: 伊斯兰国家 is 伊斯兰 and 国家."""
    if script_of(signs[start]) not in (_HAN, _KANA):
        return True
    first, last = max(0, start - _BESIDE), min(len(signs), end + _BESIDE)
    cost, parts = _cheapest(signs, first, last)
    cuts = {first}
    for part in parts:
        cuts.add(max(cuts) + part)
    if start in cuts and end in cuts:
        return True
    return _cheapest(signs, first, start)[0] + _LISTED_NAME + _cheapest(signs, end, last)[0] <= cost


def _cheapest(signs: str, first: int, last: int) -> tuple[int, tuple[int, ...]]:
    """The likeliest words of a stretch: what they cost, and how long each is."""
    words = everyday_words(CHINESE)
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for end in range(first + 1, last + 1):
        ways = []
        for start in range(max(first, end - _LONGEST_WORD), end):
            before, parts = best[start - first]
            if end - start == 1:
                ways.append((before + _ONE_SIGN, (*parts, 1)))
            elif (known := words.get(signs[start:end])) is not None:
                ways.append((before + _CERTAIN - known.zipf, (*parts, end - start)))
        best.append(min(ways))
    return best[-1]
