"""No entry of a list comes twice."""

from __future__ import annotations

from collections.abc import Callable

from watchlist.errors import ListParseError


class Seen:
    """The ids that came by, each with its line."""

    def __init__(self, broken: Callable[[str, int], ListParseError]) -> None:
        """``broken`` makes the error to raise, from a message and a line."""
        self._broken = broken
        self._lines: dict[str, int] = {}

    def add(self, source_id: str, line: int, called: str) -> None:
        """Note an id; raises the error when it came before. ``called`` is what the message calls it."""
        if source_id in self._lines:
            raise self._broken(f"{called} stands on line {self._lines[source_id]} already", line)
        self._lines[source_id] = line

    def __contains__(self, source_id: str) -> bool:
        return source_id in self._lines
