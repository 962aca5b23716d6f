"""The words of a text as they are searched for: without case and accents, in order. Pure.

Where a script puts no blanks between words, each two letters that follow each other stand for one: what is looked for
is then found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

#: Longer than any word; what is longer is cut.
_LONGEST: Final = 40
#: What an inquiry may have; the rest says no more.
_MOST: Final = 12
#: Marks that writers leave out: accents of Latin, Greek and Cyrillic, vowels of Hebrew and Arabic, and the tatweel.
_DROPPED: Final = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]")
#: Scripts without blanks between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Chinese characters.
_UNBROKEN: Final = re.compile(
    "[\u0e00-\u0e7f\u0e80-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
_QUOTED: Final = re.compile(r'"([^"]*)"|(\S+)')
#: Words as terms are told apart from what stands between them.
_FIRST_MARKS, _LAST_MARKS = 0x0300, 0xABFF


def terms_of(text: str) -> tuple[str, ...]:
    """All terms of a text, in order and as often as they stand there."""
    return tuple(_terms(text, ends=True))


def inquiry_of(text: str) -> tuple[tuple[str, ...], ...]:
    """What somebody looks for: all of these must stand there, the terms of each one after the other.

    The last term of each need only begin so. What stands in double quotes is one, and so is what is typed without a
    blank. Empty where nothing can be looked for.
    """
    parts = (quoted or word for quoted, word in _QUOTED.findall(text))
    found = (tuple(_terms(part, ends=False)) for part in parts)
    return tuple(dict.fromkeys(each[:_MOST] for each in found if each))[:_MOST]


def _terms(text: str, *, ends: bool) -> Iterator[str]:
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold()))
    for word in _words().findall(unicodedata.normalize("NFC", plain)):
        if word.isascii():
            yield word[:_LONGEST]
            continue
        at = 0
        for run in _UNBROKEN.finditer(word):
            if run.start() > at:
                yield word[at : run.start()][:_LONGEST]
            yield from _pairs(run[0], ends=ends)
            at = run.end()
        if at < len(word):
            yield word[at:][:_LONGEST]


def _pairs(run: str, *, ends: bool) -> Iterator[str]:
    for n in range(len(run) - 1):
        yield run[n : n + 2]
    # A single letter is looked for as the beginning of a pair; the last one begins none.
    if ends or len(run) == 1:
        yield run[-1]


@cache
def _words() -> re.Pattern[str]:
    # Letters of many scripts of Asia carry signs that are no letters to Python.
    signs = "".join(chr(n) for n in range(_FIRST_MARKS, _LAST_MARKS) if unicodedata.category(chr(n))[0] == "M")
    return re.compile(f"[^\\W_](?:[^\\W_]|[{signs}])*")
