"""Logging in and out: who may try how often, and what a browser is given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from watchlist.errors import UsageError
from watchlist.model import AccessEvent, AccessKind, Limit, UserAccount
from watchlist.storage.accounts.throttles import name_key
from watchlist.web.security.passwords import fits, hashed, is_outdated, refuse_weak
from watchlist.web.security.refusals import RefusedError
from watchlist.web.security.secrets import SESSION, VISIT, cookie, known_by, new_secret
from watchlist.web.security.visitor import Visitor
from watchlist.web.site import Site

_T = TypeVar("_T")


class LogInQueue:
    """Has few log-ins looked at at a time: each takes a core and much memory for a while, by design."""

    AT_A_TIME = 2
    LONGEST = 50

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(self.AT_A_TIME)
        self._waiting = 0

    async def run(self, look: Callable[[], _T]) -> _T:
        """Run this in a thread when it is its turn; raises RefusedError where too many wait."""
        if self._waiting >= self.LONGEST:
            raise RefusedError(503, "too many log in at once", retry_after=5)
        self._waiting += 1
        try:
            async with self._turns:
                return await run_in_threadpool(look)
        finally:
            self._waiting -= 1


def log_in(site: Site, visitor: Visitor, name: str, password: str) -> str | None:
    """Begin a session; return its secret, or None where name and password are not those of an account.

    Every try is counted before it is looked at, for the name and for the address it comes from. Raises RefusedError
    where there were too many.
    """
    account = _looked_at(site, visitor, name, password)
    if account is None:
        return None
    if visitor.session is not None:
        site.parts.store.end_session(visitor.session)
    return _begun(site, visitor, account)


def change_password(site: Site, visitor: Visitor, present: str, wanted: str) -> str:
    """Give whoever is logged in another password; their sessions end, and one begins, whose secret it returns.

    The present password is asked for, and its tries are counted, as for a log-in: somebody may have left a browser
    open. Raises UsageError for one that does not fit or is too easily guessed, RefusedError where there were too many.
    """
    if visitor.session is None or visitor.user is None:
        raise UsageError("a password is changed by whoever logged in by it")
    name = visitor.user.name
    refuse_weak(name, wanted)
    account = _looked_at(site, visitor, name, present)
    if account is None:
        raise UsageError("the present password is another one")
    site.parts.store.set_password(name, hashed(wanted), name, site.parts.clock())
    return _begun(site, visitor, account)


def _looked_at(site: Site, visitor: Visitor, name: str, password: str) -> UserAccount | None:
    """The account of name and password, None where there is none; see `log_in`."""
    store, web, now = site.parts.store, site.parts.config.web, site.parts.clock()
    named, placed = name_key(name), f"address {visitor.address}"
    limits = {
        named: Limit(web.tries_per_name, web.tries_within),
        placed: Limit(web.tries_per_address, web.tries_within),
    }
    over = store.count_try(limits, now)
    known = store.known_account(name)
    # What somebody wrote in place of a name may be their password: names of no account are kept nowhere.
    told = known[0].name if known else None
    if over:
        if any(count == limits[key].tries + 1 for key, (count, _) in over.items()):
            store.note_access(AccessEvent(now, AccessKind.THROTTLED, told, address=visitor.address))
        wait = max(seconds for _, seconds in over.values())
        raise RefusedError(429, f"too many tries: the next one is looked at in {_minutes(wait)}", retry_after=wait)
    account, kept = known or (None, None)
    if not fits(kept, password) or account is None or account.disabled_at is not None:
        why = _why(account, has_password=kept is not None)
        store.note_access(AccessEvent(now, AccessKind.REFUSED, told, address=visitor.address, detail=why))
        return None
    if kept is not None and is_outdated(kept):
        store.rehash_password(account.id, hashed(password))
    store.forgive([named])
    store.forgive([placed], 1)
    return account


def _begun(site: Site, visitor: Visitor, account: UserAccount) -> str:
    """Begin a session, and give its secret."""
    store, web, now = site.parts.store, site.parts.config.web, site.parts.clock()
    secret = new_secret()
    event = AccessEvent(now, AccessKind.LOG_IN, account.name, address=visitor.address)
    ends_at, idle = now + timedelta(seconds=web.session_length), timedelta(seconds=web.session_idle)
    store.open_session(account.id, known_by(secret), ends_at, idle, event)
    return secret


def log_out(site: Site, visitor: Visitor) -> None:
    """End the session of whoever asks."""
    if visitor.session is not None and visitor.user is not None:
        now = site.parts.clock()
        event = AccessEvent(now, AccessKind.LOG_OUT, visitor.user.name, address=visitor.address)
        site.parts.store.end_session(visitor.session, event)


def give(reply: Response, visitor: Visitor, secret: str | None) -> None:
    """Have the browser keep the secret of its session, or none any more, and nothing of the time before."""
    value = secret or ""
    kept = cookie(SESSION, value, is_secure=visitor.is_secure, strict=False, ends=secret is None)
    reply.headers.append("Set-Cookie", kept)
    reply.headers.append("Set-Cookie", cookie(VISIT, "", is_secure=visitor.is_secure, strict=True, ends=True))


def _why(account: UserAccount | None, *, has_password: bool) -> str:
    if account is None:
        return "no such account"
    if account.disabled_at is not None:
        return "the account is disabled"
    return "wrong password" if has_password else "the account has no password"


def _minutes(seconds: float) -> str:
    minutes = int(seconds // 60) + 1
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
