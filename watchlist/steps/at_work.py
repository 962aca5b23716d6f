"""Taking part in the work on a database, with signs of life to the others that are at work on it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from watchlist.errors import StorageError
from watchlist.log import Log
from watchlist.model import NewWorker
from watchlist.ports import Membership
from watchlist.steps.parts import Parts

_log = Log(__name__)

#: Signs of life in the time of a lease: a few may be lost.
_BEATS = 4
#: Seconds without anything written after which a worker hangs, and gives no more signs of life. The longest that it may
#: be silent and well is the hand-over of a message.
_HANGS_AFTER = 1800.0


@contextmanager
def at_work(parts: Parts) -> Iterator[Membership]:
    """Take part while in the block, and give signs of life; raises RunLockedError when another run is in the way."""
    settings = parts.config.worker
    about = NewWorker(
        name=f"process {os.getpid()} on {socket.gethostname()}",
        roles=settings.taken,
        lease=timedelta(seconds=settings.lease),
    )
    with parts.store.join(about) as membership:
        over = threading.Event()
        beats = threading.Thread(
            target=_beat, args=(parts, membership, settings.lease / _BEATS, over), name="beats", daemon=True
        )
        beats.start()
        try:
            yield membership
        finally:
            over.set()
            beats.join()


def _beat(parts: Parts, membership: Membership, pause: float, over: threading.Event) -> None:
    well = True
    while not over.wait(pause):
        if time.monotonic() - parts.store.idle_since() > _HANGS_AFTER:
            continue
        try:
            alive = membership.beat()
        except StorageError as error:
            _log.debug("no sign of life could be given", error=str(error))
            continue
        except Exception:
            _log.exception("no sign of life could be given")
            continue
        if well and not alive:
            _log.warning("others have taken this worker for dead, or have the database for themselves")
        well = alive
