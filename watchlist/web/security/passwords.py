"""Passwords: what is one, how it is kept, and whether one fits."""

from __future__ import annotations

import secrets
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from watchlist.errors import UsageError

#: In characters. What is short is guessed; what is very long is no password.
LEAST = 12
MOST = 1000
#: What OWASP's cheat sheet asks for of argon2id at least: it is to fit twice beside all else on a small machine.
_PASSES = 2
_KIBIBYTES = 19_456
#: As few different characters are a row of keys.
_LEAST_DIFFERENT = 5


def refuse_weak(name: str, password: str) -> None:
    """Raise UsageError for what is too easily guessed to be the password of an account."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(
            f"a password has {LEAST} characters at least, and {MOST} at most; several words make a good one"
        )
    if name.casefold() in password.casefold() and len(password) < len(name) + LEAST:
        raise UsageError("a password that is the name with little beside it is the first that is tried")
    if len(set(password)) < _LEAST_DIFFERENT:
        raise UsageError("a password of so few different characters is soon tried")


def hashed(password: str) -> str:
    """What is kept of a password (argon2id)."""
    return _hasher().hash(_plain(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one of which this was kept.

    Where nothing was kept it takes as long to say no: how long it takes does not tell whether there is an account.
    """
    nobodys = _nobodys()
    try:
        _hasher().verify(kept or nobodys, _plain(password[:MOST]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether what was kept is to be made anew, for this program hashes more slowly by now."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=_PASSES, memory_cost=_KIBIBYTES, parallelism=1)


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _plain(password: str) -> str:
    """The same characters whichever keyboard they come from."""
    return normalize("NFKC", password)
