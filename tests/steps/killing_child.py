"""Runs the program again and again, each time in a process of its own that can be killed at a named point.

Started once, it loads the program and then forks for every run: a run costs a tenth of a second and is a process like
any other. A rehearsal is a run in this process itself, so that what it keeps (statements and templates compiled, words
of languages) is there for all forks. Jobs come as lines of JSON on standard input, and what became of each goes as one
to standard output.

Points are named from outside: by the statements that SQLAlchemy passes on, by its commits, and by functions that are
wrapped under their dotted names. The program itself knows nothing of it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine as MatchingEngine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Entity, Name, Schema

#: What a statement is done in: the name of the part, and the function, where it is looked up when it is called.
PARTS = {
    "scan": "watchlist.pipeline.scan_articles",
    "look back": "watchlist.pipeline.look_back",
    "story": "watchlist.storage.found.scans.join_or_open",
    "queue": "watchlist.storage.found.scans.enqueue",
    "tell": "watchlist.pipeline.tell_operator",
    "route": "watchlist.pipeline.route_alerts",
    "deliver": "watchlist.pipeline.deliver",
    "claim": "watchlist.storage.store.Store.claim_delivery",
    "sent": "watchlist.storage.store.Store.record_sent",
    "failed": "watchlist.storage.store.Store.record_failed",
}
#: Functions whose beginning and end are points of their own: all of the parts, and what hands a message over.
BORDERS = {
    **PARTS,
    "mail": "watchlist.delivery.transports.smtp.hand_over",
    "hook": "watchlist.delivery.transports.post.post",
}
_WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", re.IGNORECASE)


class Watch:
    """Counts the points that a run comes to, and does at one of them what it is told to."""

    def __init__(self, name: str | None, nth: int, act: str) -> None:
        self.seen: Counter[str] = Counter()
        self.order: list[str] = []
        self.disk_is_full = False
        self._name, self._nth, self._act = name, nth, act
        self._parts: list[str] = []
        self._wrote = False

    def point(self, name: str) -> None:
        where = self._parts[-1] if self._parts else "run"
        name = f"{where}: {name}"
        self.seen[name] += 1
        self.order.append(name)
        if name == self._name and self.seen[name] == self._nth:
            if self._act == "fill":
                self.disk_is_full = True
            else:
                os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def within(self, part: str) -> Iterator[None]:
        self._parts.append(part)
        try:
            yield
        finally:
            self._parts.pop()

    def install(self) -> None:
        for how in ("do_execute", "do_executemany"):
            event.listen(Engine, how, self._before)

        @event.listens_for(Engine, "after_cursor_execute")
        def _after(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if found := _WRITES.match(statement):
                self.point(f"after {found[1].upper()} {found[2]}")

        commit = DefaultDialect.do_commit

        def do_commit(dialect: Any, connection: Any) -> None:
            # What was only read ends with a commit too.
            wrote, self._wrote = self._wrote, False
            if wrote:
                self.point("before COMMIT")
                self._need_room(connection)
            commit(dialect, connection)
            if wrote:
                self.point("after COMMIT")

        rollback = DefaultDialect.do_rollback

        def do_rollback(dialect: Any, connection: Any) -> None:
            self._wrote = False
            rollback(dialect, connection)

        DefaultDialect.do_commit, DefaultDialect.do_rollback = do_commit, do_rollback
        for name, dotted in BORDERS.items():
            self._wrap(name, dotted)
        session = import_module("watchlist.delivery.transports.smtp_session").Session
        say, reply = session.putcmd, session.getreply

        def putcmd(it: Any, command: str, *rest: Any) -> None:
            self.point(f"before {command.split()[0].upper()}")
            say(it, command, *rest)
            self.point(f"after {command.split()[0].upper()}")

        def getreply(it: Any) -> Any:
            if it.text == "going":
                self.point("before the answer to the text")
            found = reply(it)
            if it.receipt is None and it.text == "none":
                self.point("after a reply")
            return found

        session.putcmd, session.getreply = putcmd, getreply

    def _before(self, cursor: Any, statement: str, *_: Any) -> None:
        if found := _WRITES.match(statement):
            self._wrote = True
            self.point(f"before {found[1].upper()} {found[2]}")
            self._need_room(cursor.connection)

    def _need_room(self, connection: Any) -> None:
        """Fail as a full disk does, in the words of the driver."""
        if not self.disk_is_full:
            return
        # A commit is given what the pool wraps it in.
        if isinstance(getattr(connection, "dbapi_connection", connection), sqlite3.Connection):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        raise import_module("psycopg.errors").DiskFull("could not extend file: No space left on device")

    def _wrap(self, name: str, dotted: str) -> None:
        owner_name, _, attribute = dotted.rpartition(".")
        try:
            owner = import_module(owner_name)
        except ModuleNotFoundError:
            module, _, kind = owner_name.rpartition(".")
            owner = getattr(import_module(module), kind)
        wrapped = getattr(owner, attribute)

        def watched(*arguments: Any, **options: Any) -> Any:
            with self.within(name):
                self.point("begins")
                found = wrapped(*arguments, **options)
                self.point("ends")
            return found

        setattr(owner, attribute, watched)


def main() -> None:
    _load()
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(_run(job)), flush=True)


def _load() -> None:
    """Load what a run needs, so that a fork has it at once."""
    for name in ("watchlist.app", "watchlist.cli", "watchlist.cli.run", "watchlist.cli.shared.reports"):
        import_module(name)
    for name in ("watchlist.daemon", "watchlist.pipeline", "watchlist.delivery.transports.smtp", "lxml"):
        import_module(name)
    for name in ("watchlist.delivery.transports.mime", "watchlist.delivery.transports.post", "watchlist.http.client"):
        import_module(name)
    import_module("sqlalchemy.dialects.sqlite")
    import_module("sqlalchemy.dialects.postgresql")
    # All worlds of a kind have one address, so that a statement is compiled once.
    store = import_module("watchlist.storage.store")
    store.open_engine = cache(store.open_engine)
    # The certificates of the world, which are read for every client.
    httpx = import_module("httpx")
    httpx.create_ssl_context = cache(httpx.create_ssl_context)
    # What the engine knows of languages and places is read when it first screens something.
    name = "KAVERON SHIPPING LINES"
    listed = Entity("own", "1", Schema.COMPANY, (Name(name),))
    engine = MatchingEngine(compile_index([listed], {}), MatchingConfig())
    assert engine.screen(Article("1", f"{name.title()} in Oslo", f"{name.title()} of Oslo sold a ship."))


def _run(job: dict[str, Any]) -> dict[str, Any]:
    """Run the program once in a fork; how it ended, and the points it came to where it was to tell them."""
    sys.stdout.flush()
    started = time.monotonic()
    code = _rehearse(job) if job.get("rehearsal") else _run_forked(job)
    took = time.monotonic() - started
    output = Path(job["output"])
    points = Path(job["points"])
    return {
        "code": code,
        "took": took,
        "output": output.read_text(encoding="utf-8"),
        "points": json.loads(points.read_text()) if job.get("record") and points.exists() else [],
    }


def _run_forked(job: dict[str, Any]) -> int:
    process = os.fork()
    if process == 0:
        _be_the_program(job)
    if (after := job.get("kill_after")) is not None:
        time.sleep(after)
        # It may have ended by then; it is a zombie until it is waited for, so the number is still its own.
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _rehearse(job: dict[str, Any]) -> int:
    stdout, stderr, folder = os.dup(1), os.dup(2), Path.cwd()
    try:
        _speak_to(job["output"])
        return _main(job)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        os.close(stdout)
        os.close(stderr)
        os.chdir(folder)
        # A fork has one thread and must not come by what another one held.
        assert threading.active_count() == 1, threading.enumerate()


def _speak_to(path: str) -> None:
    """Have what is printed go to a file, and be in its folder."""
    told = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.close(told)
    os.chdir(Path(path).parent)


def _main(job: dict[str, Any]) -> int:
    """The program's main function at the time that it is to be; its exit code."""
    start = datetime.fromisoformat(job["now"]) - timedelta(seconds=time.monotonic())
    import_module("watchlist.app").now = lambda: start + timedelta(seconds=time.monotonic())
    try:
        import_module("watchlist.cli").main(job["arguments"])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _be_the_program(job: dict[str, Any]) -> None:
    code = 70
    try:
        _speak_to(job["output"])
        watch = Watch(job.get("point"), job.get("nth", 1), job.get("act", "kill"))
        watch.install()
        code = _main(job)
        if job.get("record"):
            Path(job["points"]).write_text(json.dumps(watch.order))
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
