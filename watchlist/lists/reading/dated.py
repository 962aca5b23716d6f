"""The day of a list, where its file states it: what `Form.stated` may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
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


def in_first_line(example: str, day: Callable[[str], str | None]) -> Callable[[ListFile], Stated]:
    """In the first line of a text, of which ``day`` gives the words that are the day."""

    def stated(file: ListFile) -> Stated:
        line = file.head(200).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[0]
        published = whole_day(day(line))
        if published is None:
            raise file.broken(f"expected a first line such as {example!r}, found {line[:80]!r}", 1)
        return Stated.on(published)

    return stated
