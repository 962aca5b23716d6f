"""A few processes that read documents of strangers, each stopped when it takes too long.

Reading a hostile feed can take minutes in libraries that cannot be interrupted, so it happens in a process that can be
killed; so does unpacking what was sent. A process serves many documents one after another and is replaced when it was
killed or has grown. Processes are started as fresh interpreters rather than forked, which is safe beside threads, and
answers come back as JSON: a process that was taken over has no way to make this one run anything.

Nearly all documents are read in a moment. One that is not is begun again in a process set aside for such: so however
many of them come, the others wait for none longer than that moment.
"""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import IO, Any, Self, cast

from watchlist.http.inflate import Packed

#: Seconds for a new process to import what it needs, on a busy machine.
_START = 60.0
#: Seconds for the system to say how a process ended that closed its output.
_END = 10.0
#: Seconds of computing after which a document counts as slow: that the machine is busy otherwise is no fault of it.
_MOMENT = 2.0

_CODE = "import sys; sys.path[:] = sys.argv[1:]; from watchlist.feeds.sandbox.worker import serve; serve()"


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer, and why, in words for a person."""

    reason: str
    #: Whether it may be well again in a moment: the body came damaged.
    passing: bool = field(default=False, compare=False)
    #: Whether it took longer than a moment, and may be begun again where there is time.
    slow: bool = field(default=False, compare=False)


class Sandbox:
    """At most ``size`` processes and one for what is slow, started when first needed.

    Safe in threads; close it, or use it in ``with``.
    """

    def __init__(self, size: int) -> None:
        #: One place for each process; None where it is yet to be started.
        self._idle = _places(size)
        self._idle_for_slow = _places(1)
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._running: set[_Process] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def run(self, task: str, arguments: Mapping[str, Any], body: bytes | Packed, deadline: float) -> Any | Failed:
        """What the worker's task returns, or Failed after ``deadline`` seconds of work or when the process broke.

        A packed body is unpacked there first. Waiting for a free process and for a new one to start is not counted.
        """
        packed = body if isinstance(body, Packed) else Packed(body, None)
        work = _Work(task, arguments, packed, deadline, deadline)
        outcome = self._run(replace(work, computing=min(deadline, _MOMENT)), self._idle)
        is_slow = isinstance(outcome, Failed) and outcome.slow
        return self._run(work, self._idle_for_slow) if is_slow else outcome

    def _run(self, work: _Work, places: queue.LifoQueue[_Process | None]) -> Any | Failed:
        idle = places.get()
        keep: _Process | None = None
        try:
            process = self._start() if idle is None or self._ended(idle) else idle
            if isinstance(process, Failed):
                return process
            answer = process.ask(work)
            if isinstance(answer, Failed):
                self._stop(process)
                return answer
            if answer["worn"]:
                self._stop(process)
            else:
                keep = process
            if "failed" in answer:
                return Failed(answer["failed"], passing=answer.get("passing", False))
            return answer["value"]
        finally:
            places.put(keep)

    def close(self) -> None:
        """Kill the processes; what still runs in other threads fails."""
        with self._lock:
            self._closed.set()
            running, self._running = self._running, set()
        for process in running:
            process.stop()

    def _start(self) -> _Process | Failed:
        with self._lock:
            if self._closed.is_set():
                return Failed("stopped")
            process = _Process()
            self._running.add(process)
        ready = process.wait_ready()
        if isinstance(ready, Failed):
            self._stop(process)
            return Failed(f"the reading process did not start: {ready.reason}")
        return process

    def _ended(self, process: _Process) -> bool:
        """Whether a process ended while it was idle: killed by the system for want of memory, say."""
        if not process.ended:
            return False
        self._stop(process)
        return True

    def _stop(self, process: _Process) -> None:
        with self._lock:
            self._running.discard(process)
        process.stop()


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process is asked to do."""

    task: str
    arguments: Mapping[str, Any]
    body: Packed
    #: Seconds that it may take, and of these seconds of computing.
    deadline: float
    computing: float


class _Process:
    def __init__(self) -> None:
        # The interpreter's path is handed over as it stands, so that the child finds what this process found; -I keeps
        # the working folder out of it. A session of its own: Ctrl-C at the terminal is for the parent to handle.
        self._popen = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", _CODE, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._stdin = cast("IO[bytes]", self._popen.stdin)
        self._stdout = cast("IO[bytes]", self._popen.stdout)

    @property
    def ended(self) -> bool:
        return self._popen.poll() is not None

    def wait_ready(self) -> dict[str, Any] | Failed:
        return self._exchange(b"", _START)

    def ask(self, work: _Work) -> dict[str, Any] | Failed:
        request = {
            "task": work.task,
            "arguments": work.arguments,
            "computing": work.computing,
            "encoding": work.body.encoding,
            "max_bytes": work.body.max_bytes,
        }
        head, body = json.dumps(request).encode("ascii"), work.body.data
        # The form is described in `worker`.
        return self._exchange(b"".join((_length(head), _length(body), head, body)), work.deadline)

    def _exchange(self, request: bytes, deadline: float) -> dict[str, Any] | Failed:
        """Write, then read one answer. Killing the process ends either; that is how the deadline is kept."""
        late = threading.Event()

        def kill() -> None:
            late.set()
            self._popen.kill()

        timer = threading.Timer(deadline, kill)
        timer.daemon = True
        timer.start()
        try:
            self._stdin.write(request)
            self._stdin.flush()
            length = self._stdout.read(4)
            answer: dict[str, Any] = json.loads(self._stdout.read(int.from_bytes(length, "big")))
        except (OSError, ValueError):
            if late.is_set():
                return Failed(f"took more than {deadline:g} s to read")
            return Failed("broke the process reading it", slow=self._computed_too_long())
        finally:
            timer.cancel()
            timer.join()
        # The timer may have fired between the answer and here; the process is then gone, the answer still good.
        return {**answer, "worn": answer.get("worn", False) or late.is_set()}

    def _computed_too_long(self) -> bool:
        """Whether the process ended because it had computed for as long as it may: see `worker`."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._popen.wait(_END) == -signal.SIGPROF
        return False

    def stop(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._stdin, self._stdout):
            # What was not written any more is of no use to a dead process.
            with contextlib.suppress(OSError):
                pipe.close()


def _places(size: int) -> queue.LifoQueue[_Process | None]:
    places: queue.LifoQueue[_Process | None] = queue.LifoQueue()
    for _ in range(size):
        places.put(None)
    return places


def _length(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big")
