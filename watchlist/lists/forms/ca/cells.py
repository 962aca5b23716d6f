"""Cells of Canada's records: free text, partly in English and French; dates in words or as Excel counts days."""

from __future__ import annotations

import re

from watchlist.lists.reading.xml import Element, child_text
from watchlist.lists.words.dates import excel_date


def text(record: Element, *names: str) -> str:
    """The first text there is under these names, which have changed over the years."""
    return next((words for name in names if (words := child_text(record, name))), "")


def english(text: str) -> str:
    """The English half of ``Syria / Syrie``."""
    return text.partition("/")[0].strip()


def date(text: str) -> str:
    """A date in words, one that Excel counts in days among them."""
    return (excel_date(text) or text) if re.fullmatch(r"[0-9]{5}", text) else text


def slug(text: str) -> str:
    """A text as a part of an id."""
    return re.sub(r"[^0-9a-z]+", "-", text.lower()).strip("-")[:60] or "0"
