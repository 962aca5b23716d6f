"""How a question about quality is asked: the options that all of them have, and one way to run them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.trial import arguments, needed_folder, trial_engine
from watchlist.matching.engine import Engine
from watchlist.matching.version import engine_version

#: The two halves of every labelled set, and what they are for. Articles fall into them by a checksum of their id, so
#: that the halves stay as they are whatever is added.
HALVES = {"even": "tuned", "odd": "unseen"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the figures."""

    #: List this many errors of each kind, of the half that is tuned on unless the other is asked for by name.
    errors: int = 0
    #: Only this half; both by default.
    half: str | None = None
    #: Write the alerts on unlabelled articles to this file, to be read.
    stream: Path | None = None

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves to be shown."""
        return (self.half,) if self.half else tuple(HALVES)

    def errors_of(self, half: str) -> int:
        """How many errors of this half are listed: reading those of the unseen half would make it a seen one."""
        return self.errors if half in (self.half, "even") else 0

    def includes(self, id: str) -> bool:
        """Whether what has this id is of the halves to be shown."""
        return self.half is None or half_of(id) == self.half


#: A question: it prints its figures.
Question = Callable[[Path, Engine, Asked], None]


def half_of(id: str) -> str:
    """The half that an article, or a row of a table, belongs to by its id."""
    return "odd" if zlib.crc32(id.encode()) % 2 else "even"


def named(half: str) -> str:
    """A half as it is shown."""
    return f"{half} ({HALVES[half]})"


def answer(text: str | None, *questions: Question) -> None:
    """The main program of questions: read the options, make one engine, ask. ``text`` is shown as help."""
    parser = arguments(text)
    parser.add_argument("--errors", type=int, default=0, help="list this many errors of each kind")
    parser.add_argument("--half", choices=tuple(HALVES), help="only this half; even is for tuning, odd stays unread")
    parser.add_argument("--stream", type=Path, help="write the alerts on unlabelled articles to this file")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    if given.stream:
        given.stream.write_text("", encoding="utf-8")
    engine = trial_engine(shared)
    print(f"engine {engine_version()}")
    for question in questions:
        question(shared, engine, Asked(given.errors, given.half, given.stream))
