"""Checks of what is stored: the database with its tables, the index of names, the accounts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from watchlist.config import Config
from watchlist.doctor.finding import Finding, broken, doubtful, fine
from watchlist.doctor.machine import make_mine, me, sqlite_file
from watchlist.errors import NoDatabaseError, SchemaOutOfDateError, SchemaTooNewError, StorageError
from watchlist.http.addresses import is_this_machine
from watchlist.model import AccountCounts
from watchlist.steps.index import kept_index
from watchlist.storage.store import Store, open_store

_RESTORE = "'watchlist db check' reads all of it; 'watchlist db restore FILE' takes the last good copy back"
#: `init` does so too, where there is no configuration yet.
_MAKE = "'watchlist lists sync' or 'watchlist run' makes one"
#: Seconds that another program is waited for.
_WAIT = 5.0


def look_at_database(config: Config) -> Iterator[Finding]:
    """Whether the database is there, of this version, and sound."""
    path = sqlite_file(config)
    if path is not None and path.is_dir():
        yield broken("database", f"{path} is a folder", "name a file in database.url")
        return
    if path is not None and path.exists() and not os.access(path, os.R_OK):
        yield broken("database", f"{path} may not be read by {me()}", f"{make_mine(path)}, or run as its owner")
        return
    try:
        store = open_store(config.database.url, _WAIT, creates=False)
    except NoDatabaseError as error:
        yield broken("database", f"there is none at {error.where}", _MAKE)
        return
    except SchemaOutOfDateError as error:
        yield broken("schema", f"at version {error.current}, not {error.expected}", "'watchlist db upgrade'")
        return
    except SchemaTooNewError as error:
        yield broken("schema", str(error), "install the version that made it, or name another database")
        return
    except StorageError as error:
        mend = "see database.url, and whether the server answers" if "postgresql" in config.database.url else _RESTORE
        yield broken("database", str(error), mend)
        return
    try:
        yield from _look_inside(store)
    except StorageError as error:
        yield broken("database", str(error), _RESTORE)
    finally:
        store.close()


def look_at_index(config: Config, index_dir: Path) -> Iterator[Finding]:
    """Whether the index of names that screening needs is there and can be used."""
    try:
        store = open_store(config.database.url, _WAIT, creates=False)
    except StorageError:
        # Told with the database.
        return
    try:
        revisions = store.revisions()
        lists = [each for each in store.watched_lists() if each.enabled and each.entity_count]
    except StorageError:
        return
    finally:
        store.close()
    files = list(index_dir.glob("*.index"))
    size = sum(path.stat().st_size for path in files)
    if not lists:
        yield doubtful("index", "there are no names to look for", "'watchlist lists sync' fetches the official lists")
    elif kept_index(revisions, index_dir) is None:
        text = f"none of the present lists is kept in {index_dir}: the next run makes it"
        yield fine("index", text)
    else:
        yield fine("index", f"of the present lists; {len(files)} kept, {size / 1e6:,.1f} MB")


def look_at_accounts(config: Config) -> Iterator[Finding]:
    """Whether those who use the page can, and nobody else hears or may what they should not."""
    try:
        store = open_store(config.database.url, _WAIT, creates=False)
        try:
            accounts = AccountCounts.of(store.accounts())
        finally:
            store.close()
    except StorageError:
        # Told with the database.
        return
    public = config.web.public_url
    if not accounts.known and config.web.proxy_header is None:
        if public is None:
            yield fine("accounts", "none: 'watchlist serve' answers this machine alone")
        else:
            make = "'watchlist users add NAME --role admin' makes the first"
            yield broken("accounts", f"none, so 'watchlist serve' does not begin, as others come by {public}", make)
        return
    if config.web.lacks_admin(accounts):
        make = "'watchlist users role NAME admin', or 'enable NAME', makes one"
        yield doubtful("accounts", "none of an admin is open: nobody may change anything on the page", make)
    else:
        counted = f"{accounts.known}, {accounts.opened} of them open, {accounts.admins} of them of admins"
        yield fine("accounts", counted)
    if public is not None and not config.web.is_https and not is_this_machine(urlsplit(public).hostname or ""):
        mend = "have a proxy speak TLS, and write https in web.public_url (docs/deploying.md)"
        yield doubtful("accounts", f"passwords go to {public} in clear text", mend)


def _look_inside(store: Store) -> Iterator[Finding]:
    schema, server = store.versions()
    yield fine("schema", f"version {schema}, as this program needs it; {server}")
    damage = store.damage(quick=True)
    for each in damage:
        yield broken("database", each, _RESTORE)
    if not damage:
        yield fine("database", f"sound, as far as a quick look tells; {store.size() / 1e6:,.1f} MB")
