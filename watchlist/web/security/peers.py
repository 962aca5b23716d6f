"""Who a request comes from by the network, through proxies whose word is taken, and under which name it asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from watchlist.http.addresses import is_literal, is_this_machine

_Address = IPv4Address | IPv6Address
#: What proxies add, whichever they are.
_BY_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
#: Of an IPv6 address so much is one customer's.
_ONE_CUSTOMER = 64


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a request comes from."""

    #: The browser's or the program's address; None where there is none, as on a socket of the file system.
    address: _Address | None
    #: Whether it came through a proxy whose word is taken, ...
    is_trusted: bool
    #: ... or shows signs of any.
    is_forwarded: bool
    is_secure: bool

    @property
    def is_this_machine(self) -> bool:
        """Whether it comes from this machine, and through nothing else."""
        return self.address is not None and self.address.is_loopback and not self.is_forwarded

    @property
    def key(self) -> str:
        """By what tries from there are counted."""
        if isinstance(self.address, IPv6Address):
            return str(ip_network((self.address, _ONE_CUSTOMER), strict=False))
        return str(self.address)


def peer_of(scope: Scope, trusted: Iterable[str]) -> Peer:
    """Where a request comes from; of a proxy that is not ``trusted`` (addresses and networks) nothing is believed."""
    headers = Headers(scope=scope)
    address = _address(scope["client"][0]) if scope.get("client") else None
    is_secure = scope.get("scheme") == "https"
    networks = [ip_network(each.strip("[]")) for each in trusted]

    def is_one(found: _Address | None) -> bool:
        return found is not None and any(found in network for network in networks)

    is_forwarded = any(name in headers for name in _BY_PROXIES)
    if not is_one(address):
        return Peer(address, is_trusted=False, is_forwarded=is_forwarded, is_secure=is_secure)
    # Each proxy adds at the end whom it had it from: what stands before the last that is not trusted is hearsay.
    for told in reversed(",".join(headers.getlist("x-forwarded-for")).split(",")):
        if not is_one(address) or (before := _address(told.strip())) is None:
            break
        address = before
    scheme = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
    return Peer(address, is_trusted=True, is_forwarded=is_forwarded, is_secure=scheme == "https" or is_secure)


def _address(text: str) -> _Address | None:
    try:
        found = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def host_of(scope: Scope) -> str | None:
    """The name in the Host header, without its port; None where there is not exactly one."""
    found = Headers(scope=scope).getlist("host")
    if len(found) != 1:
        return None
    name, colon, port = found[0].rpartition(":")
    bare = name if colon and port.isdigit() else found[0]
    return bare.strip("[]").rstrip(".").lower() or None


def is_local_name(host: str | None) -> bool:
    """Whether a host is this machine by an address or a name that no name server could give to others."""
    return host is not None and is_this_machine(host)


def is_known_name(host: str | None, names: Iterable[str]) -> bool:
    """Whether a host is one of these names, or written so that no name server decides where it is."""
    return host is not None and (is_literal(host) or host in {each.strip("[]").rstrip(".").lower() for each in names})
