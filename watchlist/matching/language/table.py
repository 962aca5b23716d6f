"""Large tables of words: sorted lines in one file, mapped into memory and searched, never read whole.

A file begins with lines of ``#``, the last of which tells how many rows and bytes follow; then come the rows,
``key<TAB>value``, sorted by the bytes of their keys. Opening one takes about a millisecond, a look-up about two
microseconds; what is mapped is shared between processes.
"""

from __future__ import annotations

import mmap
import re
from bisect import bisect_right
from pathlib import Path
from typing import Final

from watchlist.errors import MatchingError

_LAST_OF_HEAD: Final = re.compile(rb"^# \d+ rows, (\d+) bytes follow\.\n", re.MULTILINE)
_LONGEST_HEAD: Final = 4096
#: How far apart the keys stand that are kept in memory: a look-up searches one such piece of the file.
_PIECE: Final = 1 << 11


class Table:
    """One such file. Raises MatchingError when it is missing, cut short or no table at all."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # an empty file cannot be mapped
            raise MatchingError(f"the table {path} cannot be read: {error}") from error
        head = _LAST_OF_HEAD.search(self._bytes[:_LONGEST_HEAD])
        if head is None or head.end() + int(head[1]) != len(self._bytes):
            raise MatchingError(f"the table {path} is damaged or cut short: install the program again")
        self._starts, self._keys = self._pieces(head.end())

    def find(self, key: str) -> str | None:
        """The value of a key, None where the table has no such row."""
        row = key.encode("utf-8", "surrogatepass")
        at = bisect_right(self._keys, row)
        piece = self._bytes[self._starts[at - 1] - 1 : self._starts[at]] if at else b""
        start = piece.find(b"\n" + row + b"\t")
        if start < 0:
            return None
        start += len(row) + 2
        return piece[start : piece.index(b"\n", start)].decode("utf-8")

    def _pieces(self, start: int) -> tuple[list[int], list[bytes]]:
        """Where the pieces begin, and the end of the file; the first key of each."""
        text = self._bytes
        starts, keys = [], []
        while start < len(text):
            starts.append(start)
            keys.append(text[start : text.find(b"\t", start)])
            start = text.find(b"\n", min(start + _PIECE, len(text) - 1)) + 1
        return [*starts, len(text)], keys
