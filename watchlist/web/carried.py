"""The daemon as a child of the server: it screens in a process of its own, and pages stay quick meanwhile.

It ends with its parent, however that ends, and is started again when it dies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from watchlist.children import next_pause
from watchlist.daemon import STOP_WITHIN
from watchlist.errors import StorageError
from watchlist.log import Log

_log = Log(__name__)

#: Seconds beyond its own patience after which it is ended by force.
_GRACE: Final = 5.0
#: Exit code of a run that finds another at work.
_LOCKED: Final = 75


class CarriedDaemon:
    """Keeps a command at work, which calls `end_with_parent` first.

    ``tell`` is told in words of each death, to have it kept; what it raises of the database is logged.
    """

    def __init__(self, command: Sequence[str], tell: Callable[[str], None]) -> None:
        self._command = tuple(command)
        self._tell = tell
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._why_down: str | None = "it is being started"
        self._thread = threading.Thread(target=self._keep, name="daemon", daemon=True)

    def start(self) -> None:
        """Start it, and whatever follows from its death."""
        self._thread.start()

    def why_down(self) -> str | None:
        """Why it is not at work just now, in words; None while it is."""
        return self._why_down

    @property
    def pid(self) -> int | None:
        """Its process, while there is one."""
        child = self._child
        return child.pid if child is not None else None

    def reload(self) -> None:
        """Have it read its configuration anew."""
        self._signal(signal.SIGHUP)

    def stop(self) -> None:
        """Have it finish the step in hand and end; it is not started again."""
        self._stopping.set()
        self._signal(signal.SIGTERM)

    def join(self) -> None:
        """Wait for its end after `stop`; one that does not come to it in time is killed."""
        self._thread.join(STOP_WITHIN + _GRACE)
        if self._thread.is_alive():
            _log.error("the daemon did not end in time: ending it")
            self._signal(signal.SIGKILL)
            self._thread.join(_GRACE)

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            if self._child is not None and self._child.poll() is None:
                self._child.send_signal(number)

    def _keep(self) -> None:
        pause = 0.0
        while not self._stopping.is_set():
            began = time.monotonic()
            why = self._live()
            if self._stopping.is_set():
                return
            pause = next_pause(pause, time.monotonic() - began)
            self._why_down = f"{why}; it is started again within {pause:.0f} s"
            _log.error("the daemon is down", why=why, again_in=pause)
            try:
                self._tell(f"the daemon that the server carries is down: {why}")
            except StorageError as error:
                _log.warning("that could not be kept", error=str(error))
            self._stopping.wait(pause)

    def _live(self) -> str:
        """Start it and wait for its end; returns what it ended by, in words."""
        try:
            with self._lock:
                # What it reads there ends when this process does, by whatever.
                self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603 (our own)
        except OSError as error:
            return f"it cannot be started: {error.strerror}"
        self._why_down = None
        if self._stopping.is_set():
            self._signal(signal.SIGTERM)
        code = self._child.wait()
        if self._child.stdin is not None:
            self._child.stdin.close()
        if code < 0:
            return f"it was ended by {signal.Signals(-code).name}"
        return "another run is at work on this database" if code == _LOCKED else f"it ended with exit code {code}"


def end_with_parent() -> None:
    """Have this process told to stop once its parent is gone."""
    threading.Thread(target=_wait_for_parent, name="parent", daemon=True).start()


def _wait_for_parent() -> None:
    # Nothing is ever written there.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
