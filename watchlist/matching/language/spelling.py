"""Spellings of one word: which of them stand for each other, and the words of a name in comparable form.

A *symbol* is what all spellings of one word share: the sound of the first of its spelling class where the lexicon has
one, else the sound of the word itself. The index knows listed names by their symbols.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, JOINED, clean, fold

_WORD = re.compile(f"[^\\W_]+(?:[{APOSTROPHES}{INVISIBLE}]+[^\\W_]+|{JOINED})*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$")


@lru_cache(maxsize=1)
def _spelling_classes() -> dict[str, str]:
    return {fold(spelling): fold(head) for spelling, head in lexicon().spelling_class.items()}


def in_spelling_class(form: str) -> bool:
    """Whether other spellings of the word are known."""
    return fold(form) in _spelling_classes()


def is_roman(form: str) -> bool:
    """Whether the word is a small Roman number."""
    return _ROMAN.match(form) is not None


@lru_cache(maxsize=1 << 16)
def symbol(form: str) -> str:
    """What a cleaned word shares with all its other spellings; numbers stand for themselves."""
    if form.isdigit() or _ROMAN.match(form):
        return form
    sound = fold(form)
    return _spelling_classes().get(sound, sound)


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    return without_abd(clean(word))


def words_of(text: str) -> list[str]:
    """The cleaned words of a name in order; dotted letters (``S.A.``) are one word."""
    if "." in text:
        text = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text)
    return [form for form in map(_form, _WORD.findall(text)) if form]
