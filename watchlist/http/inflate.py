"""Decompression with a ceiling: a body never grows past its limit in memory, whatever it promises to unpack to."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_STEP = 1 << 16
_GZIP = b"\x1f\x8b"


class TooLargeError(ValueError):
    """The body is larger than allowed, before or after decompression."""


class DamagedError(ValueError):
    """The body is compressed, but broken or cut off."""


def read_bounded(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The body that ``chunks`` carry under this Content-Encoding, at most ``max_bytes`` before and after inflation.

    Understands gzip (several members too) and deflate, with or without the zlib wrapper. Whether a body is gzip is told
    by its first bytes, since servers mislabel it in both directions. Raises TooLargeError, DamagedError, and ValueError
    for an encoding that was not asked for.
    """
    names = [name for name in encoding.lower().replace(",", " ").split() if name != "identity"]
    if len(names) > 1 or set(names) - {"gzip", "x-gzip", "deflate"}:
        raise ValueError(f"the body is compressed in a way that was not asked for: {encoding}")
    raw = bytearray()
    for chunk in chunks:
        raw += chunk
        if len(raw) > max_bytes:
            raise TooLargeError
    if raw.startswith(_GZIP):
        return _gunzip(bytes(raw), max_bytes)
    if names == ["deflate"] and raw:
        return _inflate(bytes(raw), max_bytes)
    return bytes(raw)


def _gunzip(raw: bytes, max_bytes: int) -> bytes:
    out = bytearray()
    # What follows the last member and is no member itself is padding, which gzip tools ignore too.
    while raw.startswith(_GZIP):
        raw = _unpack(raw, zlib.MAX_WBITS | 16, out, max_bytes)
    return bytes(out)


def _inflate(raw: bytes, max_bytes: int) -> bytes:
    # RFC 9110 means the zlib wrapper by "deflate"; many servers send the bare stream. RFC 1950: the wrapper's first
    # two bytes name method 8 and are a multiple of 31.
    wrapped = raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0
    out = bytearray()
    _unpack(raw, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, out, max_bytes)
    return bytes(out)


def _unpack(raw: bytes, wbits: int, out: bytearray, max_bytes: int) -> bytes:
    """Append one compressed stream to ``out`` and return what follows it."""
    stream = zlib.decompressobj(wbits)
    try:
        while not stream.eof:
            piece = stream.decompress(raw, _STEP)
            raw = stream.unconsumed_tail
            out += piece
            if len(out) > max_bytes:
                raise TooLargeError
            if not piece and not raw and not stream.eof:
                raise DamagedError("the compressed body is cut off")
    except zlib.error as error:
        raise DamagedError(f"the compressed body is damaged ({error})") from error
    return stream.unused_data
