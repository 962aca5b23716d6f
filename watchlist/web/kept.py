"""What is kept for pages between requests, in this process alone: work in hand, files that wait for a yes, what to say.

None of it is worth keeping longer: what work does is stored by what does it, and a file can be handed over again.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic, TypeVar

from watchlist.errors import BusyError, ConflictError, NotFoundError, WatchlistError
from watchlist.log import Log
from watchlist.ports import Clock
from watchlist.text.masked import without_logins

_log = Log(__name__)

_Thing = TypeVar("_Thing")

#: So much is done at a time, and so much may wait for its turn.
_AT_ONCE = 2
_MOST = 40
_AGAIN_AFTER = 30
#: Work whose end is remembered.
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that a page does not wait for."""

    #: What it is about: of one thing one piece of work is in hand at a time.
    key: str
    title: str
    by: str
    started_at: datetime
    finished_at: datetime | None = None
    #: What it said.
    lines: tuple[str, ...] = ()
    #: Why it came to nothing.
    error: str | None = None

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self.finished_at is None


#: Does the work; says what came of it, line by line.
Task = Callable[[Callable[[str], None]], None]


class Work:
    """Work that goes on while pages are answered. Safe in threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, job: Job, task: Task, clock: Clock) -> Job:
        """Begin; where work of this key goes on already, that is given back. Raises BusyError for too much at a time.

        A thread of its own does it, which ends with the process: whatever is broken off is stored whole or not at all.
        """
        with self._lock:
            present = self._jobs.get(job.key)
            if present is not None and present.is_running:
                return present
            if sum(each.is_running for each in self._jobs.values()) >= _MOST:
                raise BusyError("too much is being done already: try again in a moment", _AGAIN_AFTER)
            self._put(job)
        threading.Thread(target=self._do, args=(job.key, task, clock), name=f"work {job.key}", daemon=True).start()
        return job

    def job(self, key: str) -> Job | None:
        """The work of this key, in hand or done; None where there was none."""
        with self._lock:
            return self._jobs.get(key)

    def jobs(self, kind: str = "") -> tuple[Job, ...]:
        """All that is remembered whose key begins like this, the newest first."""
        with self._lock:
            return tuple(each for each in reversed(self._jobs.values()) if each.key.startswith(kind))

    def _do(self, key: str, task: Task, clock: Clock) -> None:
        error = None
        with self._turns:
            try:
                task(lambda line: self._change(key, line=line))
            except WatchlistError as failed:
                error = without_logins(str(failed))
            except Exception as failed:
                _log.exception("work for a page failed", work=key)
                error = f"internal error, please report it: {type(failed).__name__}: {failed}"
        self._change(key, error=error, finished_at=clock())

    def _change(
        self, key: str, *, line: str | None = None, error: str | None = None, finished_at: datetime | None = None
    ) -> None:
        with self._lock:
            job = self._jobs[key]
            lines = (*job.lines, without_logins(line)) if line is not None else job.lines
            self._jobs[key] = replace(job, lines=lines, error=error, finished_at=finished_at)

    def _put(self, job: Job) -> None:
        self._jobs[job.key] = job
        self._jobs.move_to_end(job.key)
        for key in [key for key, each in self._jobs.items() if not each.is_running][:-_REMEMBERED]:
            del self._jobs[key]


class Shelf(Generic[_Thing]):
    """Things that are fetched by a word nobody can guess, the newest of them alone. Safe in threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._things: OrderedDict[str, _Thing] = OrderedDict()

    def put(self, thing: _Thing) -> str:
        """Keep something; return the word for it."""
        word = secrets.token_urlsafe(12)
        with self._lock:
            self._things[word] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return word

    def get(self, word: str) -> _Thing | None:
        """What is kept under a word, if it still is."""
        with self._lock:
            return self._things.get(word)

    def drop(self, word: str) -> None:
        """Forget something."""
        with self._lock:
            self._things.pop(word, None)


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was looked at, and waits for somebody to say that it be taken."""

    list_id: str
    name: str
    content: bytes
    replace: bool
    skip_bad: bool
    #: The revision of the list that it was compared with.
    revision: str
    by: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What was done, in words for the page that comes next."""

    title: str
    lines: tuple[str, ...] = ()
    #: Whether something went wrong.
    is_bad: bool = False


#: Files that wait at a time, and sayings that are remembered.
_FILES, _SAYINGS = 12, 500


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept between requests."""

    work: Work = field(default_factory=Work)
    staged: Shelf[Staged] = field(default_factory=lambda: Shelf(_FILES))
    told: Shelf[Saying] = field(default_factory=lambda: Shelf(_SAYINGS))

    def taken(self, word: str, list_id: str, by: str) -> Staged:
        """The file of this word, for the list and the person it was handed over for; raises NotFoundError."""
        found = self.staged.get(word)
        if found is None or (found.list_id, found.by) != (list_id, by):
            raise NotFoundError("file waiting under", word, "hand it over again")
        return found


def require_unchanged(staged: Staged, revision: str) -> None:
    """Raise ConflictError where a list is another than the file was compared with."""
    if staged.revision != revision:
        raise ConflictError(f"{staged.list_id} has changed since the file was compared with it: compare it again")
