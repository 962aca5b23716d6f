"""Texts that were screened lately, by their hash: who asks again, as programs do of copies, has the answer at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from watchlist.web.screening.text import AskedText, ScreenedText

#: So many texts, and bytes of what was found in them; most have nothing.
_TEXTS: Final = 4096
_BYTES: Final = 4 << 20

#: What an answer is to: the hash of the text, its id, and the lists that count.
_Asked = tuple[str, str, frozenset[str] | None]


class AnsweredTexts:
    """What was found in the latest texts, with the index of which file; safe in threads.

    Of a text itself nothing is kept but a hash. Answers for a page, which are large, are made anew.
    """

    def __init__(self, texts: int = _TEXTS, size: int = _BYTES) -> None:
        self._most, self._size = texts, size
        self._lock = threading.Lock()
        self._known: OrderedDict[_Asked, ScreenedText] = OrderedDict()
        self._held = 0

    def known(self, index: Path | None, asked: AskedText) -> ScreenedText | None:
        """The answer to the same with this index; None where there is none, or it is forgotten."""
        if index is None or asked.is_for_page:
            return None
        key = _key(asked)
        with self._lock:
            found = self._known.get(key)
            if found is None or found.index != index:
                return None
            self._known.move_to_end(key)
            return found

    def keep(self, asked: AskedText, found: ScreenedText) -> None:
        """Know an answer from now on, and forget those that were asked for longest ago."""
        if found.index is None or asked.is_for_page:
            return
        key = _key(asked)
        with self._lock:
            before = self._known.pop(key, None)
            self._held += _size(found) - (_size(before) if before is not None else 0)
            self._known[key] = found
            while self._held > self._size or len(self._known) > self._most:
                _, oldest = self._known.popitem(last=False)
                self._held -= _size(oldest)


def _key(asked: AskedText) -> _Asked:
    return asked.article.content_hash, asked.article.id, asked.lists


def _size(found: ScreenedText) -> int:
    return sum(map(len, found.json))
