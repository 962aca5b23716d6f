"""An archive cut into pieces of bounded size: the same whenever the same files are cut.

One process reads and cuts; what a piece holds is read by whoever screens it. A piece of a plain file is named by its
place there, one of a compressed file carries its bytes.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final, cast

import pyarrow as pa
import pyarrow.parquet as pq

from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.reading.warc_frames import FrameError, Frames
from watchlist.errors import UsageError

#: Bytes of a piece, and a few times that in memory: of a large archive a second or two for a process, and for the first
#: of a small one no longer, since words that are new cost ten times as much.
PIECE_BYTES: Final = 4 << 20
_LEAST_PIECE: Final = 128 << 10
#: Pieces that an archive has at least, if they are not the smallest: who ends first waits for one of them.
_PIECES: Final = 256
#: What is longer is no article.
LONGEST_ROW: Final = 64 << 20
#: Of Parquet, the columns that are read where they are there.
COLUMNS: Final = ("id", "title", "text", "url", "source", "feed", "lang", "published_at", "date", "published")
_BATCH_ROWS: Final = 500
#: What breaks off in a file that is damaged.
_DAMAGE = (OSError, EOFError, zlib.error, pa.ArrowException, FrameError)

Opener = Callable[[str], IO[bytes]]


@dataclass(frozen=True, slots=True)
class FileRange:
    """Bytes of a plain file."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Broken:
    """What a file holds from here on cannot be read, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class ArchivePiece:
    """Some rows of one file."""

    #: Counted over the whole archive.
    number: int
    path: str
    kind: InputKind
    #: The number of its first row in the file, counted from 1.
    first: int
    payload: bytes | FileRange | Broken
    #: How many bytes of the file it stands for.
    size: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A piece without its number."""

    first: int
    payload: bytes | FileRange | Broken
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


def _of_file(file: InputFile, piece_bytes: int, opened: Opener) -> Iterator[_Cut]:
    at = _RowAt()
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(opened(file.path))
            if file.kind is InputKind.PARQUET:
                yield from _batches(file, stream, piece_bytes, at)
                return
            plain = _unpacked(stream, file.packing, stack)
            here = opened is _open and file.packing is Packing.NONE
            parts = (
                _lines(plain, piece_bytes, at, by_place=here)
                if file.kind is InputKind.LINES
                else _records(plain, piece_bytes, at)
            )
            read = 0
            for each in parts:
                # Of a compressed file, how far it was read tells how much of it is done.
                done = each.size if file.packing is Packing.NONE else _tell(stream, read) - read
                read += done
                yield _Cut(each.first, each.payload, done)
    except _DAMAGE as error:
        yield _Cut(at.row, Broken(f"damaged: {getattr(error, 'strerror', None) or error}"), 0)


@dataclass(slots=True)
class _RowAt:
    """How far a file was read, for a complaint about the rest of it."""

    row: int = 1


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


def _lines(stream: IO[bytes], piece_bytes: int, at: _RowAt, *, by_place: bool) -> Iterator[_Cut]:
    """Whole lines, about so many bytes of them together."""
    # Of a line that goes on over many blocks nothing is copied until its end is there.
    kept: list[bytes] = []
    held = start = 0
    while True:
        block = stream.read(piece_bytes)
        if not block:
            break
        end = block.rfind(b"\n") + 1
        if not end:
            kept.append(block)
            held += len(block)
            if held > LONGEST_ROW:
                size = held + _pass_line(stream)
                yield _Cut(at.row, Broken(f"is longer than {LONGEST_ROW:,} bytes"), size)
                start, at.row = start + size, at.row + 1
                kept, held = [], 0
            continue
        whole = b"".join([*kept, block[:end]])
        kept, held = [block[end:]], len(block) - end
        yield _Cut(at.row, FileRange(start, len(whole)) if by_place else whole, len(whole))
        start += len(whole)
        at.row += whole.count(b"\n")
    if held:
        yield _Cut(at.row, FileRange(start, held) if by_place else b"".join(kept), held)


def _pass_line(stream: IO[bytes]) -> int:
    """Read to the end of a line and forget it; return how long it was."""
    size = 0
    while part := stream.readline(1 << 20):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size


def _records(stream: IO[bytes], piece_bytes: int, at: _RowAt) -> Iterator[_Cut]:
    """Whole WARC records that may hold an article."""
    some: list[bytes] = []
    first, size, read = 1, 0, 0
    frames = Frames(stream, LONGEST_ROW)
    for frame in frames:
        at.row = frame.number + 1
        if frame.record is not None:
            some.append(frame.record)
            size += len(frame.record)
        elif frame.reason:
            yield _Cut(frame.number, Broken(frame.reason), 0)
        if size >= piece_bytes:
            yield _Cut(first, b"".join(some), frames.read - read)
            some, first, size, read = [], frame.number + 1, 0, frames.read
    if some:
        yield _Cut(first, b"".join(some), frames.read - read)


def _batches(file: InputFile, stream: IO[bytes], piece_bytes: int, at: _RowAt) -> Iterator[_Cut]:
    """Rows of Parquet, as Arrow writes them."""
    parquet = pq.ParquetFile(stream)
    columns = [each for each in COLUMNS if each in parquet.schema_arrow.names]
    if not {"title", "text"} & set(columns):
        there = ", ".join(parquet.schema_arrow.names)
        yield _Cut(1, Broken(f"has neither a column title nor text; it has {there}"), file.size)
        return
    total = max(1, parquet.metadata.num_rows)
    some: list[pa.RecordBatch] = []
    size = rows = 0
    for batch in parquet.iter_batches(_BATCH_ROWS, columns=columns):
        some.append(batch)
        size += batch.nbytes
        rows += batch.num_rows
        if size >= piece_bytes:
            yield _Cut(at.row, _packed(some), file.size * rows // total)
            at.row += rows
            some, size, rows = [], 0, 0
    if some:
        yield _Cut(at.row, _packed(some), file.size * rows // total)


def _packed(batches: list[pa.RecordBatch]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for each in batches:
            writer.write_batch(each)
    return bytes(sink.getvalue().to_pybytes())
