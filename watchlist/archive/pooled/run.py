"""An archive screened by processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from watchlist.archive.finishing.finish import finish_here
from watchlist.archive.finishing.parts import done_parts, rows_of_kind
from watchlist.archive.finishing.summary import IndexAbout
from watchlist.archive.folder import ArchiveRun, RunFolder
from watchlist.archive.pooled.pool import Pool
from watchlist.archive.pooled.worker import WorkerSetup
from watchlist.archive.reading.pieces import ArchivePiece, cut


@dataclass(frozen=True, slots=True)
class ArchiveProgress:
    """How far a run is."""

    #: Bytes of the input that are done, those of an earlier attempt included.
    done: int
    total: int
    #: Articles and characters of this attempt.
    articles: int
    characters: int


def screen_locally(
    folder: RunFolder,
    run: ArchiveRun,
    about: IndexAbout,
    workers: int,
    tell: Callable[[ArchiveProgress], None],
    clock: Callable[[], datetime],
) -> dict[str, Any]:
    """Screen what is not done yet, and finish; return the summary. The folder must be held and the run begun.

    Memory does not grow with the archive. Killed at any moment, the next call goes on with the pieces that are left.
    """
    folder.clear_unfinished()
    known = done_parts(folder.parts)
    total = sum(each.size for each in run.inputs)
    done = articles = characters = 0

    def left() -> Iterator[ArchivePiece]:
        nonlocal done
        for piece in cut(run.inputs, run.piece_bytes):
            if piece.number in known:
                done += piece.size
            else:
                yield piece

    setup = WorkerSetup(folder.index, run.plan, folder.parts, folder.repeats)
    with Pool(setup, workers) as pool:
        for each in pool.run(left()):
            done += each.size
            articles += each.counts.articles
            characters += each.counts.characters
            tell(ArchiveProgress(done, total, articles, characters))
    return finish_here(folder, run, about, partial(rows_of_kind, folder.parts), workers, clock())
