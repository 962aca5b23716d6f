"""One process of the local pool: takes pieces, screens them, writes parts."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from ctypes import c_int64
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from watchlist.archive.finishing.parts import write_part
from watchlist.archive.layout import Counts, PartRows
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.pieces import ArchivePiece
from watchlist.archive.reading.rows import BadRow, NoArticle, rows_of
from watchlist.archive.screener import ScreeningPlan, open_screener
from watchlist.children import leave_out_of_collection, settle_in
from watchlist.errors import WatchlistError

#: What stands for no row, while a process starts or waits.
NO_ROW: Final = -1


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What a process of the pool needs to know."""

    index: Path
    plan: ScreeningPlan
    parts: Path
    repeats: Path


@dataclass(frozen=True, slots=True)
class PieceTask:
    """A piece to be screened, without the rows at which processes died before."""

    piece: ArchivePiece
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PieceDone:
    """A piece is screened and its part is there."""

    number: int
    size: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The process cannot go on, and no other could: why."""

    reason: str


def work(connection: Connection, setup: WorkerSetup, row: c_int64, name: str) -> None:
    """Screen what comes until nothing comes any more; ``row`` always tells which row of a piece is in hand."""
    settle_in()
    tasks: queue.Queue[PieceTask] = queue.Queue(1)
    threading.Thread(target=_listen, args=(connection, tasks), daemon=True).start()
    try:
        screener = open_screener(setup.index, setup.plan, setup.repeats, name)
        leave_out_of_collection()
        while True:
            task = tasks.get()
            rows = PartRows()
            screener.screen(_told(task, row), rows, partial(setattr, row, "value"))
            write_part(setup.parts, task.piece.number, [rows])
            row.value = NO_ROW
            connection.send(PieceDone(task.piece.number, task.piece.size, rows.counts))
    except (WatchlistError, OSError) as error:
        connection.send(WorkerFailed(str(error)))


def _listen(connection: Connection, tasks: queue.Queue[PieceTask]) -> None:
    """Take the next piece in while the one before is screened."""
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        # Whoever runs the pool is gone: what is in hand is done again by who takes the run up.
        os._exit(0)


def _told(task: PieceTask, row: c_int64) -> Iterator[ArchiveRow | BadRow | NoArticle]:
    """The rows of a piece, each told before it is read."""
    row.value = 0
    for number, each in enumerate(rows_of(task.piece)):
        if number in task.left_out:
            yield BadRow(*_fatal(task, number, each))
        else:
            yield each
        row.value = number + 1


def _fatal(task: PieceTask, number: int, row: ArchiveRow | BadRow | NoArticle) -> tuple[str, str, bytes]:
    reason = "the process that screened it died each time"
    if isinstance(row, ArchiveRow):
        words = f"{row.article.title}\n{row.article.text}".encode("utf-8", "backslashreplace")
        return f"{task.piece.path}: article {row.article.id}", reason, words
    return f"{task.piece.path}: row {task.piece.first + number}", reason, b""
