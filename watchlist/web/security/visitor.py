"""Who a request is from, once that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from watchlist.model import User


class Way(StrEnum):
    """How somebody came in."""

    #: By a log-in on the page.
    SESSION = "session"
    #: A program, by its token.
    TOKEN = "token"  # noqa: S105  (the word, not one)
    #: By the word of a proxy.
    PROXY = "proxy"
    #: As whoever is at this machine, where there are no accounts.
    ALONE = "alone"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request is from."""

    way: Way
    user: User | None = None
    #: What a form of theirs holds.
    csrf: str = ""
    #: By what their tries are counted, and whether the browser's connection is safe from listeners.
    address: str = ""
    is_secure: bool = False
    #: The hash of their session, or the number of their token.
    session: str | None = None
    token: int | None = None
    #: Whether it is to be noted that session or token were used.
    is_stale: bool = False
    #: What a browser without a session is known by, where it is to be told.
    visit: str | None = None
