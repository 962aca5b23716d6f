"""Hangul syllables as sounds, levelled so that every romanisation of a Korean name comes to the same letters.

A syllable is a number of three: first consonant, vowel, last consonant. Romanisations (McCune-Reischauer, the South's,
the North's, and what people write by ear) differ in the voice of consonants and in o, eo, u, eu: these are one here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS_EACH, _LAST_EACH = 21, 28
#: First consonants, vowels and last consonants in the order of Unicode; N is the ng of the end, a dot is silent.
_CONSONANTS: Final = "k k n t t l m p p s s . c c c k t p h".replace(".", "").split(" ")
_VOWELS: Final = [
    "a",
    "e",
    "ya",
    "ye",
    "o",
    "e",
    "yo",
    "ye",
    "o",
    "wa",
    "we",
    "we",
    "yo",
    "o",
    "o",
    "we",
    "wi",
    "yo",
    "o",
    "i",
    "i",
]
_ENDS: Final = [
    "",
    *[
        "k",
        "k",
        "k",
        "n",
        "n",
        "n",
        "t",
        "l",
        "k",
        "m",
        "l",
        "l",
        "l",
        "l",
        "l",
        "m",
        "p",
        "p",
        "t",
        "t",
        "N",
        "t",
        "t",
        "k",
        "t",
        "p",
        "t",
    ],
]
#: Latin letters levelled in the same way, one after the other.
_LEVEL: Final = tuple(
    (re.compile(spelled), level)
    for spelled, level in (
        (r"[^a-z]", ""), (r"^(?:rhee|lee|yi|ri|li|rhie|yee)$", "i"), (r"(?<=[aou])r(?=k|t|$)", ""),
        (r"(?<=[aou])h$", ""), (r"ui", "i"),
        (r"w?oo|wu", "u"), (r"yeou?|you|yu", "yo"), (r"eo|eu|u", "o"), (r"ee", "i"), (r"ai|ae", "e"),
        (r"wo?e|oi|oe|oy", "we"), (r"wo", "o"), (r"ng", "N"), (r"ch|j|z", "c"), (r"sh", "s"), (r"g", "k"), (r"d", "t"),
        (r"[bfv]", "p"), (r"r", "l"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def is_hangul(text: str) -> bool:
    """Whether every sign is a Hangul syllable."""
    return bool(text) and all("\uac00" <= sign <= "\ud7a3" for sign in text)


@lru_cache(maxsize=1 << 16)
def sound_of(syllables: str, *, family: bool = False) -> str:
    """The levelled sound of Hangul syllables; of a family name without the l or n that one half of Korea drops."""
    found = []
    for sign in syllables:
        number = ord(sign) - _FIRST
        first, rest = divmod(number, _VOWELS_EACH * _LAST_EACH)
        vowel, last = divmod(rest, _LAST_EACH)
        found.append(_CONSONANTS[first] + _VOWELS[vowel] + _ENDS[last])
    sound = "".join(found)
    return _without_first(sound) if family else sound


@lru_cache(maxsize=1 << 16)
def sound_of_latin(form: str, *, family: bool = False) -> str:
    """The levelled sound of a part of a Korean name in Latin letters."""
    for spelled, level in _LEVEL:
        form = spelled.sub(level, form)
    return _without_first(form) if family else form


def _without_first(sound: str) -> str:
    """A family name as the South says it: Im for Rim, No for Ro, I for Ri."""
    if sound[:1] == "l":
        sound = sound[1:] if sound[1:2] in ("i", "y") else f"n{sound[1:]}"
    return "i" if sound == "yi" else sound
