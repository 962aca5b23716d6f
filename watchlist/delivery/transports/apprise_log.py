"""What Apprise says went wrong, in its log alone; never with an address, of which any part may be secret."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from watchlist.delivery.clean import one_line
from watchlist.text.masked import LEAST, masked


@contextmanager
def listening(address: str) -> Iterator[list[str]]:
    """Gather warnings of the library while the block lasts, one line each, without any part of the address."""
    heard = _Heard(address)
    logger = logging.getLogger("apprise")
    logger.addHandler(heard)
    try:
        yield heard.lines
    finally:
        logger.removeHandler(heard)


class _Heard(logging.Handler):
    def __init__(self, address: str) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        parts = {part for part in re.split(r"[/?&=@:]+", address) if len(part) >= LEAST}
        self._secrets = [address, *sorted(parts)]

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        words = one_line(record.getMessage())
        self.lines.append(masked(words, self._secrets))
