"""Decompression with a ceiling: a body never grows past its limit, whatever it promises to unpack to."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

#: The most that is unpacked at a time.
_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"
#: zlib's window bits that recognise gzip and zlib headers alike.
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class BodyError(ValueError):
    """A body that is of no use; its text says why."""


class UnknownEncodingError(BodyError):
    """The body is compressed in a way that was not asked for."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        super().__init__(f"the body is compressed in a way that was not asked for: {encoding}")


class TooLargeError(BodyError):
    """The body is larger than allowed, before or after decompression."""


class DamagedError(BodyError):
    """The body is compressed, but broken, or cut off: then there is no ``detail``, which is zlib's word."""

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail
        super().__init__(f"the compressed body is damaged ({detail})" if detail else "the compressed body is cut off")


def inflate(chunks: Iterable[bytes], encoding: str, max_bytes: int, *, forgiving: bool) -> Iterator[bytes]:
    """The bytes of a body that ``chunks`` carry under this Content-Encoding, in pieces, as they come.

    Understands gzip (several members too) and deflate, with or without the zlib wrapper; at most ``max_bytes`` before
    and after inflation. ``forgiving`` tells gzip by its first bytes, since servers mislabel it in both directions, and
    passes over what follows the last member; else the label holds, and what follows is damage. Raises BodyError.
    """
    names = [name for name in encoding.lower().replace(",", " ").split() if name != "identity"]
    if len(names) > 1 or set(names) - {"gzip", "x-gzip", "deflate"}:
        raise UnknownEncodingError(encoding)
    unpacked = _unpacked(_bounded(chunks, max_bytes), names[0] if names else None, forgiving)
    yield from _bounded(unpacked, max_bytes)


def read_bounded(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The whole body in memory, forgiving; see `inflate`."""
    return b"".join(inflate(chunks, encoding, max_bytes, forgiving=True))


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLargeError(f"is larger than {max_bytes:,} bytes")
        yield chunk


def _unpacked(chunks: Iterator[bytes], packing: str | None, forgiving: bool) -> Iterator[bytes]:
    head = b""
    while len(head) < len(_GZIP) and (chunk := next(chunks, None)) is not None:
        head += chunk
    window = _window(head, packing, forgiving)
    if window is None:
        yield from chain((head,), chunks)
        return
    stream = zlib.decompressobj(window)
    waiting = b""
    for chunk in chain((head,), chunks):
        waiting += chunk
        full = False
        while waiting or full:
            if stream.eof:
                if forgiving and len(waiting) < len(_GZIP):
                    break
                if forgiving and (packing == "deflate" or not waiting.startswith(_GZIP)):
                    # Padding, which gzip tools pass over too.
                    return
                stream = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                piece = stream.decompress(waiting, _PIECE)
            except zlib.error as error:
                raise DamagedError(str(error)) from error
            waiting = stream.unconsumed_tail or stream.unused_data
            # zlib may hold back more than it was asked for, although it has taken all of its input.
            full = len(piece) == _PIECE and not stream.eof
            if piece:
                yield piece
    if not stream.eof:
        raise DamagedError


def _window(head: bytes, packing: str | None, forgiving: bool) -> int | None:
    """How a body that begins so is unpacked, in zlib's terms; None for as it is."""
    if not head or (packing is None and not forgiving):
        return None
    if head.startswith(_GZIP):
        return _GZIP_OR_ZLIB
    if packing == "deflate":
        # RFC 9110 means the zlib wrapper by "deflate"; many servers send the bare stream. RFC 1950: the wrapper's
        # first two bytes name method 8 and are a multiple of 31.
        wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return None if forgiving else _GZIP_OR_ZLIB
