"""How alike a word without vowels and one in Latin letters are, of which somebody says that they are one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from watchlist.matching import table
from watchlist.matching.language.packs.inflection import stems
from watchlist.matching.language.packs.load import default_of, pack
from watchlist.matching.language.script.abjad import claimed_share
from watchlist.matching.language.script.normalise import fold, native, without_vowels
from watchlist.matching.language.script.scripts import script_of
from watchlist.matching.language.spelling import form_of, surfaces_of, symbol

#: The comparable form of each word without vowels to what it may be in its own script, the likeliest first.
Written = Mapping[str, tuple[str, ...]]
_NONE: Final[Written] = {}


@lru_cache(maxsize=1 << 12)
def written(text: str) -> Written:
    """The words of a name that are in a script without vowels; none for most names."""
    if text.isascii():
        return _NONE
    return {
        form_of(surface): _readings(native(surface).replace(" ", ""))
        for surface in surfaces_of(text)
        if without_vowels(surface)
    }


def _readings(word: str) -> tuple[str, ...]:
    """A word as it stands, and without what may be written together with it."""
    code = default_of(script_of(word[:1]))
    return (word,) if code is None else stems(word, pack(code))


def across(readings: tuple[str, ...], form: str) -> float:
    """How alike a word without vowels is to one in Latin letters; 0 for two names."""
    told = max(
        max(claimed_share(word, sound) for sound in {symbol(form), fold(form)}) - (table.CUT_READING if at else 0.0)
        for at, word in enumerate(readings)
    )
    if told < table.TOLD_AT_LEAST:
        return 0.0
    return min(table.SAME_WORD, table.LEAST_ACROSS + table.EACH_SHARE_TOLD * (told - table.TOLD_AT_LEAST))
