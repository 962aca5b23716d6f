"""What words look like in a text, as regular expressions."""

from __future__ import annotations

import re
from typing import Final

from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, JOINED
from watchlist.matching.language.scripts import CAPITALS, CASELESS, MARKS

#: A letter, a digit, or a sign that belongs to the letter before.
_LETTER: Final = f"[\\w{MARKS}]"
_JOIN: Final = f"[{APOSTROPHES}{INVISIBLE}]+"
#: Letters that a word which may be part of a name begins with, as the inside of a character class.
NAMELIKE_LETTERS: Final = f"{CAPITALS}{CASELESS}"
#: Such a word, as an expression that never gives back what it took.
NAMELIKE_WORD: Final = f"[{NAMELIKE_LETTERS}]{_LETTER}*+(?:{_JOIN}{_LETTER}++|{JOINED})*+"
#: The same for texts without the name of God, which spares looking for it after every word.
PLAIN_WORD: Final = f"[{NAMELIKE_LETTERS}]{_LETTER}*+(?:{_JOIN}{_LETTER}++)*+"
#: Syllables with small letters after hyphens, which belong to the word before.
SMALL_SYLLABLES: Final = "(?:[-‐‑][a-z]{1,6}\\b)*+"
#: A word that may be part of a name, and any word.
NAMELIKE: Final = re.compile(NAMELIKE_WORD)
NAMELIKE_OR_NUMBER: Final = re.compile(f"{NAMELIKE_WORD}|(?<=-)[a-z]\\w*+|[0-9]\\w*+")
ANY_WORD: Final = re.compile(f"({_LETTER}++(?:{_JOIN}{_LETTER}++|{JOINED})*+)")
#: A number that may be all that tells one body from others.
NUMBER: Final = re.compile(r"(?<![\w.,])\d{3,6}(?:st|nd|rd|th)?(?![\w.,]\d|\w)")
