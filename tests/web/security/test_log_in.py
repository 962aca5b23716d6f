"""Logging in and out, and what nobody gets in by."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from tests.web.conftest import Served
from tests.web.security.conftest import PASSWORD, MakeSite, enter, field_of, kept_password
from watchlist.model import AccessKind, UserRole
from watchlist.web.security.secrets import known_by

Visit = Callable[..., httpx.Client]


def session_of(client: httpx.Client) -> str | None:
    return client.cookies.get("watchlist_session") or client.cookies.get("__Host-watchlist_session")


def wait_until_seen(site: Served, client: httpx.Client) -> None:
    """That a session was used is kept after the answer."""
    key, now = known_by(session_of(client) or ""), site.parts.clock()
    for _ in range(200):
        found = site.parts.store.session_account(key, now, timedelta(days=1))
        if found is not None and now - found[1] < timedelta(minutes=1):
            return
        time.sleep(0.02)
    raise AssertionError("the session is not seen")


def test_without_a_log_in_a_page_sends_one_to_log_in_and_back(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    reply = client.get("/", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/login")
    reply = client.get("/lists/own?page=2", follow_redirects=False)
    assert reply.headers["location"] == "/login?next=/lists/own%3Fpage%3D2"
    assert 'name="next" value="/lists/own?page=2"' in client.get(reply.headers["location"]).text
    reply = enter(client, "rea", next="/lists/own?page=2")
    assert (reply.status_code, reply.headers["location"]) == (303, "/lists/own?page=2")
    assert "rea" in client.get("/").text


def test_a_log_in_ends_by_logging_out(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    enter(client, "rea")
    secret = session_of(client)
    reply = client.post("/logout", data={"csrf": field_of(client.get("/").text)})
    assert (reply.status_code, session_of(client)) == (303, None)
    assert client.get("/", headers={"Cookie": f"watchlist_session={secret}"}).status_code == 303


@pytest.mark.parametrize("name", ["rea", "nobody", "", "rea\r\nSet-Cookie: a=b", "\x00", "x" * 5000, "R\u00c9A"])
def test_a_wrong_password_and_a_name_of_nobody_are_told_alike(site_with: MakeSite, visit: Visit, name: str) -> None:
    client = visit(site_with())
    reply = enter(client, name, "wrong horse battery")
    assert reply.status_code == 403
    assert "Name and password are not those of an account" in reply.text
    assert session_of(client) is None
    assert "a" not in client.cookies


def test_how_long_it_takes_does_not_tell_whether_there_is_an_account(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(tries_per_name=100, tries_per_address=100)
    client = visit(site)
    enter(client, "nobody", "wrong horse battery")

    def took(name: str) -> float:
        csrf = field_of(client.get("/login").text)
        # The server is of this process: its computing tells, whatever else the machine does.
        begun = time.process_time()
        client.post("/login", data={"csrf": csrf, "name": name, "password": "wrong horse battery"})
        return time.process_time() - begun

    known, unknown = (min(took(name) for _ in range(3)) for name in ("rea", "nobody"))
    # Without the pains it would be a tenth.
    assert 0.4 < known / unknown < 2.5


def test_a_disabled_account_lets_nobody_in_and_one_without_a_password_neither(
    site_with: MakeSite, visit: Visit
) -> None:
    site = site_with()
    site.parts.store.disable_account("rea", "root", site.parts.clock())
    site.parts.store.add_account("robot", UserRole.READ, None, "root", site.parts.clock())
    for name in ("rea", "robot"):
        assert enter(visit(site), name).status_code == 403
    log = site.parts.store.access_log(3)
    assert [each.detail for each in log if each.kind is AccessKind.REFUSED] == [
        "the account has no password",
        "the account is disabled",
    ]


# Session fixation


def test_a_session_that_somebody_planted_is_not_the_one_that_is_begun(guarded: Served, visit: Visit) -> None:
    planted = "planted-by-somebody-else"
    client = visit(guarded, cookies={"watchlist_session": planted, "watchlist_visit": planted})
    enter(client, "rea")
    after = {each.value for each in client.cookies.jar if each.name == "watchlist_session" and each.domain}
    assert planted not in after
    with httpx.Client(base_url=guarded.url, cookies={"watchlist_session": planted}) as attacker:
        assert attacker.get("/").status_code == 303


def test_each_log_in_has_another_session_and_ends_the_one_before(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    enter(client, "rea")
    first = session_of(client)
    field = field_of(client.get("/").text)
    reply = client.post("/login", data={"csrf": field, "name": "jude", "password": PASSWORD})
    assert reply.status_code == 303
    assert session_of(client) not in (None, first)
    assert client.get("/", headers={"Cookie": f"watchlist_session={first}"}).status_code == 303
    # Nor is what the pages of before held good any more.
    reply = client.post("/logout", data={"csrf": field})
    assert reply.status_code == 403


def test_of_a_session_nothing_is_kept_by_which_one_could_come_in(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    enter(client, "rea")
    secret = session_of(client)
    assert secret is not None
    from sqlalchemy import select

    from watchlist.storage.database.tables import sessions

    with guarded.parts.store._reading() as connection:
        kept = connection.execute(select(sessions)).all()
    assert kept
    assert secret not in str(kept)


# Sessions end


@pytest.mark.parametrize("way", ["idle", "length", "passwd", "disable"])
def test_a_session_ends(site_with: MakeSite, visit: Visit, way: str) -> None:
    site = site_with(session_idle="1h", session_length="3h")
    client, store, now = visit(site), site.parts.store, site.parts.clock()
    enter(client, "rea")
    match way:
        case "idle":
            site.parts.clock.by = timedelta(minutes=61)
        case "length":
            # In use all the time.
            for minutes in range(50, 180, 50):
                site.parts.clock.by = timedelta(minutes=minutes)
                assert client.get("/").status_code == 200
                wait_until_seen(site, client)
            site.parts.clock.by = timedelta(minutes=181)
        case "passwd":
            store.set_password("rea", kept_password(), "root", now)
        case "disable":
            store.disable_account("rea", "root", now)
    assert client.get("/").status_code == 303


def test_somebody_takes_another_password(site_with: MakeSite, visit: Visit) -> None:
    site = site_with()
    client, elsewhere = visit(site), visit(site)
    for each in (client, elsewhere):
        enter(each, "rea")
    wanted = "another horse battery"

    def ask(present: str, password: str = wanted, again: str | None = None) -> httpx.Response:
        form = {"csrf": field_of(client.get("/account").text), "present": present, "password": password}
        return client.post("/account", data=form | {"again": again or password})

    assert ask("wrong horse battery").status_code == 400
    assert "12 characters at least" in ask(PASSWORD, "short").text
    assert "not the same" in ask(PASSWORD, wanted, "other horse battery").text
    before = session_of(client)
    assert ask(PASSWORD).headers["location"] == "/account?changed=true"
    assert session_of(client) != before
    assert "You have another password" in client.get("/account?changed=true").text
    # Whoever else was logged in by it is no more.
    assert elsewhere.get("/").status_code == 303
    assert enter(elsewhere, "rea").status_code == 403
    assert enter(elsewhere, "rea", wanted).status_code == 303


# Guessing


def test_tries_are_counted_by_name_in_all_processes_together(site_with: MakeSite, visit: Visit) -> None:
    one = site_with(tries_per_name=3, tries_within="5m")
    other = site_with(one.parts.config.database.url, tries_per_name=3, tries_within="5m")
    for site in (one, other, one):
        assert enter(visit(site), "rea", "wrong horse battery").status_code == 403
    reply = enter(visit(other), "rea")
    assert reply.status_code == 429
    assert "too many tries" in reply.text.lower()
    assert 0 < int(reply.headers["retry-after"]) <= 301
    # In whatever case it is written; others come in as ever.
    assert enter(visit(one), "REA").status_code == 429
    assert enter(visit(one), "jude").status_code == 303
    kinds = [each.kind for each in one.parts.store.access_log(10)]
    assert kinds.count(AccessKind.THROTTLED) == 1
    one.parts.clock.by = timedelta(minutes=6)
    assert enter(visit(one), "rea").status_code == 303


def test_tries_are_counted_by_address(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(tries_per_address=3)
    for name in ("a1", "b2", "c3"):
        assert enter(visit(site), name, "wrong horse battery").status_code == 403
    assert enter(visit(site), "rea").status_code == 429


def test_whoever_comes_in_has_all_tries_again(site_with: MakeSite, visit: Visit) -> None:
    """But the address has not: it could try others in between."""
    site = site_with(tries_per_name=2, tries_per_address=3)
    for password, status in (("wrong", 403), (PASSWORD, 303)) * 2:
        assert enter(visit(site), "rea", password).status_code == status
    assert enter(visit(site), "rea", "wrong").status_code == 403
    assert enter(visit(site), "rea").status_code == 429


def test_the_record_holds_no_name_that_is_no_accounts(site_with: MakeSite, visit: Visit) -> None:
    """Somebody may have written the password there."""
    site = site_with()
    enter(visit(site), "hunter2 hunter2", "x")
    enter(visit(site), "rea")
    log = site.parts.store.access_log(2)
    assert [(each.kind, each.name, each.address) for each in log] == [
        (AccessKind.LOG_IN, "rea", "127.0.0.1"),
        (AccessKind.REFUSED, None, "127.0.0.1"),
    ]
    assert "hunter2" not in str(site.parts.store.access_log(50))


# Open redirects


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " //evil.example",
    ],
)
def test_a_log_in_leads_to_no_other_site(guarded: Served, visit: Visit, wanted: str) -> None:
    client = visit(guarded)
    guarded.parts.store.forgive(["address 127.0.0.1"])
    page = client.get("/login", params={"next": wanted}).text
    assert 'name="next" value="/"' in page
    assert enter(client, "rea", next=wanted).headers["location"] == "/"


# Cookies


def test_the_cookie_is_for_this_site_and_no_script(guarded: Served, visit: Visit) -> None:
    kept = enter(visit(guarded), "rea").headers.get_list("set-cookie")
    session = next(each for each in kept if each.startswith("watchlist_session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))


def test_behind_https_no_cookie_goes_another_way(site_with: MakeSite, visit: Visit) -> None:
    site = site_with(public_url="https://watch.example")
    client = visit(site, headers={"Host": "watch.example", "X-Forwarded-Proto": "https"})
    page = client.get("/login")
    visited = page.headers["set-cookie"]
    assert visited.startswith("__Host-watchlist_visit=")
    assert "Secure" in visited.split("; ")
    cookie = {"Cookie": visited.partition(";")[0]}
    form = {"csrf": field_of(page.text), "name": "rea", "password": PASSWORD}
    reply = client.post("/login", data=form, headers=cookie | {"Origin": "https://watch.example"})
    (session,) = [each for each in reply.headers.get_list("set-cookie") if "watchlist_session" in each]
    assert session.startswith("__Host-watchlist_session=")
    assert {"HttpOnly", "SameSite=Lax", "Secure"} <= set(session.split("; "))
    assert client.get("/", headers={"Cookie": session.partition(";")[0]}).status_code == 200


def test_a_form_to_log_in_is_sent_by_our_page_alone(guarded: Served, visit: Visit) -> None:
    """Or somebody could have one work under an account of theirs."""
    client = visit(guarded)
    client.get("/login")
    assert client.post("/login", data={"name": "rea", "password": PASSWORD}).status_code == 403
