"""The folder that one download has for itself, and those that were left over by a program that was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchlist.log import Log

_log = Log(__name__)

_NAME = re.compile(r"watchlist-list-(\d+)-.+")


@contextmanager
def download_folder() -> Iterator[Path]:
    """An empty folder, gone with the block."""
    with tempfile.TemporaryDirectory(prefix=f"watchlist-list-{os.getpid()}-") as folder:
        yield Path(folder)


def remove_left_over(index_dir: Path) -> int:
    """Remove the downloads, and the half-written files among indexes, of programs that are no more; return how many."""
    found = [
        path
        for path in _entries(Path(tempfile.gettempdir()))
        if (name := _NAME.fullmatch(path.name)) and _is_left(path, name[1])
    ]
    # Files of indexes are written beside their place, under a name that ends in the writer's number.
    found += [path for path in _entries(index_dir) if path.name.startswith(".") and _is_left(path, path.suffix[1:])]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if found:
        _log.info("left-over downloads were removed", count=len(found))
    return len(found)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_left(path: Path, number: str) -> bool:
    """Whether it is this user's, and nobody of this number is at work on this machine."""
    try:
        if not number.isdigit() or path.is_symlink() or path.stat().st_uid != os.getuid():
            return False
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        # Gone meanwhile, or somebody else's program has the number.
        return False
    return False
