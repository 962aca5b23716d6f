"""Who a request is from: programs by their tokens, people by the word of a proxy, and whoever is at this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.web.conftest import Served, csrf_of
from tests.web.security.conftest import MakeSite, enter, kept_password, token_of
from watchlist.model import AccessKind, UserRole
from watchlist.web.security.door import Door
from watchlist.web.security.peers import peer_of
from watchlist.web.security.refusals import RefusedError
from watchlist.web.security.visitor import Way

Visit = Callable[..., httpx.Client]


def scope_of(site: Served, client: str = "127.0.0.1", **headers: str) -> dict[str, Any]:
    """A request as the server hands it on, from any address."""
    given = {"host": "127.0.0.1:8765", **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in given.items() if value]
    return {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "scheme": "http",
        "client": (client, 1234),
        "headers": raw,
        "app": SimpleNamespace(state=SimpleNamespace(site=SimpleNamespace(parts=site.parts))),
    }


# This machine


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_without_accounts_whoever_is_at_this_machine_is_admin(served: Served, client: str) -> None:
    found = Door().visitor(scope_of(served, client))
    assert found.way is Way.ALONE
    assert found.user is not None
    assert found.user.role is UserRole.ADMIN


@pytest.mark.parametrize("client", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "::ffff:10.0.0.7", "testclient"])
def test_without_accounts_nobody_else_is_answered(served: Served, client: str) -> None:
    with pytest.raises(RefusedError, match="only this machine itself") as refused:
        Door().visitor(scope_of(served, client))
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "headers",
    [{"x_forwarded_for": "203.0.113.9"}, {"forwarded": "for=203.0.113.9"}, {"via": "1.1 proxy"}, {"x_real_ip": "::1"}],
)
def test_a_proxy_on_this_machine_makes_nobody_admin(served: Served, headers: dict[str, str]) -> None:
    with pytest.raises(RefusedError, match="came through a proxy"):
        Door().visitor(scope_of(served, **headers))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1"]
)
def test_a_name_that_was_turned_to_this_machine_gets_nothing(served: Served, host: str) -> None:
    """DNS rebinding: to the browser, a page of that name and this site are the same."""
    with pytest.raises(RefusedError, match="or localhost only") as refused:
        Door().visitor(scope_of(served, host=host))
    assert refused.value.status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1", "[::1]:8765", "localhost."])
def test_the_names_of_this_machine_are_known(served: Served, host: str) -> None:
    assert Door().visitor(scope_of(served, host=host)).way is Way.ALONE


def test_over_the_wire_another_name_gets_nothing(served: Served) -> None:
    for path in ("/", "/login", "/metrics", "/api/v1/alerts"):
        reply = served.client.get(path, headers={"Host": "evil.example"})
        assert reply.status_code == 421
        assert "GREY HARBOUR" not in reply.text


def test_with_the_first_account_this_machine_is_like_any_other(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(has_accounts=False)
    client = visit(site)
    assert client.get("/").status_code == 200
    site.parts.store.add_account("ada", UserRole.ADMIN, kept_password(), "root", site.parts.clock())
    # That there are none is asked for once a second.
    until = time.monotonic() + 30
    while client.get("/").status_code != 303:
        assert time.monotonic() < until
        time.sleep(0.05)
    site.parts.store.disable_account("ada", "root", site.parts.clock(), last_too=True)
    assert client.get("/").status_code == 303


def test_where_it_is_known_what_it_is_called_another_name_gets_nothing(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(public_url="http://watch.example", hosts=("inner.example",))
    statuses = {
        host: visit(site).get("/login", headers={"Host": host}).status_code
        for host in ("watch.example", "inner.example:80", "127.0.0.1", "evil.example", "watch.example.evil.example")
    }
    assert list(statuses.values()) == [200, 200, 200, 421, 421]


# Tokens


@pytest.mark.parametrize("scheme", ["Bearer", "ApiKey", "bearer"])
def test_a_program_comes_in_by_its_token_and_needs_no_other(guarded: Served, visit: Visit, scheme: str) -> None:
    _, header = token_of(guarded, "rea")
    secret = header["Authorization"].partition(" ")[2]
    client = visit(guarded, headers={"Authorization": f"{scheme} {secret}"})
    assert "rea" in client.get("/").text
    # It is no browser that was led on: what it sends needs no token of a page.
    assert client.post("/api/v1/nothing", json={}).status_code == 404


def test_when_a_token_was_used_is_kept(guarded: Served, visit: Visit) -> None:
    number, header = token_of(guarded, "rea")
    visit(guarded, headers=header).get("/")
    # After the answer: nobody waits for it.
    for _ in range(200):
        used_at = {each.id: each.used_at for each in guarded.parts.store.access_tokens("rea")}[number]
        if used_at is not None:
            break
        time.sleep(0.02)
    assert used_at is not None


@pytest.mark.parametrize("why", ["revoked", "expired", "disabled"])
def test_a_token_that_counts_no_more(site_with: MakeSite, visit: Visit, why: str) -> None:
    site = site_with(tokens_per_address=1)
    store, now = site.parts.store, site.parts.clock()
    number, header = token_of(site, "rea", now + timedelta(hours=1))
    client = visit(site, headers=header)
    assert client.get("/api/v1/nothing").status_code == 404
    match why:
        case "revoked":
            store.revoke_token(number, "root", now)
        case "expired":
            site.parts.clock.by = timedelta(hours=1)
        case "disabled":
            store.disable_account("rea", "root", now)
    # It is no guess, however often a program that nobody looks after tries.
    for _ in range(3):
        reply = client.get("/api/v1/nothing")
        assert reply.status_code == 401
        assert why in reply.json()["detail"]
        assert reply.headers["www-authenticate"] == "Bearer"


def test_a_wrong_token_is_not_made_up_for_by_a_session(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    enter(client, "rea")
    reply = client.get("/", headers={"Authorization": "Bearer wlt_x"})
    assert reply.status_code == 401


def test_who_guesses_tokens_is_soon_not_looked_at(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(tokens_per_address=3, tries_within="5m")
    _, header = token_of(site, "rea")
    client = visit(site)
    guesses = ["wlt_a", "nonsense", "x y", "wlt_" + "x" * 10_000, "wlt_d", "wlt_e"]
    statuses = [client.get("/api/v1/x", headers={"Authorization": f"Bearer {each}"}).status_code for each in guesses]
    assert statuses == [401, 401, 401, 429, 429, 429]
    # Else a right one would show among the wrong.
    reply = client.get("/api/v1/x", headers=header)
    assert reply.status_code == 429
    assert 0 < int(reply.headers["retry-after"]) <= 301
    kinds = [each.kind for each in site.parts.store.access_log(20)]
    assert kinds.count(AccessKind.TOKEN_REFUSED) == 3
    # People log in as ever.
    assert enter(client, "rea").status_code == 303
    site.parts.clock.by = timedelta(minutes=6)
    assert client.get("/api/v1/x", headers=header).status_code == 404


def test_of_a_token_nothing_is_kept_by_which_one_could_come_in(guarded: Served) -> None:
    from sqlalchemy import select

    from watchlist.storage.database.tables import access_log, access_tokens

    _, header = token_of(guarded, "rea")
    secret = header["Authorization"].partition(" ")[2]
    with guarded.parts.store._reading() as connection:
        kept = [*connection.execute(select(access_tokens)), *connection.execute(select(access_log))]
    assert secret[:8] in str(kept)
    assert secret[:20] not in str(kept)


# Proxies


@pytest.fixture(scope="module")
def proxied(site_with: MakeSite) -> Served:
    """A site that takes the word of whoever is at this machine; bob is known to the proxy alone."""
    return site_with(trusted_proxies=("127.0.0.1",), proxy_header="X-Remote-User", proxy_role="read")


def test_a_proxy_says_who_it_let_in(proxied: Served, visit: Visit) -> None:
    for name, known_as, status in (
        ("ada", "ada", 200),
        ("ADA", "ada", 200),
        ("bob@example.org", "bob@example.org", 200),
    ):
        reply = visit(proxied, headers={"X-Remote-User": name}).get("/")
        assert reply.status_code == status
        assert known_as in reply.text


def test_what_comes_by_a_proxy_needs_the_token_of_a_page(proxied: Served, visit: Visit) -> None:
    """The proxy lets a browser in whatever page has it ask."""
    client = visit(proxied, headers={"X-Remote-User": "ada"})
    csrf = csrf_of(client)
    assert client.post("/nothing", data={}).status_code == 403
    assert client.post("/nothing", json={}).status_code == 403
    assert client.post("/nothing", data={"csrf": csrf}).status_code == 404
    # Nor is it good for another whom the proxy lets in.
    client.headers["X-Remote-User"] = "bob"
    assert client.post("/nothing", data={"csrf": csrf}).status_code == 403


@pytest.mark.parametrize("name", ["", "a b", "ada,bob", "\u202eada", "ada\tbob", "<script>", "x" * 100, "-"])
def test_a_proxy_that_sends_no_name_lets_nobody_in(proxied: Served, name: str) -> None:
    scope = scope_of(proxied)
    scope["headers"].append((b"x-remote-user", name.encode()))
    with pytest.raises(RefusedError, match="name in X-Remote-User that can be none"):
        Door().visitor(scope)


def test_two_names_are_none(proxied: Served) -> None:
    """One may be from whoever asks, before the proxy's own."""
    scope = scope_of(proxied, x_remote_user="ada")
    scope["headers"].append((b"x-remote-user", b"bob"))
    with pytest.raises(RefusedError):
        Door().visitor(scope)


