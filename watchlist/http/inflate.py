"""Decompression with a ceiling: a body never grows past its limit, whatever it promises to unpack to.

The time taken is in proportion to what goes in and what comes out: zlib copies whatever it was given and did not use,
so it is given little at a time, and a body has a bounded number of gzip members.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

#: The most that is unpacked at a time, and the most that zlib is given at a time.
_PIECE = 1 << 16
_SLICE = 1 << 14
#: The most gzip members of a body. Tools that pack in blocks make one for each 64 KB or more.
MOST_MEMBERS = 10_000
_GZIP = b"\x1f\x8b"
#: The beginning of a body that shows whether it is text, in bytes; and what is in no text but of two bytes a character.
_LOOK = 64
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
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


class TooManyMembersError(TooLargeError):
    """The body consists of more gzip members than anybody needs."""

    def __init__(self) -> None:
        super().__init__(f"is packed in more than {MOST_MEMBERS:,} parts")


class DamagedError(BodyError):
    """The body is compressed, but broken, or cut off: then there is no ``detail``, which is zlib's word."""

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail
        super().__init__(f"the compressed body is damaged ({detail})" if detail else "the compressed body is cut off")


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as it came over the wire, with what is needed to unpack it where that may take as long as it likes."""

    data: bytes
    #: Its Content-Encoding; None for a body that is not to be unpacked.
    encoding: str | None
    #: The most that it may become.
    max_bytes: int = 1 << 62

    def unpacked(self) -> bytes:
        """The body, whatever its label says of compression. Raises BodyError."""
        return self.data if self.encoding is None else read_bounded((self.data,), self.encoding, self.max_bytes)


def inflate(chunks: Iterable[bytes], encoding: str, max_bytes: int, *, forgiving: bool) -> Iterator[bytes]:
    """The bytes of a body that ``chunks`` carry under this Content-Encoding, in pieces, as they come.

    Understands gzip (several members too) and deflate, with or without the zlib wrapper; at most ``max_bytes`` before
    and after inflation. ``forgiving`` goes by the first bytes, since servers mislabel bodies in all directions: what
    begins as gzip is unpacked, what begins as text is taken as it is, and what follows the last member is passed over.
    Else the label holds, and what follows is damage. Raises BodyError.
    """
    names = [name for name in encoding.lower().replace(",", " ").split() if name != "identity"]
    known = not set(names) - {"gzip", "x-gzip", "deflate"}
    unpacked = _bounded(chunks, max_bytes)
    if not forgiving:
        if len(names) > 1 or not known:
            raise UnknownEncodingError(encoding)
        unpacked = _unpacked(unpacked, names[0] if names else None, forgiving=False)
    else:
        unpacked = _as_it_is(unpacked, encoding, text_only=len(names) > 1 or not known)
        # Some pack twice what they label twice.
        for _ in names[:2] or ("",):
            unpacked = _unpacked(unpacked, names[0] if len(names) == 1 else None, forgiving=True)
    yield from _bounded(unpacked, max_bytes)


def read_bounded(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The whole body in memory, forgiving; see `inflate`."""
    return b"".join(inflate(chunks, encoding, max_bytes, forgiving=True))


def _as_it_is(chunks: Iterator[bytes], encoding: str, *, text_only: bool) -> Iterator[bytes]:
    """The same chunks, the first of them long enough to tell; with ``text_only`` an error if they are neither."""
    head = b""
    while len(head) < _LOOK and (chunk := next(chunks, None)) is not None:
        head += chunk
    if text_only and not (head.startswith(_GZIP) or _is_text(head)):
        raise UnknownEncodingError(encoding)
    yield head
    yield from chunks


def _is_text(head: bytes) -> bool:
    """Whether these may be the first bytes of a text, and not of something packed."""
    head = head[:_LOOK]
    return head.startswith(_WIDE) or _NO_TEXT.search(head) is None


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
    members = 1
    waiting = b""
    for chunk in _sliced(chain((head,), chunks)):
        waiting += chunk
        full = False
        while waiting or full:
            if stream.eof:
                if forgiving and len(waiting) < len(_GZIP):
                    break
                if forgiving and (packing == "deflate" or not waiting.startswith(_GZIP)):
                    # Padding, which gzip tools pass over too.
                    return
                members += 1
                if members > MOST_MEMBERS:
                    raise TooManyMembersError
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


def _unpacks_to_text(head: bytes, window: int) -> bool:
    """Whether these bytes, which may be text, unpack to text."""
    try:
        return _is_text(zlib.decompressobj(window).decompress(head, _LOOK))
    except zlib.error:
        return False


def _sliced(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _SLICE):
            yield chunk[start : start + _SLICE]


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
        window = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
        return None if forgiving and _is_text(head) and not _unpacks_to_text(head, window) else window
    return None if forgiving else _GZIP_OR_ZLIB
