"""Which addresses may be connected to: the public internet's, and what the operator allows.

A feed, or whoever has taken over its host name, could send us to a service of our own network. So each address is
looked at when a connection to it is about to be opened, after the host name was looked up, at every redirect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

import httpcore

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: What `ipaddress` does not call private, or calls global.
_CLOSED: tuple[tuple[Network, str], ...] = (
    (ip_network("169.254.169.254/32"), "a cloud's metadata service"),
    (ip_network("fd00:ec2::254/128"), "a cloud's metadata service"),
    (ip_network("100.64.0.0/10"), "a carrier's internal address"),
    (ip_network("192.88.99.0/24"), "a 6to4 relay"),
    (ip_network("64:ff9b::/96"), "a NAT64 address"),
    (ip_network("64:ff9b:1::/48"), "a NAT64 address"),
    (ip_network("2002::/16"), "a 6to4 address"),
    (ip_network("2001::/32"), "a Teredo address"),
    (ip_network("fec0::/10"), "a site-local address"),
)
#: The last four bytes are an IPv4 address (RFC 4291, 2.5.5.1); it is judged instead.
_COMPATIBLE = IPv6Network("::/96")


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


def closed_kind(address: str) -> str | None:
    """What kind of non-public address this is, in words; None for a public one."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return closed_kind(str(ip.ipv4_mapped))
        if ip in _COMPATIBLE and int(ip) > 1:
            return closed_kind(str(IPv4Address(int(ip))))
    for network, kind in _CLOSED:
        if ip in network:
            return kind
    for is_so, kind in (
        (ip.is_unspecified, "an unspecified address"),
        (ip.is_loopback, "this machine itself"),
        (ip.is_multicast, "a multicast address"),
        (ip.is_link_local, "a link-local address"),
        (ip.is_private, "an address of a private network"),
        (ip.is_reserved or not ip.is_global, "a reserved address"),
    ):
        if is_so:
            return kind
    return None


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