@pytest.mark.parametrize("client", ["10.0.0.7", "127.0.0.2", "::1"])
def test_anybody_elses_word_is_not_taken(proxied: Served, client: str) -> None:
    found = Door().visitor(scope_of(proxied, client, x_remote_user="ada", x_forwarded_for="127.0.0.1"))
    assert (found.way, found.user) == (Way.NOBODY, None)


def test_a_disabled_account_is_not_let_in_by_a_proxy(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(trusted_proxies=("127.0.0.0/8",), proxy_header="X-Remote-User")
    site.parts.store.disable_account("rea", "root", site.parts.clock())
    replies = {name: visit(site, headers={"X-Remote-User": name}).get("/") for name in ("rea", "bob", "jude")}
    assert [each.status_code for each in replies.values()] == [403, 403, 200]
    assert "no account here" in replies["bob"].text


def test_a_browser_on_the_machine_of_the_proxy_gets_nothing_by_another_name(proxied: Served) -> None:
    with pytest.raises(RefusedError, match="a name that is not its own"):
        Door().visitor(scope_of(proxied, host="evil.example", x_remote_user="ada"))


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        # What the browser wrote itself stands before what the proxies saw.
        ("8.8.8.8, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.1.1.1", "203.0.113.9"),
        ("nonsense", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_tries_are_counted_by_the_address_before_the_proxies(served: Served, told: str, address: str) -> None:
    peer = peer_of(scope_of(served, x_forwarded_for=told), ("127.0.0.1", "10.0.0.0/8"))
    assert peer.key == address


def test_of_a_proxy_that_nobody_named_nothing_is_believed(served: Served) -> None:
    peer = peer_of(scope_of(served, "192.0.2.1", x_forwarded_for="203.0.113.9", x_forwarded_proto="https"), ())
    assert (peer.key, peer.is_secure) == ("192.0.2.1", False)


def test_addresses_of_one_customer_are_counted_as_one(served: Served) -> None:
    keys = {peer_of(scope_of(served, f"2001:db8:1:2::{n}"), ()).key for n in range(1, 9)}
    assert keys == {"2001:db8:1:2::/64"}
