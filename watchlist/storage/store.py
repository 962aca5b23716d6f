"""The store: the nouns of this package over one database."""

from __future__ import annotations

from contextlib import AbstractContextManager

from watchlist.storage.alerts import AlertRows
from watchlist.storage.articles import ArticleRows
from watchlist.storage.changes import ChangeRows
from watchlist.storage.deliveries import DeliveryRows
from watchlist.storage.edits import EditRows
from watchlist.storage.engine import open_engine
from watchlist.storage.entities import EntityRows
from watchlist.storage.feed_polls import FeedPollRows
from watchlist.storage.feeds import FeedRows
from watchlist.storage.groups import GroupRows
from watchlist.storage.intake import IntakeRows
from watchlist.storage.lists import ListRows
from watchlist.storage.lock import run_lock
from watchlist.storage.lookbacks import LookBackRows
from watchlist.storage.mentions import MentionRows
from watchlist.storage.migrate import EXPECTED, current, require_current, upgrade
from watchlist.storage.notices import NoticeRows
from watchlist.storage.pages import PageRows
from watchlist.storage.prints import PrintRows
from watchlist.storage.runs import RunRows
from watchlist.storage.sources import SourceRows
from watchlist.storage.suppressions import SuppressionRows


class Store(
    ListRows,
    EntityRows,
    PrintRows,
    EditRows,
    IntakeRows,
    ChangeRows,
    GroupRows,
    SuppressionRows,
    FeedRows,
    FeedPollRows,
    SourceRows,
    ArticleRows,
    PageRows,
    MentionRows,
    LookBackRows,
    AlertRows,
    DeliveryRows,
    NoticeRows,
    RunRows,
):
    """Everything kept, behind methods that each are one transaction."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the run lock; raises RunLockedError when another run has it."""
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


def open_store(url: str, busy_timeout: float = 30.0, *, any_version: bool = False) -> Store:
    """The store at this SQLAlchemy URL; ``busy_timeout`` is in seconds. A new database gets its tables.

    Raises SchemaOutOfDateError when the tables are of an older version, unless ``any_version``, and StorageError when
    they are of a newer one or the database cannot be opened.
    """
    engine = open_engine(url, busy_timeout)
    try:
        if not any_version:
            require_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
