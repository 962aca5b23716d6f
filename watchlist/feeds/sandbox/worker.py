"""The process in which documents of strangers are read: see `sandbox`.

It speaks on its standard input and output: a request is two lengths (big-endian, four bytes each), the task and its
arguments as JSON, and a body, packed as its Content-Encoding says or does not say; an answer is one length and JSON. It
ends when its input does, and by itself when it has computed for as long as a request allows: also when its parent died
and cannot end it any more.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.discover import discover_in_sandbox
from watchlist.feeds.reading.extract import page_to_text
from watchlist.feeds.reading.feed import read_in_sandbox
from watchlist.feeds.reading.language import langs_in_sandbox
from watchlist.feeds.sandbox.confined import confine
from watchlist.feeds.sandbox.places import places, unpacked
from watchlist.http.inflate import BodyError, DamagedError, Packed

#: The most memory the process may address. Of feeds of 10 MB, the worst that was tried took 0.4 GB.
MEMORY_LIMIT = 1 << 30
#: Having used this much, it makes way for a fresh process after its answer; an ordinary feed leaves it at 60 MB, one
#: whose language had to be found at 130 MB.
MEMORY_WORN = 300 << 20

_Task = Callable[[Mapping[str, Any], bytes], Any]


def _read_feed(arguments: Mapping[str, Any], body: bytes) -> Any:
    found = read_in_sandbox(arguments, body)
    if "error" in found or not arguments.get("places"):
        return found
    entries = [(entry["title"], entry["text"]) for entry in found["entries"]]
    # A feed that could be read is not to be lost for want of the places in it.
    with contextlib.suppress(MemoryError):
        return {**found, "places": places(unpacked(body), arguments["content_type"], found["form"], entries)}
    return found


def _read_saved(arguments: Mapping[str, Any], body: bytes) -> list[str]:
    """Title and text of a page that somebody saved, as it stands."""
    return list(page_to_text(decode(body, None)))


def _read_article(arguments: Mapping[str, Any], body: bytes) -> Any:
    # What reads pages takes long to import, and a process that reads feeds never needs it.
    return import_module("watchlist.feeds.pages.page_in_sandbox").read_in_sandbox(arguments, body)


def _read_robots(arguments: Mapping[str, Any], body: bytes) -> Any:
    return import_module("watchlist.feeds.pages.robots_in_sandbox").read_in_sandbox(arguments, body)


def _decode(arguments: Mapping[str, Any], body: bytes) -> str:
    return decode(body[: arguments["most"]], arguments["content_type"])


_TASKS: Mapping[str, _Task] = {
    "feed": _read_feed,
    "links": discover_in_sandbox,
    "page": _read_saved,
    "langs": langs_in_sandbox,
    "article": _read_article,
    "robots": _read_robots,
    "text": _decode,
}


def serve() -> None:
    """Answer requests until the input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may end up among the answers.
    os.dup2(2, 1)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What finds languages multiplies small matrices: its threads would only take address space, one stack each.
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    # What a library would put into a temporary file stays in memory, within its bound: there are no files any more.
    vars(tempfile)["TemporaryFile"] = _in_memory
    # From here on it reads what strangers sent, and nothing else.
    _send(answers, {"ready": True, "confined": confine()})
    while lengths := requests.read(8):
        request = json.loads(requests.read(int.from_bytes(lengths[:4], "big")))
        body = requests.read(int.from_bytes(lengths[4:], "big"))
        # Counted by the system and ended by it, in whatever library the time goes.
        signal.setitimer(signal.ITIMER_PROF, request["computing"])
        answer = {**_answer(request, body), "worn": _peak_memory() > MEMORY_WORN}
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(answers, answer)


def _in_memory(*_arguments: object, **_options: object) -> BytesIO:
    return BytesIO()


def _answer(request: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    try:
        body = Packed(body, request["encoding"], request["max_bytes"]).unpacked()
        return {"value": _TASKS[request["task"]](request["arguments"], body)}
    except BodyError as error:
        # A body that was cut off or damaged on the way may come whole another time.
        return {"failed": str(error), "passing": isinstance(error, DamagedError)}
    except MemoryError:
        return {"failed": "needs too much memory to be read"}
    except Exception as error:
        return {"failed": f"cannot be read ({type(error).__name__}: {str(error)[:200]})"}


def _peak_memory() -> int:
    # The system's own record of the peak begins with what the parent used, which may be a large index: not our doing.
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        own = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(own.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _send(answers: BinaryIO, answer: Mapping[str, Any]) -> None:
    encoded = json.dumps(answer).encode("ascii")
    answers.write(len(encoded).to_bytes(4, "big") + encoded)
    answers.flush()
