"""The numbers under which the index keeps symbols, pairs of symbols and misspellings; the same on every machine."""

from __future__ import annotations

from hashlib import blake2b


def digest(text: str) -> int:
    """A 64-bit hash that is the same everywhere."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def pair_key(first: int, second: int) -> int:
    """One number for two symbols in either order."""
    return (first << 32 | second) if first < second else (second << 32 | first)


def deletions(symbol: str) -> set[str]:
    """The symbol, and every form of it with one letter after the first left out."""
    return {symbol, *(symbol[:at] + symbol[at + 1 :] for at in range(1, len(symbol)))}
