"""An archive shared out without reading it: by place, for tasks that read beside each other.

A line belongs to the share in which it begins, the groups of rows of a Parquet file to its shares in turn; a file that
is compressed as a whole, and WARC, is one share. So whoever has a share needs nothing of the others, and all of them
together are the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

import pyarrow.parquet as pq

from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.reading.pieces import ArchivePiece, Opener, cut
from watchlist.archive.reading.streams import DAMAGE, LONGEST_ROW, Broken, Cut, RowAt, batches, damaged, lines


@dataclass(frozen=True, slots=True)
class FileShare:
    """A file, or what begins in some of its bytes."""

    #: Counted over the whole archive.
    number: int
    file: InputFile
    start: int
    end: int


def shared_out(files: Iterable[InputFile], share_bytes: int) -> Iterator[FileShare]:
    """The shares of these files, of about so many bytes each: the same whenever the same files are shared out."""
    number = 0
    for file in files:
        step = max(1, file.size if _is_one(file) else share_bytes)
        # Of an empty file the reader says what is wrong with it, if anything is.
        for start in range(0, max(1, file.size), step):
            yield FileShare(number, file, start, min(start + step, file.size))
            number += 1


def pieces_of(share: FileShare, piece_bytes: int, opened: Opener) -> Iterator[ArchivePiece]:
    """What a share holds, in pieces of bounded size; of what is damaged, a `Broken` one.

    Raises OSError where a plain file cannot be opened: on another machine, or later, it may be there.
    """
    file = share.file
    if _is_one(file):
        yield from cut([file], piece_bytes, opened)
        return
    at = RowAt()
    read = _groups if file.kind is InputKind.PARQUET else _lines
    with opened(file.path) as stream:
        try:
            for each in read(share, stream, piece_bytes, at):
                yield ArchivePiece(share.number, file.path, file.kind, each.first, each.payload, each.size)
        except DAMAGE as error:
            yield ArchivePiece(share.number, file.path, file.kind, at.row, damaged(error), 0)


def _is_one(file: InputFile) -> bool:
    """Whether it can only be read from its beginning."""
    return file.packing is not Packing.NONE or file.kind is InputKind.WARC


def _lines(share: FileShare, stream: IO[bytes], piece_bytes: int, at: RowAt) -> Iterator[Cut]:
    start = _line_from(stream, share.start)
    if start >= share.end:
        # All of it lies within a line that began before.
        return
    end = _line_from(stream, share.end)
    stream.seek(start)
    for each in lines(BytesIO(stream.read(end - start)), piece_bytes, at):
        # Only from the beginning of a file they can be counted.
        yield Cut(0 if share.start else each.first, each.payload, each.size)


def _line_from(stream: IO[bytes], place: int) -> int:
    """Where the first line begins that does not begin before a place; no further than a line may be long."""
    if not place:
        return 0
    stream.seek(place - 1)
    return place - 1 + len(stream.readline(LONGEST_ROW + 1))


def _groups(share: FileShare, stream: IO[bytes], piece_bytes: int, at: RowAt) -> Iterator[Cut]:
    """The groups of rows whose turn it is, were all of them of one length."""
    try:
        parquet = pq.ParquetFile(stream)
    except DAMAGE:
        if share.start:
            # What is wrong with the file as a whole, its first share tells.
            return
        raise
    count = parquet.num_row_groups
    mine = [each for each in range(count) if share.start <= each * share.file.size // count < share.end]
    at.row = 1 + sum(parquet.metadata.row_group(each).num_rows for each in range(mine[0] if mine else 0))
    for each in batches(parquet, share.file.size, piece_bytes, at, mine):
        if not (share.start and isinstance(each.payload, Broken)):
            yield each
