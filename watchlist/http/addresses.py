"""Which addresses may be connected to: the public internet's, and what the operator allows.

A feed, or whoever has taken over its host name, could send us to a service of our own network. So each address is
looked at when a connection to it is about to be opened, after the host name was looked up, at every redirect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Self

import httpcore

from watchlist.http.closed import Network, closed_kind


class AddressRefusedError(Exception):
    """The cause of a connection that the guard did not allow; its text is for people."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses addresses that are not public, save those allowed by host name or by network."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def allowing(cls, allow: Iterable[str]) -> Self:
        """A guard that makes exceptions for these host names, addresses and networks, as in ``fetch.allow``."""
        hosts, networks = set(), []
        for each in allow:
            try:
                networks.append(ip_network(each.strip("[]")))
            except ValueError:
                hosts.add(_plain(each))
        return cls(frozenset(hosts), tuple(networks))

    def __call__(self, host: str, address: str) -> None:
        """Raise httpcore.ConnectError, from AddressRefusedError, when ``host`` at ``address`` is not to be reached."""
        kind = closed_kind(address)
        if kind is None or _plain(host) in self.hosts:
            return
        # A scope ("fe80::1%eth0") is no part of the number.
        ip = ip_address(address.partition("%")[0])
        if any(ip in network for network in self.networks):
            return
        where = address if _plain(host) == address else f"{host} is at {address}"
        text = f"not fetched: {where}, {kind}; if that is meant, put {host} into 'allow' under 'fetch'"
        # Raised once, so that it stays on record as the context: httpcore cuts the cause off.
        try:
            raise AddressRefusedError(text)
        except AddressRefusedError as error:
            raise httpcore.ConnectError(text) from error


def is_literal(host: str) -> bool:
    """Whether a host is written as an address or as ``localhost``: then nobody's name server decides where it is."""
    if _plain(host) == "localhost":
        return True
    try:
        ip_address(_plain(host))
    except ValueError:
        return False
    return True


def is_this_machine(host: str) -> bool:
    """Whether a host is written as a loopback address or as ``localhost``."""
    try:
        return _plain(host) == "localhost" or ip_address(_plain(host)).is_loopback
    except ValueError:
        return False


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
