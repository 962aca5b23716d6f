"""A sync that no page waits for."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from watchlist.errors import ConflictError, ListError
from watchlist.steps.asked.listed.lists import in_force, sync_words
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.subjects.in_words import cells_not_read, not_read
from watchlist.web.kept import Job
from watchlist.web.site import Site


def job_of(list_id: str) -> str:
    """The key of a list's sync."""
    return f"list {list_id}"


def begin_sync(site: Site, list_id: str, by: str, *, file: Path | None = None, accept: bool = False) -> Job:
    """Bring a list up to date, from its authority or from a file, while pages are answered; the file is then removed.

    Raises ConflictError where the list is being synced already and a file would be lost.
    """
    parts = site.parts
    scheduled = SyncOptions.scheduled(parts.config, parts.transports, parts.index_dir)
    options = replace(scheduled, source=file, accept=accept)

    def task(say: Callable[[str], None]) -> None:
        try:
            change = sync_list(parts.store, list_id, options, parts.clock())
            held = parts.store.watched_list(list_id)
            for line in sync_words(held, change):
                say(line)
            if change is not None and held.snapshot is not None and held.snapshot.unread:
                cells = ", ".join(map(not_read, held.snapshot.cells))
                say(f"{cells_not_read(held.snapshot.unread)}: {cells}")
        except ListError:
            if (kept := in_force(parts.store.watched_list(list_id))) is not None:
                say(kept)
            raise
        finally:
            if file is not None:
                shutil.rmtree(file.parent, ignore_errors=True)

    key = job_of(list_id)
    if file is not None and (present := site.kept.work.job(key)) is not None and present.is_running:
        shutil.rmtree(file.parent, ignore_errors=True)
        raise ConflictError(f"{list_id} is being checked at the moment: hand the file over when that is done")
    title = f"Check of {list_id}" if file is None else f"Reading the file for {list_id}"
    return site.kept.work.start(Job(key, title, by, parts.clock()), task, parts.clock)


def folder_for(name: str) -> Path:
    """A path in a new folder of ours for a file that somebody hands over under a name of theirs."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in name)
    return Path(tempfile.mkdtemp(prefix="watchlist-")) / (plain.lstrip(".")[-100:] or "list")
