"""A few processes that screen pieces, each replaced when it dies; no piece is lost, and none is done twice.

A piece is given back when its process dies. The row at which processes died so often is left out and put aside; where
that does not help, the whole piece is.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Iterator
from ctypes import c_int64
from dataclasses import dataclass, field, replace
from multiprocessing import RawValue
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Final, Self

from watchlist.archive.pooled.worker import NO_ROW, PieceDone, PieceTask, WorkerFailed, WorkerSetup, work
from watchlist.archive.reading.pieces import ArchivePiece
from watchlist.archive.reading.streams import Broken
from watchlist.children import ChildProcess, end_children
from watchlist.errors import ArchiveError

#: One in hand and one to follow.
_AHEAD: Final = 2
#: A row at which so many processes died is left out.
_DEATHS: Final = 3
#: Processes that died one after another before any had screened a piece.
_FALSE_STARTS: Final = 8


@dataclass(slots=True)
class _PoolWorker:
    """A process, what it was given and has not answered, in order, and the row it has in hand."""

    process: ChildProcess
    row: c_int64
    given: deque[PieceTask] = field(default_factory=deque)

    @property
    def connection(self) -> Connection:
        """The line to it."""
        return self.process.connection


class Pool:
    """So many processes on one index; use it in ``with``."""

    def __init__(self, setup: WorkerSetup, size: int) -> None:
        self._setup = setup
        self._size = size
        self._workers: list[_PoolWorker] = []
        self._back: deque[PieceTask] = deque()
        self._deaths: Counter[tuple[int, int]] = Counter()
        self._started = 0
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        end_children(each.process for each in self._workers)

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that are at work."""
        return tuple(each.process.pid for each in self._workers)

    def run(self, pieces: Iterator[ArchivePiece]) -> Iterator[PieceDone]:
        """Screen the pieces; yields each when its part is there, in the order in which they are done.

        Raises ArchiveError where no process can work.
        """
        self._workers += [self._start() for _ in range(self._size)]
        while True:
            for worker in list(self._workers):
                self._feed(worker, pieces)
            if not any(worker.given for worker in self._workers):
                return
            by_connection = {worker.connection: worker for worker in self._workers}
            for ready in wait(list(by_connection)):
                done = self._heard(by_connection[ready]) if isinstance(ready, Connection) else None
                if done is not None:
                    yield done

    def _start(self) -> _PoolWorker:
        row = RawValue(c_int64, NO_ROW)
        name = f"{self._started}"
        self._started += 1
        return _PoolWorker(ChildProcess(work, (self._setup, row, name)), row)

    def _feed(self, worker: _PoolWorker, pieces: Iterator[ArchivePiece]) -> None:
        while len(worker.given) < _AHEAD:
            if self._back:
                task = self._back.popleft()
            else:
                piece = next(pieces, None)
                if piece is None:
                    return
                task = PieceTask(piece)
            worker.given.append(task)
            # Of a process that has died, the next look tells.
            with contextlib.suppress(OSError):
                worker.connection.send(task)

    def _heard(self, worker: _PoolWorker) -> PieceDone | None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return None
        if isinstance(answer, WorkerFailed):
            raise ArchiveError(f"{answer.reason}; '--resume' goes on where this run stopped")
        worker.given.popleft()
        self._false_starts = 0
        found: PieceDone = answer
        return found

    def _replace(self, worker: _PoolWorker) -> None:
        """Put another process in the place of one that died, and give back what it had."""
        code = worker.process.exit_code()
        worker.connection.close()
        given = list(worker.given)
        if worker.row.value != NO_ROW and given:
            given[0] = self._suspected(given[0], worker.row.value)
        else:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise ArchiveError(
                    f"the processes that screen die as soon as they start (exit code {code}): is there enough memory"
                    " for so many? --workers sets their number, '--resume' goes on where this run stopped"
                )
        self._back.extendleft(reversed(given))
        self._workers[self._workers.index(worker)] = self._start()

    def _suspected(self, task: PieceTask, row: int) -> PieceTask:
        """The task that a process died at, without the row where that is proved to be to blame."""
        number = task.piece.number
        self._deaths[number, row] += 1
        if self._deaths[number, row] < _DEATHS:
            return task
        if row not in task.left_out:
            self._deaths[number, row] = 0
            return replace(task, left_out=task.left_out | {row})
        reason = f"the process that read these {task.piece.size:,} bytes died each time"
        return PieceTask(replace(task.piece, payload=Broken(reason)))
