"""Words that were read in another encoding than they were written in, known by what became of them."""

from __future__ import annotations

import unicodedata

#: Encodings in which text is read by mistake that is UTF-8 in truth.
_TAKEN_FOR = ("cp1252", "latin-1", "cp1251", "cp1250", "cp1256", "koi8-r", "cp437", "mac-roman")
#: In a text of a Latin alphabet no more than this share of the letters has an accent or is another than a to z.
_ACCENTED = 0.6
_LEAST_LETTERS = 4
#: What stands in names besides letters, marks, figures, spaces and punctuation; all else is no part of one.
_IN_NAMES = frozenset("+&|=<>$^`´°²³º№№©®™~¨¸♀♂")


def is_garbled(text: str) -> bool:
    """Whether a name can't have been written so: UTF-8 taken for something else, or an old encoding taken for another.

    Plain ASCII never is. The decision is by the characters alone, so that a single name may be wrong; of a list's names
    many are when its encoding is.
    """
    if text.isascii():
        return False
    return _is_utf8_misread(text) or _is_no_text(text) or _is_all_accents(text)


def _is_utf8_misread(text: str) -> bool:
    """Whether the characters, taken back to bytes, are UTF-8: what people wrote in another alphabet never is."""
    for encoding in _TAKEN_FOR:
        try:
            text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def _is_no_text(text: str) -> bool:
    """Whether there are characters that stand in no name: the one for damage, controls, boxes and the like."""
    return any(
        letter == "\ufffd"
        or (unicodedata.category(letter) in ("Cc", "Co", "Cn", "So", "Sm") and letter not in _IN_NAMES)
        for letter in text
        if not letter.isascii()
    )


def _is_all_accents(text: str) -> bool:
    """Whether a word is nearly all accented letters (``Èëüÿ``), as the old encoding of another alphabet comes out."""
    return any(_accents(word) > _ACCENTED for word in text.split())


def _accents(word: str) -> float:
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) < _LEAST_LETTERS or not all("\u0041" <= letter <= "\u00ff" for letter in letters):
        return 0.0
    return sum(letter > "\u007f" for letter in letters) / len(letters)
