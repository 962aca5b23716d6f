"""Which checks there are for a configuration, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from watchlist.app import now
from watchlist.config import Config
from watchlist.doctor.channels import try_channel
from watchlist.doctor.finding import Check
from watchlist.doctor.machine import look_at_configuration, look_at_disk, look_at_permissions
from watchlist.doctor.stored import look_at_accounts, look_at_database, look_at_index
from watchlist.doctor.wire import ListAddress, ask_lists, look_up_hosts
from watchlist.errors import StorageError
from watchlist.lists.forms import published_lists
from watchlist.ports import Transport
from watchlist.steps.parts import index_dir
from watchlist.storage.store import open_store

_WAIT = 5.0


def all_checks(config: Config, path: Path | None, transports: Mapping[str, Transport]) -> list[Check]:
    """Every check that fits this configuration."""
    folder = index_dir(config)
    lists, feeds = _addresses(config)
    return [
        Check("config", partial(look_at_configuration, config, path, len(transports))),
        Check("permissions", partial(look_at_permissions, config, path, folder)),
        Check("disk", partial(look_at_disk, config, folder)),
        Check("database", partial(look_at_database, config)),
        Check("index", partial(look_at_index, config, folder)),
        Check("accounts", partial(look_at_accounts, config)),
        Check("dns", partial(look_up_hosts, [*(each.url for each in lists), *feeds])),
        Check("lists", partial(ask_lists, lists, config.fetch, now)),
        *(Check(name, partial(try_channel, name, transport)) for name, transport in transports.items()),
    ]


def _addresses(config: Config) -> tuple[list[ListAddress], list[str]]:
    """Where lists and feeds are fetched from: as the database has them, else as they are declared."""
    known: list[tuple[str, str | None]] = [(each.id, each.url) for each in config.lists if each.enabled]
    feeds = [each.url for each in config.feeds if each.enabled]
    try:
        store = open_store(config.database.url, _WAIT, creates=False)
    except StorageError:
        pass
    else:
        try:
            known = [(each.id, each.url) for each in store.watched_lists() if each.enabled and each.refresh] or known
            feeds = [each.url for each in store.watched_feeds() if each.enabled] or feeds
        except StorageError:
            # Told with the database.
            pass
        finally:
            store.close()
    published = published_lists()
    found = [
        ListAddress(id, address)
        for id, url in known
        for address in ((url,) if url else published[id].files if id in published else ())
    ]
    return found, feeds
