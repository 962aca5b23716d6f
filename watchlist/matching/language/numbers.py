"""Numbers in names, however they are written: ``55th``, ``Fifty-Fifth`` and ``55`` are one."""

from __future__ import annotations

import re
from typing import Final

_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_ONES: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS: Final = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS: Final = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_WORDS: Final = {
    **{word: str(at) for at, word in enumerate((*_ONES, *_TEENS), 1)},
    **{f"{tens}ieth": f"{at}0" for at, tens in enumerate(_TENS, 2)},
}
_CARDINAL_TENS: Final = {f"{tens}y": f"{at}0" for at, tens in enumerate(_TENS, 2)}


def as_digits(form: str) -> str:
    """A cleaned word that is an ordinal number as its digits (``55th``, ``fifth``), other words as they are."""
    if form[:1].isdigit():
        found = _ORDINAL.match(form)
        return found.group(1) if found else form
    return _WORDS.get(form, form)


def joined_number(first: str, second: str) -> str | None:
    """The number that two words make together (``fifty`` and ``5``, from ``fifth``); None where they make none."""
    tens = _CARDINAL_TENS.get(first)
    if tens is None or len(second) != 1 or not second.isdigit() or second == "0":
        return None
    return tens[0] + second
