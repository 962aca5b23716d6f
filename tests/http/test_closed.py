"""Which addresses are closed, as a decision over their numbers alone: nothing here connects to anything."""

from __future__ import annotations

import random
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from watchlist.http.closed import closed_kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("168.63.129.16", "a cloud's metadata service"),
        ("192.0.0.192", "a cloud's metadata service"),
        ("100.100.100.200", "a cloud's metadata service"),
        ("169.254.169.254", "a cloud's metadata service"),
        ("169.254.170.2", "a cloud's metadata service"),
        ("fd00:ec2::254", "a cloud's metadata service"),
        ("fd00:ec2::254%eth0", "a cloud's metadata service"),
        ("::ffff:168.63.129.16", "a cloud's metadata service"),
        ("::ffff:0:168.63.129.16", "a cloud's metadata service"),
        ("::168.63.129.16", "a cloud's metadata service"),
        ("192.0.2.1", "an address for documentation"),
        ("198.51.100.7", "an address for documentation"),
        ("203.0.113.255", "an address for documentation"),
        ("233.252.0.1", "an address for documentation"),
        ("2001:db8::1", "an address for documentation"),
        ("3fff:fff::1", "an address for documentation"),
        ("3ffe::1", "an address of a test that is over"),
        ("fec0::1", "a site-local address"),
        ("::ffff:192.0.2.1", "an address for documentation"),
        ("192.88.99.1", "a 6to4 relay"),
        ("192.0.0.8", "a reserved address"),
        ("192.31.196.1", "a reserved address"),
        ("198.19.255.255", "an address for benchmarks"),
        ("0.0.0.0", "an unspecified address"),
        ("0.1.2.3", "an address of this network"),
        ("255.255.255.255", "a reserved address"),
        ("100::1", "an address that is thrown away"),
        ("5f00::1", "a reserved address"),
        ("4000::1", "a reserved address"),
        ("2001:1ff::1", "a reserved address"),
        ("2001:0:1::1", "a Teredo address"),
    ],
)
def test_each_kind(address: str, kind: str) -> None:
    assert closed_kind(address) == kind


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "168.63.129.15", "168.63.129.17", "100.128.0.0", "192.0.1.0", "198.20.0.0", "2606:4700::1", "2a00::1"],
)
def test_the_neighbours_are_public(address: str) -> None:
    assert closed_kind(address) is None


def test_whatever_python_calls_private_is_closed() -> None:
    """The reverse does not hold, and need not: this Python's own table may be older or newer than ours."""
    chance = random.Random(5)
    several = [ip_address(chance.getrandbits(32)) for _ in range(3000)]
    several += [IPv6Address(chance.getrandbits(128)) for _ in range(3000)]
    several += [
        IPv6Address((chance.choice((0x2001, 0xFC00, 0xFE80, 0x2002)) << 112) | chance.getrandbits(100))
        for _ in range(2000)
    ]
    for address in several:
        if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
            assert closed_kind(str(address)) is not None, address


@pytest.mark.parametrize("inside", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "8.8.8.8", "168.63.129.16"])
def test_a_wrapped_address_is_what_it_wraps(inside: str) -> None:
    number = int(IPv4Address(inside))
    for prefix in (0, 0xFFFF << 32, 0xFFFF << 48):
        assert closed_kind(str(IPv6Address(prefix | number))) == closed_kind(inside)


@pytest.mark.parametrize("attribute", ["is_private", "is_global", "is_reserved", "is_link_local", "is_loopback"])
def test_the_decision_is_not_pythons(monkeypatch: pytest.MonkeyPatch, attribute: str) -> None:
    """What the standard library thinks of an address changes from version to version."""
    for kind in (IPv4Address, IPv6Address):
        monkeypatch.setattr(kind, attribute, property(lambda _: (_ for _ in ()).throw(AssertionError(attribute))))
    assert closed_kind("10.0.0.1") is not None
    assert closed_kind("8.8.8.8") is None
    assert closed_kind("fe80::1") is not None
