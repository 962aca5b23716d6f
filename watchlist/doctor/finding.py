"""What a check found, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum


class Grade(IntEnum):
    """How a thing is; the worst of all is the exit code of ``watchlist doctor``."""

    FINE = 0
    #: It works, and something about it is to be seen to.
    DOUBTFUL = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    grade: Grade
    text: str
    #: How to mend it; empty where there is nothing to mend.
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A look at something: what it is called, and what does it."""

    name: str
    look: Callable[[], Iterable[Finding]]


def fine(check: str, text: str) -> Finding:
    """Something that is as it should be."""
    return Finding(check, Grade.FINE, text)


def doubtful(check: str, text: str, mend: str) -> Finding:
    """Something that works, and is to be seen to."""
    return Finding(check, Grade.DOUBTFUL, text, mend)


def broken(check: str, text: str, mend: str) -> Finding:
    """Something that does not work."""
    return Finding(check, Grade.BROKEN, text, mend)
