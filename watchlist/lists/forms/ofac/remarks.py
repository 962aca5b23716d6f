"""Splits the remarks of OFAC's CSV form into phrases. They are joined by ``; `` and end with a full stop."""

from __future__ import annotations

import re

#: SDN.CSV holds this many characters of a remark; the rest stands in SDN_COMMENTS.CSV, from the next character on.
SPILL = 1000

_OPENS_NAME = re.compile(r"(?:alt\. )?[afn]\.k\.a\.,?\s+'")
#: Abbreviations whose last full stop is also the remark's.
_ABBREVIATION = re.compile(r"\b[A-Za-z]\.[A-Za-z]$")


def split_remarks(text: str) -> list[str]:
    """The phrases of a complete remark (SDN.CSV and COMMENTS joined), without the closing full stop.

    A quoted name may hold a semicolon or an apostrophe of its own: it ends at an apostrophe before a semicolon or the
    end.
    """
    body = text.strip()
    if body.endswith(".") and not _ABBREVIATION.search(body[:-1]):
        body = body[:-1]
    phrases: list[list[str]] = []
    for piece in body.split(";"):
        if phrases and _is_open(phrases[-1]):
            phrases[-1].append(piece.rstrip())
        elif piece.strip():
            phrases.append([piece.strip()])
    return [";".join(pieces) for pieces in phrases]


def _is_open(pieces: list[str]) -> bool:
    """Whether a phrase opens a quoted name that has not ended yet."""
    opening = _OPENS_NAME.match(pieces[0])
    if opening is None:
        return False
    only_opened = len(pieces) == 1 and len(pieces[0]) <= opening.end()
    return only_opened or not pieces[-1].endswith("'")
