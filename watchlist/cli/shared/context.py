"""What commands share: the options of every command, the configuration and store behind them, exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from watchlist.errors import (
    ConfigError,
    DeliveryError,
    FeedError,
    ListError,
    NotFoundError,
    RunLockedError,
    UsageError,
    WatchlistError,
)
from watchlist.log import before_first_line, hide

if TYPE_CHECKING:
    # Loaded only by commands that need them, or the bare `--help` would take a second.
    from watchlist.app import App
    from watchlist.config import Config
    from watchlist.matching.index.compiled import CompiledIndex
    from watchlist.storage.store import Store

#: Class of error to exit code, the first that fits; any other WatchlistError is fatal: 1.
_EXIT_CODES: tuple[tuple[type[WatchlistError], int], ...] = (
    (RunLockedError, 75),
    (ConfigError, 2),
    (UsageError, 2),
    (NotFoundError, 2),
    (ListError, 3),
    (FeedError, 3),
    (DeliveryError, 3),
)

#: Done, but something failed.
PARTLY_FAILED = 3


def exit_code(error: WatchlistError) -> int:
    """0 fine, 1 fatal, 2 usage or configuration, 3 done but something failed, 75 another run holds the lock."""
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), 1)


@dataclass(frozen=True, slots=True)
class Screened:
    """What a text is screened for, and how."""

    config: Config
    index: CompiledIndex
    #: All lists, and whether they are switched on.
    lists: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Invocation:
    """The options that stand before the command."""

    config_path: Path | None
    database_url: str | None

    def config(self) -> tuple[Config, Path | None]:
        """The configuration and its file, with logging set up as it says."""
        from watchlist.config import load
        from watchlist.delivery.transports import sections

        config, path = load(self.config_path, channels=sections(), database_url=self.database_url)

        def set_up_logging() -> None:
            from watchlist.cli.shared.logs import set_up
            from watchlist.config.secrets import secrets_of

            hide(secrets_of(config))
            set_up(config.logging)

        before_first_line(set_up_logging)
        return config, path

    @contextmanager
    def store(self, *, creates: bool = False) -> Iterator[Store]:
        """The store, for commands that only look at or change what is kept; made where it ``creates``."""
        from watchlist.app import make_store

        config, path = self.config()
        with _naming(path):
            store = make_store(config, declares=path is not None, creates=creates)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def app(self, *, creates: bool = False) -> Iterator[App]:
        """All parts, for commands that run a stage; with a new database where it ``creates``."""
        from watchlist.app import make_app

        config, path = self.config()
        with _naming(path):
            parts = make_app(config, declares=path is not None, creates=creates)
        try:
            yield parts
        finally:
            parts.store.close()

    def screened(self) -> Screened:
        """What is screened for: from the index that is kept, else with all parts, which make one."""
        from watchlist.steps.index import kept_index, load_index
        from watchlist.steps.parts import index_dir
        from watchlist.storage.database.glance import glance

        config, path = self.config()
        seen = glance(config.database.url)
        declared = None if path is None else {each.id: each.enabled for each in config.lists}
        if seen is not None and declared in (None, seen.declared):
            kept = kept_index(seen.revisions, index_dir(config))
            if kept is not None:
                return Screened(config, kept.index, seen.lists)
        with self.app() as parts:
            index = load_index(parts.store, parts.index_dir).index
            return Screened(config, index, {each.id: each.enabled for each in parts.store.watched_lists()})


@contextmanager
def _naming(path: Path | None) -> Iterator[None]:
    """Say of which file a setting is, where only its key is known."""
    try:
        yield
    except ConfigError as error:
        if error.path is not None or path is None:
            raise
        raise ConfigError(error.reason, path=path, key=error.key) from error


def invocation(context: typer.Context) -> Invocation:
    """The options of every command, as given."""
    found = context.find_object(Invocation)
    return found or Invocation(None, None)
