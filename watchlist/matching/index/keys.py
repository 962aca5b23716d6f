"""The keys and numbers under which the index keeps symbols, pairs of symbols and misspellings.

The same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from watchlist.matching.language.normalise import skeleton

#: A frame of fewer consonants says nothing.
_SHORTEST_FRAME: Final = 2


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
    """The key of a word's consonants, the same for most ways of spelling it; empty where they say too little."""
    if not symbol.isalpha() or symbol.isupper():
        return ""
    frame = skeleton(symbol)
    return f"~{frame}" if len(frame) >= _SHORTEST_FRAME else ""
