"""The only wiring: from a configuration to the parts a command works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event

from watchlist.config import Config
from watchlist.delivery.transports import make_transports
from watchlist.errors import ConfigError, MayOnlyReadError
from watchlist.feeds.pages.installed import HOW, can_read_pages
from watchlist.lists.forms import published_lists
from watchlist.log import Log
from watchlist.model import FeedDeclaration, FullText, ListDeclaration, WorkerRole
from watchlist.ports import Transport
from watchlist.steps.parts import Parts, index_dir
from watchlist.storage.store import Store, open_store
from watchlist.text.masked import without_logins

_log = Log(__name__)

#: Lists or feeds that are named, of those that the configuration has left out.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class App(Parts):
    """The parts of a run for a command, which may ask more of the store than the steps do."""

    store: Store


def now() -> datetime:
    """The wall clock: everything below takes it as a value."""
    return datetime.now(UTC)


def make_store(config: Config, *, declares: bool, creates: bool = True) -> Store:
    """The store of this configuration, with its declared lists and feeds brought in.

    ``declares`` is False when the configuration came from no file: then what an earlier one declared stays as it is.
    Where there is no database, one is made if it ``creates``. Raises ConfigError for a list that is not known by name,
    StorageError when the database cannot be used or there is none.
    """
    declared = _declarations(config)
    store = open_store(config.database.url, config.database.busy_timeout, creates=creates)
    if declares:
        try:
            _declare(store, config, declared)
        except MayOnlyReadError as error:
            # Whoever may write has it brought in; what is asked here is asked of the database as it is.
            _log.warning("what the configuration declares is not brought in", error=str(error))
        except BaseException:
            store.close()
            raise
    return store


def _declarations(config: Config) -> tuple[ListDeclaration, ...]:
    return tuple(_declaration(config, position) for position in range(len(config.lists)))


def _declare(store: Store, config: Config, declared: tuple[ListDeclaration, ...]) -> None:
    at = now()
    feeds = (
        FeedDeclaration(
            url=each.url, title=each.title, enabled=each.enabled, full_text=each.full_text, every=each.every
        )
        for each in config.feeds
    )
    for kind, left_out in (("lists", store.declare_lists(declared, at)), ("feeds", store.declare_feeds(feeds, at))):
        if left_out:
            # It may be by mistake; what is known of them is kept.
            named = ", ".join(map(without_logins, left_out[:_NAMED]))
            more = f" and {len(left_out) - _NAMED} more" if len(left_out) > _NAMED else ""
            _log.warning(f"{kind} are no longer in the configuration, and off", **{kind: named + more})


def reloaded(parts: App, config: Config, *, declares: bool) -> App:
    """The same parts with another configuration, which is looked at in full before anything is changed.

    Raises ConfigError for what cannot be, and for another database or port: those take a new start.
    """
    if config.database.url != parts.config.database.url:
        raise ConfigError("another database takes a new start of the program", key="database.url")
    before, after = parts.config.health, config.health
    if (before.host, before.port) != (after.host, after.port):
        raise ConfigError("another address to listen at takes a new start of the program", key="health.port")
    transports = make_transports(config)
    refuse_unknown(config, transports)
    if declares:
        _declare(parts.store, config, _declarations(config))
    return replace(parts, config=config, transports=transports, index_dir=index_dir(config))


def make_app(config: Config, *, declares: bool, creates: bool = True, stop: Event | None = None) -> App:
    """Everything a run needs, for this configuration; see `make_store`."""
    transports = make_transports(config)
    refuse_unknown(config, transports)
    return App(
        config=config,
        store=make_store(config, declares=declares, creates=creates),
        transports=transports,
        index_dir=index_dir(config),
        clock=now,
        stop=stop or Event(),
    )


def refuse_unknown(config: Config, transports: Mapping[str, Transport]) -> None:
    """Raise ConfigError for what the configuration names and there is not: a channel, a list, a worker, an extra."""
    _refuse_pages(config)
    if len(set(config.worker.taken)) < len(WorkerRole) and config.database.url.startswith("sqlite"):
        hint = "leave it out, or share a PostgreSQL database"
        raise ConfigError(f"on SQLite one process does everything: {hint}", key="worker.roles")
    operator = config.delivery.operator
    if operator is not None and operator not in transports:
        known = ", ".join(transports) or "none"
        raise ConfigError(f"no channel {operator!r} is set up (set up: {known})", key="delivery.operator")
    for n, route in enumerate(config.routes):
        for target in route.channels:
            channel, _, recipient = target.partition(":")
            transport = transports.get(channel)
            if transport is None:
                known = ", ".join(transports) or "none"
                raise ConfigError(f"no channel {channel!r} is set up (set up: {known})", key=f"routes.{n}.channels")
            if recipient and recipient not in transport.recipients:
                known = ", ".join(transport.recipients)
                raise ConfigError(f"{recipient!r} is no recipient of {channel}: {known}", key=f"routes.{n}.channels")
    _declarations(config)


def _refuse_pages(config: Config) -> None:
    """Raise ConfigError where pages are wanted in any case and cannot be read."""
    wanting = {"fetch.full_text": config.fetch.full_text}
    wanting |= {f"feeds.{n}.full_text": each.full_text for n, each in enumerate(config.feeds)}
    key = next((key for key, wanted in wanting.items() if wanted is FullText.ALWAYS), None)
    if key is not None and not can_read_pages():
        raise ConfigError(f"always needs the extra: {HOW}", key=key)


def _declaration(config: Config, position: int) -> ListDeclaration:
    each = config.lists[position]
    published = published_lists().get(each.id)
    by_hand = each.url is None and bool(each.columns)
    if published is None and each.url is None and not by_hand:
        known = ", ".join(sorted(published_lists()))
        hint = "another one needs its url; a list of your own is made with 'watchlist lists create'"
        raise ConfigError(f"{each.id!r} is not known by name (known: {known}); {hint}", key=f"lists.{position}.id")
    title = each.title or (published.title if published else each.id)
    # A table of one's own, without an address, is read when it is handed over.
    refresh = published is not None or not by_hand
    return ListDeclaration(each.id, title, each.url, enabled=each.enabled, refresh=refresh, every=each.every)
