"""In which encoding a table was saved that does not say so."""

from __future__ import annotations

import codecs

import chardet

#: What a spreadsheet on Windows writes where nothing speaks for another encoding.
_COMMON = "cp1252"
#: Bytes beyond ASCII from so many on show an encoding by themselves.
_LEAST = 8
#: More than this shows no more.
_MOST = 1 << 16


def likely_encoding(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8, as a library finds it from the lines that are not ASCII."""
    beyond = b"\n".join(line for line in sample.splitlines() if not line.isascii())[:_MOST]
    if sum(byte > 0x7F for byte in beyond) < _LEAST:
        return _COMMON
    found = chardet.detect(beyond)["encoding"]
    try:
        name = codecs.lookup(found).name if found else "utf-8"
    except LookupError:
        return _COMMON
    return _COMMON if name in ("utf-8", "ascii") else name
