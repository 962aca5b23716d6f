"""The parts of a name as the index keeps them: taking a name apart takes twenty times as long as reading its parts.

With them the keys of neighbouring parts as one, which take as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern
from typing import Final

from watchlist.matching.language.roles import NamePart, Role

_ROLES: Final = tuple(Role)
_NOTHING: Final[frozenset[str]] = frozenset()
#: Before the joined keys, between two parts, and between what is said of one: none can stand in a cleaned word.
_JOINED, _PART, _FIELD = "\v", "\n", "\t"


def packed_parts(parts: tuple[NamePart, ...], joined: Iterable[str]) -> bytes:
    """A name's parts, and its joined keys, as bytes."""
    text = _PART.join(_FIELD.join((part.form, part.symbol, str(int(part.role)))) for part in parts)
    return f"{text}{_JOINED}{_FIELD.join(sorted(joined))}".encode("utf-8", "surrogatepass")


def unpacked_parts(packed: bytes) -> tuple[tuple[NamePart, ...], frozenset[str]]:
    """The parts, and the joined keys, of which `packed_parts` made these bytes."""
    text, _, joined = packed.decode("utf-8", "surrogatepass").partition(_JOINED)
    rows = (row.split(_FIELD) for row in text.split(_PART)) if text else ()
    parts = tuple([NamePart(form, intern(symbol), _ROLES[int(role)]) for form, symbol, role in rows])
    return parts, frozenset(joined.split(_FIELD)) if joined else _NOTHING
