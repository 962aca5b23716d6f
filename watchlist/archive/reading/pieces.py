"""An archive cut into pieces of bounded size: the same whenever the same files are cut.

One process reads and cuts; what a piece holds is read by whoever screens it. A piece of a plain file is named by its
place there, one of a compressed file carries its bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final, cast

import pyarrow.parquet as pq

from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.reading.streams import (
    DAMAGE,
    Broken,
    Cut,
    FileRange,
    RowAt,
    batches,
    damaged,
    line_places,
    lines,
    records,
)
from watchlist.errors import UsageError

#: Bytes of a piece, and a few times that in memory: of a large archive a second or two for a process, and for the first
#: of a small one no longer, since words that are new cost ten times as much.
PIECE_BYTES: Final = 4 << 20
_LEAST_PIECE: Final = 128 << 10
#: Pieces that an archive has at least, if they are not the smallest: who ends first waits for one of them.
_PIECES: Final = 256

Opener = Callable[[str], IO[bytes]]


@dataclass(frozen=True, slots=True)
class ArchivePiece:
    """Some rows of one file."""

    #: Counted over the whole archive.
    number: int
    path: str
    kind: InputKind
    #: The number of its first row in the file, counted from 1; 0 where nobody knows.
    first: int
    payload: bytes | FileRange | Broken
    #: How many bytes of the file it stands for.
    size: int


def piece_bytes_for(files: Iterable[InputFile]) -> int:
    """How large the pieces of these files should be, so that a few processes have equal shares of them."""
    return min(PIECE_BYTES, max(_LEAST_PIECE, sum(each.size for each in files) // _PIECES))


def cut(
    files: Iterable[InputFile], piece_bytes: int = PIECE_BYTES, opened: Opener | None = None
) -> Iterator[ArchivePiece]:
    """The pieces of these files, one file after another. A damaged file ends in a `Broken` piece, the next goes on."""
    number = 0
    for file in files:
        for each in _of_file(file, piece_bytes, opened or _open):
            yield ArchivePiece(number, file.path, file.kind, each.first, each.payload, each.size)
            number += 1


def _open(path: str) -> IO[bytes]:
    return Path(path).open("rb")


def _of_file(file: InputFile, piece_bytes: int, opened: Opener) -> Iterator[Cut]:
    at = RowAt()
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(opened(file.path))
            if file.kind is InputKind.PARQUET:
                yield from batches(pq.ParquetFile(stream), file.size, piece_bytes, at)
                return
            plain = _unpacked(stream, file.packing, stack)
            of_lines = line_places if opened is _open and file.packing is Packing.NONE else lines
            parts = (of_lines if file.kind is InputKind.LINES else records)(plain, piece_bytes, at)
            read = 0
            for each in parts:
                # Of a compressed file, how far it was read tells how much of it is done.
                done = each.size if file.packing is Packing.NONE else _tell(stream, read) - read
                read += done
                yield Cut(each.first, each.payload, done)
    except DAMAGE as error:
        yield Cut(at.row, damaged(error), 0)


def _tell(stream: IO[bytes], before: int) -> int:
    try:
        return max(stream.tell(), before)
    except (OSError, ValueError):
        return before


def _unpacked(stream: IO[bytes], packing: Packing, stack: ExitStack) -> IO[bytes]:
    if packing is Packing.GZIP:
        return cast("IO[bytes]", stack.enter_context(gzip.open(stream)))
    if packing is Packing.ZSTD:
        try:
            import zstandard
        except ImportError as error:
            raise UsageError("reading .zst files needs pip install 'watchlist[archive]'") from error
        reader = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
        return cast("IO[bytes]", stack.enter_context(BufferedReader(cast("Any", reader), 1 << 20)))
    return stream
