"""Sites by the addresses of what stands on them."""

from __future__ import annotations

from urllib.parse import urlsplit


def site_of(url: str | None) -> str | None:
    """The host of an address, as people call a site: without www; None for an address without one, or none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def is_one_site(one: str | None, other: str | None) -> bool:
    """Whether two addresses are of one site or of a part of it (``edition.x`` and ``x``); so is what has no address."""
    first, second = site_of(one), site_of(other)
    if first is None or second is None or first == second:
        return True
    return first.endswith(f".{second}") or second.endswith(f".{first}")
