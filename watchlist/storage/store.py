"""The store: the rooms of this package over one database."""

from __future__ import annotations

from contextlib import AbstractContextManager

from watchlist.errors import NoDatabaseError
from watchlist.storage.accounts import AccessRows
from watchlist.storage.care.check import CheckRows
from watchlist.storage.care.clock import ClockRows
from watchlist.storage.care.figures import FigureRows
from watchlist.storage.care.packing import PackingRows
from watchlist.storage.database.connect import make_folder, name_of, open_engine
from watchlist.storage.database.lock import run_lock
from watchlist.storage.database.migrate import current, is_there, require_current, upgrade
from watchlist.storage.database.runs import RunRows
from watchlist.storage.database.version import EXPECTED
from watchlist.storage.found import FoundRows
from watchlist.storage.listed import ListedRows
from watchlist.storage.news import NewsRows
from watchlist.storage.purge.purges import PurgeRows
from watchlist.storage.queued import QueuedRows
from watchlist.storage.workers import WorkerRows


class Store(
    ListedRows,
    NewsRows,
    FoundRows,
    QueuedRows,
    RunRows,
    PurgeRows,
    FigureRows,
    CheckRows,
    PackingRows,
    WorkerRows,
    ClockRows,
    AccessRows,
):
    """Everything kept, behind methods that each are one transaction."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the run lock alone; raises RunLockedError when another run has it."""
        return run_lock(self._engine)

    def upgrade(self) -> tuple[str | None, str]:
        """Take the tables to this program's version; return the version before and after.

        Raises StorageError when they are of a newer version.
        """
        before = current(self._engine)
        upgrade(self._engine)
        return before, EXPECTED

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_store(url: str, busy_timeout: float = 30.0, *, any_version: bool = False, creates: bool = True) -> Store:
    """The store at this SQLAlchemy URL; ``busy_timeout`` is in seconds. A new database gets its tables.

    Raises SchemaOutOfDateError when the tables are of an older version, unless ``any_version``, and StorageError when
    they are of a newer one or the database cannot be opened; where it does not ``create``, NoDatabaseError when there
    is none.
    """
    engine = open_engine(url, busy_timeout)
    try:
        if creates:
            make_folder(engine)
        elif not is_there(engine):
            raise NoDatabaseError(name_of(engine))
        if not any_version:
            require_current(engine, creates=creates)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
