"""Dates in a cell as people fill it: one or several, partial, approximate, alternative, or the two ends of a range.

The cell is read from left to right, word by word. What separates dates hardly matters: a blank, a semicolon, ``or``,
letters in front. A range is told by ``between``, ``to`` or a dash between two dates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from watchlist.lists.words.days.date_words import Reader, Written

#: Times of day and offsets behind a date say nothing of it.
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?Z\b| ?[+-]\d\d:?\d\d\b)?")
_OFFSET = re.compile(r"(?<=\d\d-\d\d)(?:Z\b|[+-]\d\d:\d\d\b)")
#: A day whose last mark was forgotten: ``10/061962``.
_RUN_TOGETHER = re.compile(r"(?<![\d/.])(\d{1,2}([/.])\d\d)(?=(?:19|20)\d\d(?!\d))")
#: Longer cells are no dates: what stands behind is not looked at.
_LONGEST = 2_000
#: What is written where no date is known; with a date beside it, such words are remarks.
_NOTHING = frozenset(
    {"na", "n/a", "n.a", "unknown", "not known", "not available", "none", "nil", "null", "unspecified", "no data", "nk"}
)


@dataclass(frozen=True, slots=True)
class DateCell:
    """What a cell of dates says."""

    #: ISO 8601 as precise as written, a range as ``start/end``; each once, in the order of the cell.
    dates: tuple[str, ...] = ()
    #: Whether something in it looks like a date and was not understood, or all of it says nothing.
    unread: bool = False


@lru_cache(maxsize=4096)
def read_dates(text: str | None) -> DateCell:
    """The dates in a cell.

    ``circa 15 Oct 1967`` leaves the year, the ``1960s`` are ``1960/1969``. Numbers with slashes or dots are day, month,
    year, unless only month, day, year makes a date. Of a year with two digits the last hundred years are meant. A date
    of the Islamic or the Persian calendar gives the days between which it is, where the words around it, or a date of
    ours beside it, tell which calendar that is. What is not read: another such date, an open range (``before 1960``),
    and a day that no calendar has.
    """
    words = unicodedata.normalize("NFKC", (text or "")[:_LONGEST])
    words = _RUN_TOGETHER.sub(r"\1\2", _OFFSET.sub(" ", _TIME.sub(" ", " ".join(words.split()))))
    if words.strip(" .;,:/-()").lower() in _NOTHING or not any(map(str.isalnum, words)):
        return DateCell()
    reader = Reader(words)
    found, left = reader.all()
    dates = tuple(dict.fromkeys(date for each in found if (date := _iso(each)) is not None))
    lost = any(_iso(each) is None for each in found)
    return DateCell(dates, unread=lost or left or (not dates and not reader.passed))


def _iso(found: tuple[Written, Written | None]) -> str | None:
    start, end = found
    first, last = start.iso(), end.iso() if end is not None else None
    if end is None or first is None or last is None or first == last:
        return first if end is None or last is not None else None
    return f"{first}/{last}" if first[:4] <= last[:4] else None
