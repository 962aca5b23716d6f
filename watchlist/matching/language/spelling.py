"""Spellings of one word: which of them stand for each other, and the words of a name in comparable form.

A *symbol* is what all spellings of one word share: the sound of the first of its spelling class where the lexicon has
one, else the sound of the word itself, an ordinary word in
its plainest form. The index knows listed names by their symbols.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.language.lexicon import FAMILY_NAME, GENERIC, GIVEN_NAME, ORDINARY, lexicon
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, JOINED, clean, fold
from watchlist.matching.language.numbers import as_digits
from watchlist.matching.language.scripts import MARKS

_LETTER = f"(?:[^\\W_]|[{MARKS}])"
_WORD = re.compile(f"{_LETTER}+(?:[{APOSTROPHES}{INVISIBLE}]+{_LETTER}+|{JOINED})*")
#: Letters with points between them, the last of which is often left out: ``S.A.``, ``L.L.C``.
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$")
#: How an ordinary word may end, or be written in Britain, and what the plainer word has there instead.
_PLAINER = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("ies$", "y"), ("es$", ""), ("s$", ""), ("our(?=y$|er$|$)", "or"), ("is(?=e$|ed$|ing$|ation$)", "iz"),
        ("tre$", "ter"), ("ll(?=ed$|ing$|er$)", "l"),
    )
)  # fmt: skip
_SHORTEST_PLAINER = 4
#: What Britain writes in no name of a person: armoured, labouring.
_BRITISH = re.compile("our(?=ed$|ing$)")


@lru_cache(maxsize=1)
def _spelling_classes() -> dict[str, str]:
    return {fold(spelling): fold(head) for spelling, head in lexicon().spelling_class.items()}


def in_spelling_class(form: str) -> bool:
    """Whether other spellings of the word are known."""
    return fold(form) in _spelling_classes()


def is_roman(form: str) -> bool:
    """Whether the word is a small Roman number."""
    return _ROMAN.match(form) is not None


def plainer(form: str) -> str:
    """An ordinary word in the singular and in one spelling of English, as far as that is an ordinary word too.

    Other words are given back as they are: ``Morales`` is no plural.
    """
    flags = lexicon().flags
    if flags.get(form, 0) & (GIVEN_NAME | FAMILY_NAME):
        return form
    form = _BRITISH.sub("or", form)
    for ending, instead in _PLAINER:
        other = ending.sub(instead, form)
        if other != form and len(other) >= _SHORTEST_PLAINER and flags.get(other, 0) & (ORDINARY | GENERIC):
            return plainer(other)
    return form


@lru_cache(maxsize=1 << 16)
def symbol(form: str) -> str:
    """What a cleaned word shares with all its other spellings; numbers stand for themselves."""
    if form.isdigit() or _ROMAN.match(form):
        return form
    classes = _spelling_classes()
    sound = fold(form)
    if sound in classes:
        return classes[sound]
    sound = fold(plainer(form))
    return classes.get(sound, sound)


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    return as_digits(without_abd(clean(word)))


def words_of(text: str) -> list[str]:
    """The cleaned words of a name in order; dotted letters (``S.A.``) are one word."""
    if "." in text:
        text = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text)
    return [form for form in map(_form, _WORD.findall(text)) if form]
