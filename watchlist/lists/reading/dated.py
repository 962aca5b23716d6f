"""The day of a list, where its file states it: what `Form.stated` may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import is_above
from watchlist.lists.reading.xml import root_of
from watchlist.lists.words.dates import iso_date, point_in_time, whole_day


def in_root(
    attribute: str, example: str, *, where: str = "", time: Callable[[str], datetime | None] = point_in_time
) -> Callable[[ListFile], Stated]:
    """In an attribute of an XML file's root element, read by ``time``; the message names the example and ``where``."""

    def stated(file: ListFile) -> Stated:
        words = root_of(file).attributes.get(attribute, "")
        published = time(words)
        if published is None:
            raise file.broken(f"expected a {attribute} such as {example}{where}, found {words!r}")
        # The day as the authority writes it, in its own time.
        return Stated(iso_date(words), published)

    return stated


def in_first_line(
    example: str,
    day: Callable[[str], str | None],
    *,
    opening: str,
    missing: Callable[[ListFile], Stated],
) -> Callable[[ListFile], Stated]:
    """In the first line of a text, of which ``day`` gives the words that are the day.

    Such a line opens with ``opening``; where it is missing, ``missing`` says what there is to say.
    """

    def stated(file: ListFile) -> Stated:
        line = file.head(2000).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[0]
        if not is_above(line, opening):
            return missing(file)
        published = whole_day(day(line))
        if published is None:
            raise file.broken(f"expected a first line such as {example!r}, found {line[:80]!r}", 1)
        return Stated.on(published)

    return stated


def latest(days: Iterable[str]) -> Stated:
    """The latest of days as the authority writes them: that on which an entry was last changed."""
    found = {day for words in set(days) if (day := whole_day(words))}
    return Stated.on(max(found)) if found else Stated()
