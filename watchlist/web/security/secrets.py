"""Secrets that browsers and programs hold: how they are made, known again, and called in cookies."""

from __future__ import annotations

import hashlib
import hmac
import secrets

#: What tokens begin with, so that people and scanners of source code know one.
TOKEN_PREFIX = "wlt_"  # noqa: S105  (no token, but what they begin with)
#: So much of a token is kept, to know it again.
START = 10
_BYTES = 32
#: No secret of ours is longer.
_LONGEST = 200

SESSION = "watchlist_session"
VISIT = "watchlist_visit"


def new_secret() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(_BYTES)


def new_token() -> str:
    """A token for a program."""
    return TOKEN_PREFIX + new_secret()


def known_by(secret: str) -> str:
    """The hash by which a secret is known again. It is long and random: a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def plausible(secret: str | None) -> str | None:
    """What may be a secret of ours; None for what cannot."""
    return secret if secret and len(secret) <= _LONGEST and secret.isascii() and secret.isprintable() else None


def signed(key: bytes, *parts: str) -> str:
    """What nobody makes of these parts without the key."""
    return hmac.new(key, "\0".join(parts).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two texts are the same, found out in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape"))


def cookie_name(name: str, *, is_secure: bool) -> str:
    """A cookie's name: behind https one that no other host of the domain can set."""
    return f"__Host-{name}" if is_secure else name


def cookie(name: str, value: str, *, is_secure: bool, strict: bool, ends: bool = False) -> str:
    """The header that sets a cookie until the browser is closed, or ``ends`` it."""
    parts = [f"{cookie_name(name, is_secure=is_secure)}={value}", "Path=/", "HttpOnly"]
    parts.append(f"SameSite={'Strict' if strict else 'Lax'}")
    if is_secure:
        parts.append("Secure")
    if ends:
        parts.append("Max-Age=0")
    return "; ".join(parts)
