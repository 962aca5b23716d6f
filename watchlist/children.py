"""Processes of our own that compute beside this one: how they are started, spoken to and ended.

They are trusted: what goes over the line is pickled. What reads documents of strangers is in `feeds/sandbox/`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import struct
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

#: Seconds that one has to end before it is ended by force.
_END: Final = 5.0
#: Seconds until one that died is started again: after the first death, and at most.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
#: Who lived for so many seconds did not die of its start.
_LONG_LIFE: Final = 300.0
#: How much is made before memory is looked through for what is no longer needed: what computes makes a lot that is not.
_COLLECT_AFTER: Final = (200_000, 20, 20)


def cores() -> int:
    """How many processes this one's machine may compute in at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def next_pause(before: float, lived: float) -> float:
    """Seconds until a process that died after so long is started again, given the pause before."""
    return _FIRST_PAUSE if lived >= _LONG_LIFE else min(_LONGEST_PAUSE, max(_FIRST_PAUSE, 2 * before))


class ChildProcess:
    """A process that runs a function of this program, and the line to it.

    The function is called with the other end of the line and with ``given``; it calls `settle_in` first. It ends where
    nothing comes any more: this process may have been killed.
    """

    def __init__(self, work: Callable[..., None], given: tuple[object, ...]) -> None:
        # A fresh interpreter: what is forked from a process with threads may never end.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=work, args=(theirs, *given), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid or 0

    def bound_sending(self, seconds: int) -> None:
        """Have what is sent raise OSError where the process takes nothing of it for so long."""
        if hasattr(socket, "AF_UNIX"):
            with socket.socket(fileno=os.dup(self.connection.fileno())) as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", seconds, 0))

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()

    def exit_code(self) -> int | None:
        """What it ended with, once it has; waits a moment for one that is about to."""
        self._process.join(_END)
        return self._process.exitcode


def end_children(children: Iterable[ChildProcess]) -> None:
    """End them all, by force where one does not come to it; whatever they have in hand is lost."""
    children = tuple(children)
    for each in children:
        each.connection.close()
        each._process.terminate()  # noqa: SLF001 (nobody else has it)
    for each in children:
        if each.exit_code() is None:
            each.kill()
            each.exit_code()


def settle_in() -> None:
    """Have this process leave Ctrl-C to its parent, and collect garbage as suits what computes."""
    # Whoever runs it is told to stop, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()


def collect_rarely() -> None:
    """Collect garbage as suits a process that computes: what it makes is used once or kept."""
    gc.set_threshold(*_COLLECT_AFTER)


def leave_out_of_collection() -> None:
    """Have what this process has made and keeps not be looked through for garbage again."""
    # Now, since what is left out is never freed where it is in circles; it is only what was made since the last time.
    gc.collect()
    gc.freeze()


def listened(connection: Connection) -> object | None:
    """The next that is sent to this process; None where nobody is there any more."""
    try:
        told: object = connection.recv()
    except (EOFError, OSError):
        return None
    return told
