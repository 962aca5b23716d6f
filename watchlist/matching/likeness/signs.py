"""Names in Hangul or Han signs against names in Latin letters, by their consonants as these scripts hear them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from watchlist.matching import table
from watchlist.matching.language.packs.load import pack
from watchlist.matching.language.script.hangul import is_hangul, sound_of, sound_of_latin
from watchlist.matching.language.script.normalise import native
from watchlist.matching.language.script.scripts import script_of
from watchlist.matching.language.syllabic import KOREAN

#: Letters of foreign names, levelled to what the signs can say.
_LEVEL: Final = tuple(
    (re.compile(spelled), level)
    for spelled, level in (
        ("x", "ks"), ("ph", "f"), ("sch|tch|sh", "s"), ("ck|q|c(?=[^eiyh]|$)", "k"), ("c(?=[eiy])", "s"),
        ("th", "t"), ("gh|wh", "h"), ("(?<=[a-z])h(?![aeiouy])", ""),
    )
)  # fmt: skip
_VOWELS: Final = re.compile("[aeiouyw]+")
_DOUBLED: Final = re.compile(r"(.)\1+")


def across_signs(one: str, other: str) -> float | None:
    """How alike a name in signs and one in Latin letters are; None where the two are not of these scripts."""
    if one.isascii() and other.isascii():
        return None
    signs, letters = native(one).replace(" ", ""), native(other)
    if signs.isascii():
        signs, letters = letters.replace(" ", ""), native(one)
    words = re.findall("[a-z]+", letters) if letters.isascii() else []
    if not words or not signs or signs.isascii():
        return None
    signs = "".join(filter(str.isalpha, signs))
    if is_hangul(signs):
        if _is_korean_name(signs, words):
            return 1.0
        likeness = _likeness(_consonants(sound_of(signs)), words)
        return likeness * table.ANOTHER_KOREAN if _has_family_name(signs, words) else likeness
    if signs and all(script_of(sign) == "han" for sign in signs):
        heard = "".join(sound_of_latin(anyascii(sign).lower()) for sign in signs)
        return _likeness(_consonants(heard), words)
    return None


def _is_korean_name(signs: str, words: list[str]) -> bool:
    """Whether every syllable is that of a Korean name, whose family name stands first or last."""
    if not 2 <= len(signs) <= 4 or len(words) < 2:
        return False
    heard = sound_of(signs[0], family=True), sound_of(signs[1:])
    orders = ((words[0], words[1:]), (words[-1], words[:-1]))
    return any(
        heard == (sound_of_latin(family, family=True), "".join(map(sound_of_latin, given))) for family, given in orders
    )


def _has_family_name(signs: str, words: list[str]) -> bool:
    """Whether both are Korean names of one family, so that what they differ in are given names."""
    family = signs[0]
    korean = len(signs) == 3 and len(words) > 1 and family in pack(KOREAN).family_names
    return korean and sound_of(family, family=True) == sound_of_latin(words[0], family=True)


def _likeness(heard: str, words: list[str]) -> float:
    """The share of the consonants that agree, on the scale of likeness: half of them make it as likely as not."""
    share = _alike(heard, words)
    least, most = table.NAME_PREDICTED, table.SAME_SIGNS
    if share < table.HALF_OF_THE_SIGNS:
        return least * share / table.HALF_OF_THE_SIGNS
    return least + (most - least) * (share - table.HALF_OF_THE_SIGNS) / (1 - table.HALF_OF_THE_SIGNS)


def _alike(heard: str, words: list[str]) -> float:
    spelled = [_spelled(word) for word in words]
    ways = {"".join(spelled), "".join(reversed(spelled))}
    ways |= {re.sub("(?<=.)l(?=[^l]|$)", "", way) for way in ways}
    return max((Levenshtein.normalized_similarity(heard, way) for way in ways), default=0.0)


@lru_cache(maxsize=1 << 14)
def _spelled(word: str) -> str:
    for pattern, level in _LEVEL:
        word = pattern.sub(level, word)
    return _consonants(sound_of_latin(word))


def _consonants(sound: str) -> str:
    first = "a" if sound[:1] in "aeiouyw" else ""
    return first + _DOUBLED.sub(r"\1", _VOWELS.sub("", sound.replace("N", "n")))
