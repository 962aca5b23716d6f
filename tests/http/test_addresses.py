from __future__ import annotations

import httpcore
import pytest

from watchlist.http.addresses import AddressRefusedError, Guard, closed_kind, is_literal

CLOSED = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.254",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:1::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:100.64.0.1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public_is_refused(address):
    with pytest.raises(httpcore.ConnectError, match=r"put news\.example into 'allow' under 'fetch'") as caught:
        Guard()("news.example", address)

    assert isinstance(caught.value.__cause__, AddressRefusedError)
    assert f"news.example is at {address}, {closed_kind(address)}" in str(caught.value)


@pytest.mark.parametrize("address", ["8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_what_is_public_is_let_through(address):
    Guard()("news.example", address)


@pytest.mark.parametrize("allow", ["News.Example.", "10.0.0.0/8", "10.1.2.3"])
def test_what_is_allowed_is_let_through(allow):
    guard = Guard.allowing([allow])

    guard("news.example", "10.1.2.3")
    with pytest.raises(httpcore.ConnectError):
        guard("other.example", "192.168.0.1")


@pytest.mark.parametrize(
    ("host", "literal"),
    [("127.0.0.1", True), ("[::1]", True), ("localhost", True), ("localhost.example", False), ("127.1", False)],
)
def test_literal_hosts(host, literal):
    assert is_literal(host) is literal
