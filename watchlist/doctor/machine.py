"""Checks of this machine: the configuration, who may read what, room on the disk."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from watchlist.config import Config
from watchlist.config.secrets import secrets_of
from watchlist.doctor.finding import Finding, broken, doubtful, fine
from watchlist.feeds.pages.installed import HOW, can_read_pages
from watchlist.model import FullText

#: Bytes below which a disk is about to be full, and below which it is to be seen to.
_FULL, _SCARCE = 100_000_000, 1_000_000_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MAY_READ = stat.S_IRGRP | stat.S_IROTH


def look_at_configuration(config: Config, path: Path | None, channels: int) -> Iterator[Finding]:
    """What is set up."""
    where = str(path) if path is not None else "no file; the defaults hold"
    lists, feeds = (sum(each.enabled for each in declared) for declared in (config.lists, config.feeds))
    yield fine("config", f"{where}: {lists} lists, {feeds} feeds, {channels} channels")
    if config.fetch.full_text is not FullText.NEVER and not can_read_pages():
        text = "what reads the pages of articles is not installed: of a feed with summaries only those are screened"
        yield doubtful("config", text, f"{HOW}; or set fetch.full_text to never")
    if not channels:
        yield doubtful("config", "no channel is set up: alerts reach nobody", "set one up under 'email' or another")


def look_at_permissions(config: Config, path: Path | None, index_dir: Path) -> Iterator[Finding]:
    """Who may read what is secret, and whether this user may write what has to be written."""
    complaints = 0
    for each in _complaints(config, path, index_dir):
        complaints += 1
        yield each
    if not complaints:
        yield fine("permissions", "nobody else may read what is secret; what is to be written may be written")


def _complaints(config: Config, path: Path | None, index_dir: Path) -> Iterator[Finding]:
    if path is not None and _mode(path) & _MAY_READ and _holds_a_secret(config, path):
        yield doubtful(
            "permissions", f"{path} holds a password or another secret, and others may read it", f"chmod 600 {path}"
        )
    for name, section in config.channels.items():
        for key, value in section:
            if not isinstance(value, Path) or not key.endswith("_file"):
                continue
            what = f"{value} ({name}.{key})"
            if not value.exists():
                yield broken("permissions", f"{what} is not there", "make it, or name another")
            elif not os.access(value, os.R_OK):
                yield broken("permissions", f"{what} may not be read by {me()}", make_mine(value))
            elif _mode(value) & _MAY_READ:
                yield doubtful("permissions", f"{what} may be read by others", f"chmod 600 {value}")
    database = sqlite_file(config)
    if database is not None and database.is_dir():
        # Told with the database.
        database = None
    folder = index_dir
    if database is not None:
        if database.exists() and _mode(database) & _OTHERS:
            text = f"{database} is open to others (mode {_mode(database) & 0o777:o}): it has what you watch"
            yield doubtful("permissions", text, f"chmod 600 {database}*")
        # What stands beside the file has its mode at the time it was made.
        beside = (database.with_name(database.name + ending) for ending in ("", "-wal", "-shm", ".lock"))
        for each in (database.parent, *filter(Path.exists, beside)):
            if not os.access(_there(each), os.W_OK):
                text = f"{each} may not be written by {me()}"
                yield broken("permissions", text, f"{make_mine(each)}, or run as its owner")
    if not os.access(_there(folder), os.W_OK):
        mend = f"{make_mine(_there(folder))}, or set matching.index_dir to a folder that may be written"
        yield doubtful("permissions", f"{folder} may not be written: the index is made anew at every start", mend)


def look_at_disk(config: Config, index_dir: Path) -> Iterator[Finding]:
    """Whether there is room where something is written."""
    database = sqlite_file(config)
    places = [index_dir, Path(tempfile.gettempdir()), *([database.parent] if database is not None else [])]
    seen: set[int] = set()
    for place in map(_there, places):
        device = place.stat().st_dev
        if device in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(place).free
        text = f"{free / 1e9:,.1f} GB free at {place}"
        mend = "make room: 'watchlist db purge' and 'watchlist db vacuum' give some back"
        if free < _FULL:
            yield broken("disk", text, mend)
        elif free < _SCARCE:
            yield doubtful("disk", text, mend)
        else:
            yield fine("disk", text)


def sqlite_file(config: Config) -> Path | None:
    """The file of the database; None where it is on a server."""
    prefix, _, path = config.database.url.partition(":///")
    return Path(path.partition("?")[0]) if prefix.startswith("sqlite") and path else None


def _there(path: Path) -> Path:
    """The path, or the first folder above it that is there."""
    return next((each for each in (path, *path.absolute().parents) if each.exists()), Path("/"))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _holds_a_secret(config: Config, path: Path) -> bool:
    """Whether any secret stands in the file of the configuration, and not elsewhere."""
    text = _text(path)
    return any(secret in text for secret in secrets_of(config))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def me() -> str:
    """Whoever runs this, in words."""
    return f"user {_name()}" if os.geteuid() else "root"


def make_mine(path: Path | str) -> str:
    """The command that makes a file belong to whoever runs this."""
    return f"chown {_name()} {path}"


def _name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        # In a container a number often has no name.
        return str(os.geteuid())
