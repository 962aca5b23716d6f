"""Texts that come more than once, as wire reports do: what was found in one is found in all of them.

So it is with what the engine finds in words beside each other, which is most of what it does. The processes of a run
share what they know; see `shared`.
"""

from __future__ import annotations

import pickle
from hashlib import blake2b

from watchlist.model import Article, Mention
from watchlist.shared import DIGEST_BYTES, SharedFinds


class Repeats:
    """What was found in texts by the processes that share a folder."""

    def __init__(self, finds: SharedFinds) -> None:
        self._finds = finds

    def look_around(self) -> None:
        """See which other processes there are by now."""
        self._finds.look_around()

    def known(self, key: bytes) -> tuple[Mention, ...] | None:
        """What was found in a text, None where it has not been seen or is forgotten."""
        found = self._finds.get(key)
        if not found:
            return None if found is None else ()
        mentions: tuple[Mention, ...] = pickle.loads(found)  # noqa: S301 - written by a process of this run
        return mentions

    def keep(self, key: bytes, found: tuple[Mention, ...]) -> None:
        """Know a text from now on."""
        self._finds.put(key, pickle.dumps(found, pickle.HIGHEST_PROTOCOL) if found else b"")


def key_of(article: Article) -> bytes:
    """The hash of title and text: the engine reads nothing else of an article."""
    found = blake2b(article.title.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES)
    # A byte that no text in UTF-8 has.
    found.update(b"\xff")
    found.update(article.text.encode("utf-8", "surrogatepass"))
    return found.digest()
