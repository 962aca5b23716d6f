"""What words look like in a text, as regular expressions."""

from __future__ import annotations

import re
from typing import Final

from watchlist.matching.language.script.normalise import APOSTROPHES, INVISIBLE, JOINED
from watchlist.matching.language.script.scripts import ABJAD, CAPITALS, CASELESS, MARKS

_JOIN: Final = f"[{APOSTROPHES}{INVISIBLE}]+"
#: Letters that a word which may be part of a name begins with, as the inside of a character class.
NAMELIKE_LETTERS: Final = f"{CAPITALS}{CASELESS}"


def _words(letter: str, joined: str = "") -> str:
    """The rest of a word after its first letter, as an expression that never gives back what it took."""
    return f"{letter}*+(?>(?:{_JOIN}{letter}++{joined})*)"


#: Such a word in a text without the name of God and without signs that belong to the letter before; and in any text.
PLAIN_WORD: Final = f"[{NAMELIKE_LETTERS}]{_words(chr(92) + 'w')}"
NAMELIKE_WORD: Final = f"[{NAMELIKE_LETTERS}]{_words(f'[{chr(92)}w{MARKS}]', f'|{JOINED}')}"
#: Whether a text may have such signs: a glance, since a class that names them all takes twice as long to read a word.
MAY_HAVE_MARKS: Final = re.compile("[\u0900-\u1cff]")
#: A letter of a script without vowels, and without capitals.
WITHOUT_VOWELS: Final = re.compile(f"[{ABJAD}]")
#: Syllables with small letters after hyphens, which belong to the word before: Kuk-ryol, Kwang-ch'un.
SMALL_SYLLABLES: Final = f"(?>(?:[-‐‑][a-z]{{1,6}}+(?:[{APOSTROPHES}][a-z]{{1,4}}+)?\\b)*)"
#: A word that may be part of a name; the same and the small syllables and numbers that may be; any word.
NAMELIKE: Final = re.compile(f"[{NAMELIKE_LETTERS}]{_words(chr(92) + 'w', f'|{JOINED}')}")
NAMELIKE_OR_NUMBER: Final = re.compile(f"{NAMELIKE.pattern}|(?<=-)[a-z]{_words(chr(92) + 'w')}|[0-9]\\w*+")
ANY_WORD: Final = re.compile(f"(\\w++(?>(?:{_JOIN}\\w++|{JOINED})*))")
ANY_MARKED_WORD: Final = re.compile(f"([\\w{MARKS}]++(?>(?:{_JOIN}[\\w{MARKS}]++|{JOINED})*))")
#: Letters that may be one word together.
LETTERS: Final = re.compile(r"(?<!\w)[A-Z](?>(?:(?:[.&\s]{1,3}| [aA]nd )[A-Z](?!\w))+)")
#: A word that begins with a digit, which may be all that tells one body from others.
NUMBER: Final = re.compile(r"\d(?<![\w.,]\d)\w{1,14}+(?![.,]?\d)")
