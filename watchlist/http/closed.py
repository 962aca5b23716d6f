"""The addresses of special use, as a table of our own: what it says does not change with the Python it runs on.

From the registries of IANA for special-purpose IPv4 and IPv6 addresses, read in 2026, and from what clouds document of
their metadata services, some of which are at addresses that no registry knows of. More specific networks stand before
those around them.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_METADATA: Final = "a cloud's metadata service"
_PRIVATE: Final = "an address of a private network"
_DOCUMENTATION: Final = "an address for documentation"
_RESERVED: Final = "a reserved address"

_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("169.254.169.254/32", _METADATA),
    ("169.254.170.2/32", _METADATA),
    ("169.254.170.23/32", _METADATA),
    ("168.63.129.16/32", _METADATA),
    ("192.0.0.192/32", _METADATA),
    ("100.100.100.200/32", _METADATA),
    ("fd00:ec2::/32", _METADATA),
    ("fd20:ce::254/128", _METADATA),
    ("fe80::a9fe:a9fe/128", _METADATA),
    ("0.0.0.0/32", "an unspecified address"),
    ("0.0.0.0/8", "an address of this network"),
    ("127.0.0.0/8", "this machine itself"),
    ("10.0.0.0/8", _PRIVATE),
    ("172.16.0.0/12", _PRIVATE),
    ("192.168.0.0/16", _PRIVATE),
    ("169.254.0.0/16", "a link-local address"),
    ("100.64.0.0/10", "a carrier's internal address"),
    ("192.0.0.0/24", _RESERVED),
    ("192.0.2.0/24", _DOCUMENTATION),
    ("198.51.100.0/24", _DOCUMENTATION),
    ("203.0.113.0/24", _DOCUMENTATION),
    ("233.252.0.0/24", _DOCUMENTATION),
    ("192.31.196.0/24", _RESERVED),
    ("192.52.193.0/24", _RESERVED),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.175.48.0/24", _RESERVED),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", _RESERVED),
    ("::/128", "an unspecified address"),
    ("::1/128", "this machine itself"),
    ("64:ff9b::/96", "a NAT64 address"),
    ("64:ff9b:1::/48", "a NAT64 address"),
    ("100::/64", "an address that is thrown away"),
    ("100:0:0:1::/64", _RESERVED),
    ("2001::/32", "a Teredo address"),
    ("2001:db8::/32", _DOCUMENTATION),
    ("3fff::/20", _DOCUMENTATION),
    ("2001::/23", _RESERVED),
    ("2002::/16", "a 6to4 address"),
    ("2620:4f:8000::/48", _RESERVED),
    ("3ffe::/16", "an address of a test that is over"),
    ("5f00::/16", _RESERVED),
    ("fc00::/7", _PRIVATE),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a site-local address"),
    ("ff00::/8", "a multicast address"),
)
_CLOSED: Final[tuple[tuple[Network, str], ...]] = tuple((ip_network(network), kind) for network, kind in _KINDS)
#: The only IPv6 addresses that anybody on the internet has.
_GLOBAL: Final = IPv6Network("2000::/3")
#: Their last four bytes are an IPv4 address (RFC 4291, 2.5.5; RFC 2765, 2.1), which is judged instead.
_WRAPPED: Final = (IPv6Network("::ffff:0:0/96"), IPv6Network("::ffff:0:0:0/96"), IPv6Network("::/96"))


def closed_kind(address: str) -> str | None:
    """What kind of non-public address this is, in words; None for a public one. A scope ("%eth0") is no part of it."""
    return _kind(ip_address(address.partition("%")[0]))


def _kind(ip: Address) -> str | None:
    if isinstance(ip, IPv6Address) and int(ip) > 1 and any(ip in network for network in _WRAPPED):
        return _kind(IPv4Address(int(ip) & 0xFFFFFFFF))
    named = next((kind for network, kind in _CLOSED if ip.version == network.version and ip in network), None)
    if named is not None or ip.version == 4:
        return named
    return None if ip in _GLOBAL else _RESERVED
