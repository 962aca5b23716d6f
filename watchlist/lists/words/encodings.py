"""In which encoding a table was saved that does not say so."""

from __future__ import annotations

from charset_normalizer import from_bytes

#: What a spreadsheet on Windows writes where nothing speaks for another encoding.
_COMMON = "cp1252"
#: Bytes beyond ASCII from so many on show an encoding by themselves.
_LEAST = 8


def likely_encoding(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8, as a library finds it from those that are not ASCII."""
    beyond = [line for line in sample.splitlines() if not line.isascii()]
    if sum(byte > 0x7F for line in beyond for byte in line) < _LEAST:
        return _COMMON
    best = from_bytes(b"\n".join(beyond)).best()
    return best.encoding if best is not None and best.encoding != "utf_8" else _COMMON
