"""The lock file beside an SQLite file: one run at a time, whatever becomes of the file's name meanwhile."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from watchlist.errors import RunLockedError, StorageError

LOCKED = "another run is at work on this database"


class FileLock:
    """An exclusive lock on a file, which goes with the process that holds it, however that ends.

    The lock is on the file, while others come by its name. So it counts only while both are the same: a name that was
    removed, or leads elsewhere by now, is made to lead to a locked file again, unless somebody else was faster.
    """

    def __init__(self, database: Path) -> None:
        # Beside the file itself, by whatever link it is named.
        self._path = Path(f"{database.resolve()}.lock")
        self._holder = Path(f"{self._path}.holder")
        self._held: list[int] = []

    def take(self) -> None:
        """Take the lock; raises RunLockedError at once when another has it, StorageError where it cannot be made."""
        try:
            file = self._open()
            while not self._is_named(file):
                # Somebody has removed it in this moment.
                os.close(file)
                file = self._open()
        except BlockingIOError as error:
            raise RunLockedError(f"{LOCKED}{self._holder_words()} (lock {self._path})") from error
        except OSError as error:
            hint = ": it is a link, which may be turned; remove it" if error.errno == errno.ELOOP else ""
            raise StorageError(f"{self._path}: cannot be locked: {error.strerror}{hint}") from error
        self._held.append(file)
        self._name_holder()

    def look(self) -> bool:
        """Whether it is still held: the name leads to the locked file, or could be made to."""
        if not self._held or self._is_named(self._held[-1]):
            return bool(self._held)
        try:
            self.take()
        except (RunLockedError, StorageError):
            return False
        return True

    def give_back(self) -> None:
        """Let others have it."""
        if self._held and self._is_named(self._held[-1]):
            self._holder.unlink(missing_ok=True)
        for file in self._held:
            os.close(file)
        self._held.clear()

    def _open(self) -> int:
        """Open and lock what the name leads to now."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise
        return file

    def _is_named(self, file: int) -> bool:
        try:
            named, held = os.lstat(self._path), os.fstat(file)
        except OSError:
            return False
        return (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino)

    def _name_holder(self) -> None:
        """Write down who holds the lock."""
        since = datetime.now(UTC).isoformat(timespec="seconds")
        about = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        # Told to others where it can be: the lock holds without.
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
            with os.fdopen(os.open(self._holder, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(about, file)

    def _holder_words(self) -> str:
        try:
            about = json.loads(self._holder.read_text())
            since = datetime.fromisoformat(about["since"])
            return f": process {about['pid']} on {about['host']}, since {since:%Y-%m-%d %H:%M} UTC"
        except (OSError, ValueError, KeyError, TypeError):
            return ""
