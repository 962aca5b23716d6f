"""The page and the API: under which address, who is believed, how long a log-in lasts, how much is taken."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from watchlist.config.values import HostOrNetwork, HttpUrl, Seconds, Whole
from watchlist.model import AccountCounts, UserRole

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("is scheme and host alone, such as https://watchlist.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _network(value: str) -> str:
    try:
        ip_network(value.strip("[]"))
    except ValueError as error:
        raise ValueError(f"{value!r} is no address or network, such as 127.0.0.1 or 10.0.0.0/8") from error
    return value


def _header_name(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError(f"{value!r} is no name of a header, such as X-Remote-User")
    return value


class WebConfig(BaseModel):
    """What `watchlist serve` answers to, and within which bounds."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    #: As browsers reach it, such as ``https://watchlist.example.org``. Mails have links once it is set.
    public_url: Annotated[HttpUrl, AfterValidator(_origin)] | None = None
    #: Further names under which it may be asked for, where it is not to be any.
    hosts: tuple[HostOrNetwork, ...] = ()
    #: Proxies whose word is taken for who asks and how: addresses and networks.
    trusted_proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    #: The header in which such a proxy names whom it let in, such as ``X-Remote-User``.
    proxy_header: Annotated[str, AfterValidator(_header_name)] | None = None
    #: The role of those it names that have no account; None lets in nobody without one.
    proxy_role: UserRole | None = None
    #: A log-in ends when it was not used for so long, and after so long in any case.
    session_idle: Seconds = 12 * 3600.0
    session_length: Seconds = 7 * 86400.0
    #: Tries to log in within a time, that are for one name, and that come from one address.
    tries_per_name: Whole = Field(default=10, ge=1)
    tries_per_address: Whole = Field(default=30, ge=1)
    #: Tokens that are none, from one address within the same time.
    tokens_per_address: Whole = Field(default=30, ge=1)
    tries_within: Seconds = 900.0
    #: The most that a request may hold, in bytes, where its place takes no more; and how long it may take to come.
    max_body: Whole = Field(default=1_000_000, ge=10_000)
    body_time: Seconds = 30.0
    #: How long a browser may take to say what it wants.
    header_time: Seconds = 10.0
    #: Connections at a time; whoever comes then is told to come later.
    connections: Whole = Field(default=200, ge=4)
    #: Processes that screen texts; None means as many as there are cores, 1 that the server does it itself.
    screening_processes: Whole | None = Field(default=None, ge=1)
    #: How long links in mails are good for.
    links_last: Seconds = 14 * 86400.0

    @model_validator(mode="after")
    def _proxies_are_named(self) -> Self:
        if self.proxy_header is not None and not self.trusted_proxies:
            raise ValueError("proxy_header needs trusted_proxies: anybody else could send that header")
        if self.proxy_role is not None and self.proxy_header is None:
            raise ValueError("proxy_role needs proxy_header")
        return self

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it by https."""
        return self.public_url is not None and self.public_url.startswith("https:")

    def lacks_admin(self, accounts: AccountCounts) -> bool:
        """Whether people have to log in, and nobody who can is an admin."""
        if not accounts.known and self.proxy_header is None:
            # Whoever is at this machine is one.
            return False
        return not accounts.admins and self.proxy_role is not UserRole.ADMIN
