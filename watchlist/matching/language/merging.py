"""Words that are one word of a body's name, in a list as in a text.

Letters that stand by themselves (``L D S``, ``S & D``, ``J.P.``), legal forms of several words, numbers of two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from watchlist.matching.language.lexicon import LEGAL_FORM, lexicon
from watchlist.matching.language.name_words import CONJUNCTIONS
from watchlist.matching.language.numbers import joined_number
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import Word

#: What may stand between two letters of one word.
_LETTER_GAP: Final = re.compile(r"^\.?\s?[&+]?\s?$")
_NUMBER_GAP: Final = re.compile(r"^[\s\-‐‑]$")


class Merged(NamedTuple):
    """Words from ``first`` to ``last`` that are one."""

    first: int
    last: int
    form: str
    symbol: str
    is_legal_form: bool = False


def merged(forms: Sequence[str], gaps: Sequence[str]) -> list[Merged]:
    """The words of a body's name, those that are one together. ``gaps`` tells what stands before each word."""
    found = []
    at = 0
    while at < len(forms):
        one = _legal_form(forms, at) or _letters(forms, gaps, at) or _number(forms, gaps, at)
        if one is None:
            one = Merged(at, at, forms[at], symbol(forms[at]))
        found.append(one)
        at = one.last + 1
    return found


def thing_words(words: list[Word]) -> list[Word]:
    """The words of a text as a body's name has them; the same list where no two of them are one."""
    if not any(len(word.meaning.form) == 1 or word.meaning.flags & LEGAL_FORM or _is_tens(word) for word in words):
        return words
    found = []
    forms = [word.meaning.form for word in words]
    for one in merged(forms, [word.gap for word in words]):
        word = words[one.first]
        if one.last > one.first or one.is_legal_form:
            meaning = word.meaning._replace(
                form=one.form,
                symbol=one.symbol,
                flags=LEGAL_FORM if one.is_legal_form else word.meaning.flags if one.form.isdigit() else 0,
                capital=any(each.meaning.capital for each in words[one.first : one.last + 1]),
                all_caps=all(
                    each.meaning.form.isdigit() or each.meaning.capital for each in words[one.first : one.last + 1]
                ),
            )
            word = Word(word.start, words[one.last].end, meaning, word.gap)
        found.append(word)
    return found


def _is_tens(word: Word) -> bool:
    return joined_number(word.meaning.form, "1") is not None


def _legal_form(forms: Sequence[str], at: int) -> Merged | None:
    for width in _widths().get(symbol(forms[at]), ()):
        kind = _kinds().get(tuple(map(symbol, forms[at : at + width])))
        if kind is not None:
            found = forms[at : at + width]
            return Merged(at, at + len(found) - 1, " ".join(found), kind, is_legal_form=True)
    return None


def _letters(forms: Sequence[str], gaps: Sequence[str], at: int) -> Merged | None:
    letters = forms[at] if _is_letter(forms[at]) else ""
    last = at
    while letters and last + 1 < len(forms):
        following = last + 1
        if forms[following] in CONJUNCTIONS and len(forms[following]) > 1 and following + 1 < len(forms):
            following += 1
        elif not _LETTER_GAP.match(gaps[following]):
            break
        if not _is_letter(forms[following]):
            break
        letters += forms[following]
        last = following
    return Merged(at, last, letters, symbol(letters)) if len(letters) > 1 else None


def _is_letter(form: str) -> bool:
    return len(form) == 1 and form.isalpha()


def _number(forms: Sequence[str], gaps: Sequence[str], at: int) -> Merged | None:
    if at + 1 == len(forms) or not _NUMBER_GAP.match(gaps[at + 1]):
        return None
    number = joined_number(forms[at], forms[at + 1])
    return Merged(at, at + 1, number, number) if number else None


@cache
def _kinds() -> dict[tuple[str, ...], str]:
    """Legal forms by the symbols of their words: each in all its spellings."""
    return {tuple(map(symbol, form)): kind for form, kind in lexicon().legal_forms.items()}


@cache
def _widths() -> dict[str, tuple[int, ...]]:
    widths: dict[str, set[int]] = {}
    for form in _kinds():
        widths.setdefault(form[0], set()).add(len(form))
    return {first: tuple(sorted(found, reverse=True)) for first, found in widths.items()}
