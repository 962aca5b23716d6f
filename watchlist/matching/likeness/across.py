"""How alike a word of another script and one in Latin letters are, of which somebody says that they are one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from watchlist.matching import table
from watchlist.matching.language.packs.inflection import stems
from watchlist.matching.language.packs.load import default_of, pack
from watchlist.matching.language.script.abjad import claimed_share
from watchlist.matching.language.script.normalise import fold, native, without_vowels
from watchlist.matching.language.script.scripts import CYRILLIC, script_of
from watchlist.matching.language.spelling import form_of, surfaces_of, symbol

#: The comparable form of each word of such a script to what it may be in its own letters, the likeliest first.
Written = Mapping[str, tuple[str, ...]]
_NONE: Final[Written] = {}
_OF_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")


@lru_cache(maxsize=1 << 12)
def written(text: str) -> Written:
    """The words of a name that are in a script without vowels, or in Cyrillic; none for most names."""
    if text.isascii():
        return _NONE
    return {
        form_of(surface): _readings(native(surface).replace(" ", "")) if without_vowels(surface) else (native(surface),)
        for surface in surfaces_of(text)
        if without_vowels(surface) or has_vowels((surface,))
    }


def has_vowels(readings: tuple[str, ...]) -> bool:
    """Whether a word is in Cyrillic, which writes its vowels: in Latin letters it may be compared as well."""
    return _OF_CYRILLIC.match(readings[0]) is not None


def _readings(word: str) -> tuple[str, ...]:
    """A word as it stands, and without what may be written together with it."""
    code = default_of(script_of(word[:1]))
    return (word,) if code is None else stems(word, pack(code))


def across(readings: tuple[str, ...], form: str) -> float:
    """How alike a word of another script is to one in Latin letters; 0 for two names."""
    told = max(
        max(claimed_share(word, sound) for sound in {symbol(form), fold(form)}) - (table.CUT_READING if at else 0.0)
        for at, word in enumerate(readings)
    )
    least = table.TOLD_IN_CYRILLIC if has_vowels(readings) else table.TOLD_AT_LEAST
    if told < least:
        return 0.0
    return min(table.SAME_WORD, table.LEAST_ACROSS + table.EACH_SHARE_TOLD * (told - least))
