"""A piece to its rows: an article each, or what cannot be read, with its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from watchlist.archive.reading.fields import ArchiveRow, BadFieldError, row_of
from watchlist.archive.reading.inputs import InputKind
from watchlist.archive.reading.pieces import ArchivePiece
from watchlist.archive.reading.streams import Broken, FileRange

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BadRow:
    """What could not be read or screened: where it stands, why, and its bytes as far as there are any."""

    place: str
    reason: str
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A record of the web that holds no article, such as a picture or an error page."""


def rows_of(piece: ArchivePiece) -> Iterator[ArchiveRow | BadRow | NoArticle]:
    """The rows of a piece, in their order. Never raises on any bytes."""
    if isinstance(piece.payload, Broken):
        yield BadRow(_place(piece), piece.payload.reason)
        return
    try:
        payload = _read(piece.path, piece.payload) if isinstance(piece.payload, FileRange) else piece.payload
        if piece.kind is InputKind.LINES:
            yield from rows_of_lines(payload.split(b"\n"), piece.path, piece.first)
        elif piece.kind is InputKind.PARQUET:
            yield from _rows_of_arrow(payload, piece)
        else:
            from watchlist.archive.reading.warc import rows_of_warc

            for found in rows_of_warc(BytesIO(payload)):
                if isinstance(found, str):
                    yield BadRow(f"{piece.path}: records from {piece.first}", found)
                else:
                    yield NoArticle() if found is None else found
    except OSError as error:
        yield BadRow(_place(piece), error.strerror or str(error))


def _place(piece: ArchivePiece) -> str:
    return f"{piece.path}: row {piece.first}" if piece.first else piece.path


def rows_of_lines(lines: Iterable[bytes], path: str, first: int) -> Iterator[ArchiveRow | BadRow]:
    """The articles of lines of JSON; empty lines are none. ``first`` counts them, 0 where nobody knows the count."""
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        place = f"{path}: line {number}" if first else path
        try:
            value = json.loads(line.removeprefix(_BOM))
        except (ValueError, RecursionError) as error:
            yield BadRow(place, f"is no JSON: {error}", line)
            continue
        if not isinstance(value, dict):
            yield BadRow(place, 'is no object with "id", "title" and "text"', line)
            continue
        yield _row(value, place, line)


def rows_of_records(records: Iterable[dict[str, Any]], path: str, first: int) -> Iterator[ArchiveRow | BadRow]:
    """The articles of rows of a table."""
    for number, record in enumerate(records, first):
        yield _row(record, f"{path}: row {number}" if first else path, None)


def _row(value: dict[str, Any], place: str, raw: bytes | None) -> ArchiveRow | BadRow:
    try:
        return row_of(value)
    except BadFieldError as error:
        return BadRow(place, str(error), raw if raw is not None else repr(value).encode("utf-8", "replace"))


def _rows_of_arrow(payload: bytes, piece: ArchivePiece) -> Iterator[ArchiveRow | BadRow]:
    import pyarrow as pa

    number = piece.first
    with pa.ipc.open_stream(payload) as reader:
        for batch in reader:
            yield from rows_of_records(batch.to_pylist(), piece.path, number)
            number += batch.num_rows


def _read(path: str, place: FileRange) -> bytes:
    with Path(path).open("rb") as stream:
        stream.seek(place.start)
        return stream.read(place.length)
