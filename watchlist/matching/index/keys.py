"""The keys and numbers under which the index keeps symbols, pairs of symbols and misspellings.

The same on every machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from watchlist.matching.language.script.normalise import skeleton

#: A frame of fewer consonants says nothing.
_SHORTEST_FRAME: Final = 2
#: What is left of ch and of a soft c or g by those who write sh, s and j for them.
_SOFT: Final = re.compile("ch|c(?=[ei])|g(?=[ei])")


def digest(text: str) -> int:
    """A 64-bit hash that is the same everywhere."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def pair_key(first: int, second: int) -> int:
    """One number for two symbols in either order."""
    return (first << 32 | second) if first < second else (second << 32 | first)


def deletions(symbol: str) -> set[str]:
    """The symbol, and every form of it with one letter after the first left out."""
    return {symbol, *(symbol[:at] + symbol[at + 1 :] for at in range(1, len(symbol)))}


@lru_cache(maxsize=1 << 16)
def frame_key(symbol: str) -> str:
    """The key of a word's consonants, the same for most ways of spelling it; empty where they say too little.

    Dz, dzh and j are one: Dzhokhar and Jokhar; so are ch and sh, and a soft g and j: Chamas and Shamas, Gibril, Jibril.
    """
    if not symbol.isalpha() or symbol.isupper():
        return ""
    frame = skeleton(_SOFT.sub("s", symbol)).replace("ds", "s")
    return f"~{frame}" if len(frame) >= _SHORTEST_FRAME else ""
