"""What words and strips look like in a text, as regular expressions."""

from __future__ import annotations

import re
from typing import Final

from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, JOINED, without_possessive
from watchlist.matching.language.scripts import CAPITALS, CASELESS

_JOIN: Final = f"[{APOSTROPHES}{INVISIBLE}]+"
#: Letters that a word which may be part of a name begins with, as the inside of a character class.
NAMELIKE_LETTERS: Final = f"{CAPITALS}{CASELESS}"
#: Such a word, as an expression that never gives back what it took.
NAMELIKE_WORD: Final = f"[{NAMELIKE_LETTERS}]\\w*+(?:{_JOIN}\\w++|{JOINED})*+"
#: The same for texts without the name of God, which spares looking for it after every word.
PLAIN_WORD: Final = f"[{NAMELIKE_LETTERS}]\\w*+(?:{_JOIN}\\w++)*+"
#: Marks that join the halves of a name.
HYPHENS: Final = frozenset({"-", "\u2011", "\u2010"})
#: Syllables with small letters after hyphens, which belong to the word before.
SMALL_SYLLABLES: Final = "(?:[-‐‑][a-z]{1,6}\\b)*+"
#: A word that may be part of a name, and any word.
NAMELIKE: Final = re.compile(NAMELIKE_WORD)
ANY_WORD: Final = re.compile(f"(\\w++(?:{_JOIN}\\w++|{JOINED})*+)")
_TRAILING: Final = re.compile(f"[{APOSTROPHES}{INVISIBLE}]+$")

_GAP: Final = f"(?:(?<=[\\s.][{CAPITALS}])\\.)?[\\s{INVISIBLE}\\-‐‑·・{APOSTROPHES}]{{1,4}}"
#: Words that stand small inside a name, and words that stand small after one and may belong to it.
INNER_WORDS: Final = frozenset(filter(str.isalpha, lexicon().particles))
TAIL_WORDS: Final = frozenset(filter(str.isalpha, lexicon().generic))
_SMALL, _TAIL = ("|".join(sorted(words, key=len, reverse=True)) for words in (INNER_WORDS, TAIL_WORDS))
#: A strip: the words that one name could cover. The look-ahead spares trying every small word and every tail where a
#: capital stands.
STRIP: Final = re.compile(
    f"\\w++(?:{_JOIN}\\w++|{JOINED})*+"
    f"(?:{_GAP}(?:(?=[a-z])(?:{_SMALL})\\b{_GAP}){{0,2}}[{NAMELIKE_LETTERS}0-9]\\w*+(?:{_JOIN}\\w++|{JOINED})*+"
    f"|[-‐‑][a-z]{{1,6}}\\b)*(?:{_GAP}(?=[a-z])(?:{_TAIL})\\b){{0,2}}"
)
LONGEST_STRIP: Final = 120


def visible_end(surface: str) -> str:
    """A word without trailing apostrophes, invisible characters and genitive, all of which are no part of a name."""
    return without_possessive(_TRAILING.sub("", surface)) if not surface.isalnum() else surface
