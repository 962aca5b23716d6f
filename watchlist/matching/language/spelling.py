"""Spellings of one word: which of them stand for each other, and the words of a name in comparable form.

A *symbol* is what all spellings of one word share: the sound of the first of its spelling class where the lexicon has
one, else the sound of the word itself, an ordinary word in
its plainest form. The index knows listed names by their symbols.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.language.known.lexicon import FAMILY_NAME, GENERIC, GIVEN_NAME, ORDINARY, lexicon
from watchlist.matching.language.name_words import ASSIMILATED_ARTICLE, PLAIN_ARTICLE, without_abd
from watchlist.matching.language.numbers import as_digits
from watchlist.matching.language.script.normalise import APOSTROPHES, INVISIBLE, JOINED, clean, fold
from watchlist.matching.language.script.scripts import MARKS

_LETTER = f"(?:[^\\W_]|[{MARKS}])"
_WORD = re.compile(f"{_LETTER}+(?:[{APOSTROPHES}{INVISIBLE}]+{_LETTER}+|{JOINED})*")
#: Letters with points between them, the last of which is often left out: ``S.A.``, ``L.L.C``.
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$")
#: How an ordinary word may end, or be written in Britain, and what the plainer word has there instead.
_PLAINER = tuple(
    (letters, re.compile(letters + where), instead)
    for letters, where, instead in (
        ("ies", "$", "y"), ("es", "$", ""), ("s", "$", ""), ("our", "(?=y$|er$|$)", "or"),
        ("is", "(?=e$|ed$|ing$|ation$)", "iz"), ("tre", "$", "ter"), ("ll", "(?=ed$|ing$|er$)", "l"), ("ed", "$", ""),
        ("logical", "$", "logy"), ("ical", "$", "ic"), ("rial", "$", "ry"), ("ional", "$", "ion"),
    )
)  # fmt: skip
_SHORTEST_PLAINER = 4
#: A Slavic patronymic: the father's name without its ending, and whether a son or a daughter bears it.
_PATRONYMIC = re.compile(r"^(\w{3,}?)(?:[iyj]?[oea]v(?:[iy]ch?|(n)a)|[iy]?i(?:vn|chn)a())$")
#: How the father's name may end.
_ENDINGS = ("", "y", "iy", "i", "ey", "ei", "o", "a")
#: What Britain writes in no name of a person: armoured, labouring.
_BRITISH = re.compile("our(?=ed$|ing$)")


@lru_cache(maxsize=1)
def _spelling_classes() -> dict[str, str]:
    return {fold(spelling): fold(plainer(head)) for spelling, head in lexicon().spelling_class.items()}


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
    for letters, ending, instead in _PLAINER:
        if letters not in form:
            continue
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
    patronymic = _PATRONYMIC.match(form)
    if patronymic is not None and (father := _father(patronymic[1])):
        return father + ("ovic" if patronymic.lastindex == 1 else "ovna")
    sound = fold(plainer(form))
    return classes.get(sound, sound)


def _father(stem: str) -> str | None:
    """The head of the spelling class of a name that a patronymic is made of: Sergey for ``Serhiy(ovych)``."""
    classes = _spelling_classes()
    return next((head for ending in _ENDINGS if (head := classes.get(fold(stem + ending)))), None)


@lru_cache(maxsize=1 << 16)
def form_of(word: str) -> str:
    """The comparable form of a word of a name, without ``Abdul`` and with digits for numbers."""
    return as_digits(without_abd(clean(word)))


def surfaces_of(text: str) -> list[str]:
    """The words of a name as they are written."""
    return _WORD.findall(text)


def words_of(text: str) -> list[str]:
    """The cleaned words of a name in order; dotted letters (``S.A.``) are one word."""
    if "." in text:
        text = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text)
    if "-" in text or not text.isascii():
        text = ASSIMILATED_ARTICLE.sub(PLAIN_ARTICLE, text)
    return [form for form in map(form_of, _WORD.findall(text)) if form]
