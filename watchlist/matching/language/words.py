"""Words of a text as values: what language knows of a spelling, and where a word stands.

Nothing here knows a list: what a spelling means is the same whatever is listed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from watchlist.matching.language.inflection import stems
from watchlist.matching.language.lexicon import (
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    ORDINARY,
    PLACE,
    TITLE,
    common_words,
    lexicon,
)
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, clean, native, without_possessive
from watchlist.matching.language.numbers import as_digits
from watchlist.matching.language.scripts import CAPITALS, CASELESS
from watchlist.matching.language.spelling import plainer, symbol

_CAPITAL = re.compile(f"[{CAPITALS}{CASELESS}]")
_TRAILING = re.compile(f"[{APOSTROPHES}{INVISIBLE}]+$")
#: How common a word of the list of everyday words is taken to be, on the scale of the lexicon.
_EVERYDAY: Final = 50
_CACHED_WORDS: Final = 1 << 17


#: What a word is that says little by itself, and the length up to which any word does.
_KNOWN: Final = ORDINARY | PLACE | TITLE | GIVEN_NAME
_SHORT: Final = 3


class Meaning(NamedTuple):
    """What is known of one spelling."""

    #: The comparable form (`normalise.clean`), of a number its digits.
    form: str
    #: What the word shares with its other spellings (`spelling.symbol`).
    symbol: str
    #: What the lexicon knows of the word.
    flags: int
    zipf: int
    #: Starts with a capital, or is of a script without case.
    capital: bool
    #: All letters are capitals, and there are at least two.
    all_caps: bool
    #: Not written in Latin letters, so that the lexicon cannot know it.
    other_script: bool
    #: Of a word in another script: itself and what it may be without endings and prefixes, in that script.
    stems: tuple[str, ...] = ()


class Word(NamedTuple):
    """A word of an article in place."""

    start: int
    end: int
    meaning: Meaning
    #: The text between the word before and this one.
    gap: str

    @property
    def is_distinctive(self) -> bool:
        """Whether the word by itself says which one is meant: no ordinary word, place, title or personal name."""
        return not self.meaning.flags & _KNOWN and len(self.meaning.form) > _SHORT


def is_telling(form: str) -> bool:
    """Whether a word of a listed name by itself says which one is meant, as `Word.is_distinctive` does of a text's."""
    known = lexicon().flags
    return not (known.get(form, 0) | known.get(plainer(form), 0)) & (_KNOWN | GENERIC) and len(form) > _SHORT


def visible_end(surface: str) -> str:
    """A word without trailing apostrophes, invisible characters and genitive, all of which are no part of a name."""
    return without_possessive(_TRAILING.sub("", surface)) if not surface.isalnum() else surface


@lru_cache(maxsize=_CACHED_WORDS)
def meaning_of(surface: str) -> Meaning:
    """What is known of a spelling as it stands in a text."""
    known = lexicon()
    surface = visible_end(surface)
    whole = clean(surface)
    form = as_digits(without_abd(whole))
    script = native(surface)
    other_script = not script.isascii()
    flags, zipf = known.flags.get(whole, 0), known.zipf.get(whole, 0)
    if other_script and script in common_words():
        flags, zipf = flags | ORDINARY, _EVERYDAY
    if not flags and len(whole) > 4 and whole.endswith("s"):
        flags = known.flags.get(whole[:-1], 0) & ~(GIVEN_NAME | FAMILY_NAME)
    return Meaning(
        form,
        symbol(form),
        flags,
        zipf,
        _CAPITAL.match(surface) is not None,
        len(surface) > 1 and surface.isupper(),
        other_script,
        stems(script) if other_script and not flags & ORDINARY else (),
    )
