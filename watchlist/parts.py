"""What a run works with, put together in `app`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from watchlist.config import Config
from watchlist.ports import Transport
from watchlist.storage.store import Store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a run works with."""

    config: Config
    store: Store
    transports: Mapping[str, Transport]
    index_dir: Path
    clock: Clock
    #: Set from elsewhere to end a run after the step in hand.
    stop: Event
