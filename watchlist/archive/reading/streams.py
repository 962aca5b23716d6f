"""A stream to whole rows of bounded size: lines, records of the web, rows of Parquet."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from typing import IO, Final, cast

import pyarrow as pa
import pyarrow.parquet as pq

from watchlist.archive.reading.warc_frames import FrameError, Frames

#: What is longer is no article.
LONGEST_ROW: Final = 64 << 20
#: Of Parquet, the columns that are read where they are there.
COLUMNS: Final = ("id", "title", "text", "url", "source", "feed", "lang", "published_at", "date", "published")
_BATCH_ROWS: Final = 500
#: What breaks off in a file that is damaged.
DAMAGE: Final = (OSError, EOFError, zlib.error, pa.ArrowException, FrameError)


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
class Cut:
    """Some rows of a stream: the number of the first, what they are, and how many bytes they stand for."""

    first: int
    payload: bytes | FileRange | Broken
    size: int


def damaged(error: Exception) -> Broken:
    """What is left of a file where one of `DAMAGE` came up."""
    return Broken(f"damaged: {getattr(error, 'strerror', None) or error}")


@dataclass(slots=True)
class RowAt:
    """How far a file was read, for a complaint about the rest of it."""

    row: int = 1


def line_places(stream: IO[bytes], piece_bytes: int, at: RowAt) -> Iterator[Cut]:
    """Where whole lines stand in a plain file, about so many bytes of them together; the same cuts as `lines`."""
    # One block over and over: whoever cuts is one for many who screen.
    block = bytearray(piece_bytes)
    held = start = 0
    while read := cast("BufferedReader", stream).readinto(block):
        end = block.rfind(b"\n", 0, read) + 1
        if end:
            size = held + end
            yield Cut(at.row, FileRange(start, size), size)
            start, held = start + size, read - end
            at.row += block.count(b"\n", 0, end)
            continue
        held += read
        if held > LONGEST_ROW:
            size = held + _pass_line(stream)
            yield Cut(at.row, _too_long(), size)
            start, held, at.row = start + size, 0, at.row + 1
    if held:
        yield Cut(at.row, FileRange(start, held), held)


def lines(stream: IO[bytes], piece_bytes: int, at: RowAt) -> Iterator[Cut]:
    """Whole lines, about so many bytes of them together."""
    # Of a line that goes on over many blocks nothing is copied until its end is there.
    kept: list[bytes] = []
    held = 0
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
                yield Cut(at.row, _too_long(), size)
                kept, held, at.row = [], 0, at.row + 1
            continue
        whole = b"".join([*kept, block[:end]])
        kept, held = [block[end:]], len(block) - end
        yield Cut(at.row, whole, len(whole))
        at.row += whole.count(b"\n")
    if held:
        yield Cut(at.row, b"".join(kept), held)


def _too_long() -> Broken:
    return Broken(f"is longer than {LONGEST_ROW:,} bytes")


def _pass_line(stream: IO[bytes]) -> int:
    """Read to the end of a line and forget it; return how long it was."""
    size = 0
    while part := stream.readline(1 << 20):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size


def records(stream: IO[bytes], piece_bytes: int, at: RowAt) -> Iterator[Cut]:
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
            yield Cut(frame.number, Broken(frame.reason), 0)
        if size >= piece_bytes:
            yield Cut(first, b"".join(some), frames.read - read)
            some, first, size, read = [], frame.number + 1, 0, frames.read
    if some:
        yield Cut(first, b"".join(some), frames.read - read)


def batches(
    parquet: pq.ParquetFile, size: int, piece_bytes: int, at: RowAt, groups: Sequence[int] | None = None
) -> Iterator[Cut]:
    """Rows of Parquet, as Arrow writes them: all of a file of this ``size``, or those of some groups of rows."""
    columns = [each for each in COLUMNS if each in parquet.schema_arrow.names]
    if not {"title", "text"} & set(columns):
        there = ", ".join(parquet.schema_arrow.names)
        yield Cut(1, Broken(f"has neither a column title nor text; it has {there}"), size)
        return
    total = max(1, parquet.metadata.num_rows)
    some: list[pa.RecordBatch] = []
    held = rows = 0
    for batch in parquet.iter_batches(_BATCH_ROWS, row_groups=groups, columns=columns):
        some.append(batch)
        held += batch.nbytes
        rows += batch.num_rows
        if held >= piece_bytes:
            yield Cut(at.row, _packed(some), size * rows // total)
            at.row += rows
            some, held, rows = [], 0, 0
    if some:
        yield Cut(at.row, _packed(some), size * rows // total)


def _packed(batches: list[pa.RecordBatch]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for each in batches:
            writer.write_batch(each)
    return bytes(sink.getvalue().to_pybytes())
