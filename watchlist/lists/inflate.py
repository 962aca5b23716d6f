"""Undoes a response's content encoding piece by piece, never holding more than one bounded piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PIECE = 1 << 18
#: zlib's window bits that recognise gzip and zlib headers alike.
_GZIP_OR_ZLIB = 47


class BodyError(Exception):
    """The answer is complete but of no use; asking again the same way would not help."""


class Inflater:
    """Turns the bytes on the wire into the bytes of the file; gzip and deflate, or as they are.

    ``size`` counts the file's bytes so far. More than ``max_bytes``, on the wire or after inflating, raises BodyError.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        encodings = [
            name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in ("", "identity")
        ]
        if encodings not in ([], ["gzip"], ["x-gzip"], ["deflate"]):
            raise BodyError(f"the server sent content encoding {encoding!r}, which was not asked for")
        self._packed = bool(encodings)
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._max_bytes = max_bytes
        self._wire = 0
        self.size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The pieces of the file that a chunk from the wire gives."""
        self._wire += len(chunk)
        self._bound(self._wire)
        if not self._packed:
            self.size += len(chunk)
            yield chunk
            return
        try:
            while chunk:
                if self._inflate.eof:
                    # A gzip file may consist of several members.
                    self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
                piece = self._inflate.decompress(chunk, _PIECE)
                chunk = self._inflate.unconsumed_tail or self._inflate.unused_data
                self.size += len(piece)
                self._bound(self.size)
                if piece:
                    yield piece
        except zlib.error as error:
            raise BodyError(f"the compressed answer is damaged: {error}") from error

    def finish(self) -> None:
        """Raise BodyError when the compressed stream ends too early."""
        if self._packed and self._wire and not self._inflate.eof:
            raise BodyError("the compressed answer is cut off before its end")

    def _bound(self, size: int) -> None:
        if size > self._max_bytes:
            raise BodyError(f"the file has more than {self._max_bytes:,} bytes (fetch.list_max_bytes)")
