"""From a request to who it is from: by a token, by the word of a proxy, by a session, or by being at this machine."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from getpass import getuser
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from watchlist.config import WebConfig
from watchlist.errors import MayOnlyReadError
from watchlist.model import AccessEvent, AccessKind, Limit, User, UserAccount, UserRole, account_name
from watchlist.storage.accounts.sessions import SEEN_TO
from watchlist.storage.accounts.tokens import USED_TO
from watchlist.storage.store import Store
from watchlist.web.security.peers import host_of, is_known_name, is_local_name, peer_of
from watchlist.web.security.refusals import NotLoggedInError, RefusedError
from watchlist.web.security.secrets import (
    SESSION,
    TOKEN_PREFIX,
    VISIT,
    cookie_name,
    known_by,
    new_secret,
    plausible,
    signed,
)
from watchlist.web.security.visitor import Visitor, Way
from watchlist.web.site import site_in

_SCHEMES = ("bearer", "apikey")
#: Seconds for which it holds that there are no accounts: until then the database need not be asked again.
_NONE_FOR = 1.0


class Door:
    """Knows who a request is from. Its methods ask the database, and may be called in any thread."""

    def __init__(self) -> None:
        self._accounts = _Accounts()
        self._key: bytes | None = None

    def visitor(self, scope: Scope) -> Visitor:
        """Who a request is from; NOBODY where it says nothing of that.

        Raises RefusedError for one that says something which is not so, or is not to be asked so.
        """
        parts = site_in(scope).parts
        if self._key is None:
            try:
                self._key = parts.store.signing_key("csrf", parts.clock())
            except MayOnlyReadError:
                # Whoever may only read has one of their own, and nobody is logged in by it.
                self._key = new_secret().encode()
        look = _Look(scope, parts.store, parts.config.web, parts.clock(), self._key)
        is_alone = parts.config.web.proxy_header is None and not self._accounts.there_are(parts.store)
        return look.visitor(is_alone=is_alone)

    def visitor_unasked(self, scope: Scope) -> Visitor | None:
        """The same at once, where the database need not be asked; None where it has to be."""
        parts = site_in(scope).parts
        is_alone = parts.config.web.proxy_header is None and self._accounts.are_none_for_now
        if self._key is None or not is_alone or _token(Headers(scope=scope)) is not None:
            return None
        return _Look(scope, parts.store, parts.config.web, parts.clock(), self._key).visitor(is_alone=True)

    def note_use(self, visitor: Visitor, scope: Scope) -> None:
        """Note that the session or the token of a visitor is in use."""
        parts = site_in(scope).parts
        if visitor.session is not None:
            parts.store.see_session(visitor.session, parts.clock())
        if visitor.token is not None:
            parts.store.use_token(visitor.token, parts.clock())


class _Accounts:
    """Whether there are accounts; asked for now and then as long as there are none."""

    def __init__(self) -> None:
        #: Accounts are never taken away: once there are any, there are.
        self._are_there = False
        self._none_until = 0.0

    @property
    def are_none_for_now(self) -> bool:
        """Whether it was seen just now that there are none."""
        return time.monotonic() < self._none_until

    def there_are(self, store: Store) -> bool:
        if not self._are_there and not self.are_none_for_now:
            self._are_there = store.has_accounts()
            self._none_until = 0.0 if self._are_there else time.monotonic() + _NONE_FOR
        return self._are_there


class _Look:
    """A look at one request."""

    def __init__(self, scope: Scope, store: Store, config: WebConfig, now: datetime, key: bytes) -> None:
        self._scope, self._store, self._config, self._now, self._key = scope, store, config, now, key
        self._headers = Headers(scope=scope)
        self._host = host_of(scope)
        self._public = urlsplit(config.public_url).hostname if config.public_url else None
        peer = peer_of(scope, config.trusted_proxies)
        # Under the public name it comes by what that says.
        is_public = config.is_https and self._host == self._public
        self._peer = replace(peer, is_secure=True) if is_public else peer

    def visitor(self, *, is_alone: bool) -> Visitor:
        """Who it is from; without accounts whoever is at this machine."""
        if (token := _token(self._headers)) is not None:
            return self._by_token(token)
        if is_alone:
            return self._alone()
        self._refuse_name()
        named = self._named_by_proxy()
        if named is not None:
            return self._known_by_visit(Way.PROXY, named)
        return self._by_session() or self._known_by_visit(Way.NOBODY, None)

    def _alone(self) -> Visitor:
        make = "make an account: 'watchlist users add NAME --role admin'"
        if self._peer.is_forwarded:
            raise RefusedError(403, f"it came through a proxy, and without accounts nobody knows from whom; {make}")
        if not self._peer.is_this_machine:
            raise RefusedError(403, f"without accounts only this machine itself is answered; {make}")
        if not is_local_name(self._host):
            # A page of a host whose name was turned to this machine would be of the same site.
            raise RefusedError(421, f"without accounts it is asked for as 127.0.0.1 or localhost only; {make}")
        return self._known_by_visit(Way.ALONE, User(_login_name(), UserRole.ADMIN))

    def _refuse_name(self) -> None:
        """Raise RefusedError for a name that is none of ours, where it is known which are."""
        known = [*self._config.hosts, *([self._public] if self._public else [])]
        if (known or self._config.proxy_header is not None) and not is_known_name(self._host, known):
            hint = "web.public_url and web.hosts say what it is called"
            raise RefusedError(421, f"it was asked for under a name that is not its own; {hint}")

    def _by_token(self, token: str) -> Visitor:
        now, address = self._now, self._peer.key
        limits = {f"token {address}": Limit(self._config.tokens_per_address, self._config.tries_within)}
        if left := self._store.tries_left(limits, now):
            wait = max(left.values())
            raise RefusedError(429, "too many tokens that are none came from this address", retry_after=wait)
        found = self._store.token_account(known_by(token)) if token.startswith(TOKEN_PREFIX) else None
        if found is None:
            self._store.count_try(limits, now)
            event = AccessEvent(now, AccessKind.TOKEN_REFUSED, address=address, detail="no token of ours")
            self._store.note_access(event)
            raise NotLoggedInError("the token is none of ours")
        account, kept = found
        if kept.revoked_at is not None:
            raise NotLoggedInError("the token was revoked")
        if kept.expires_at is not None and kept.expires_at <= now:
            raise NotLoggedInError("the token has expired")
        if account.disabled_at is not None:
            raise NotLoggedInError("the account of the token is disabled")
        is_stale = kept.used_at is None or now - kept.used_at >= USED_TO
        return Visitor(Way.TOKEN, account.user, address=address, token=kept.id, is_stale=is_stale)

    def _by_session(self) -> Visitor | None:
        secret = plausible(self._cookie(SESSION))
        if secret is None:
            return None
        key = known_by(secret)
        found = self._store.session_account(key, self._now, timedelta(seconds=self._config.session_idle))
        if found is None:
            return None
        account, seen_at = found
        return Visitor(
            Way.SESSION,
            account.user,
            csrf=signed(self._key, Way.SESSION, key),
            address=self._peer.key,
            is_secure=self._peer.is_secure,
            session=key,
            is_stale=self._now - seen_at >= SEEN_TO,
        )

    def _named_by_proxy(self) -> User | None:
        """Whom a proxy names; None where it names nobody, or where its word is not taken."""
        header = self._config.proxy_header
        named = self._headers.getlist(header) if header is not None and self._peer.is_trusted else []
        if not named:
            return None
        name = account_name(_text(named[0])) if len(named) == 1 else None
        if name is None:
            raise RefusedError(403, f"the proxy sends a name in {header} that can be none")
        known = self._store.known_account(name)
        if known is not None:
            return _enabled(known[0]).user
        if self._config.proxy_role is None:
            hint = f"'watchlist users add {name} --no-password' makes one, or set web.proxy_role"
            raise RefusedError(403, f"the proxy let in {name}, who has no account here; {hint}")
        return User(name, self._config.proxy_role)

    def _known_by_visit(self, way: Way, user: User | None) -> Visitor:
        """A visitor without a session: the browser is known by a cookie that is good for nothing else."""
        visit = plausible(self._cookie(VISIT))
        new = None if visit else new_secret()
        return Visitor(
            way,
            user,
            csrf=signed(self._key, way, user.name if user else "", visit or new or ""),
            address=self._peer.key,
            is_secure=self._peer.is_secure,
            visit=new,
        )

    def _cookie(self, name: str) -> str | None:
        return HTTPConnection(self._scope).cookies.get(cookie_name(name, is_secure=self._peer.is_secure))


def _enabled(account: UserAccount) -> UserAccount:
    if account.disabled_at is not None:
        raise RefusedError(403, f"the account {account.name} is disabled")
    return account


def _token(headers: Headers) -> str | None:
    """What a program sends to be let in."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() in _SCHEMES else None


def _text(value: str) -> str:
    """A header as text: it comes as Latin-1, and is UTF-8 where it is more than ASCII."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


@cache
def _login_name() -> str:
    try:
        return getuser()
    except (KeyError, OSError):
        # No such user: as in a container that runs under a bare number.
        return "unknown"
