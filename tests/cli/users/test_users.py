"""``watchlist users``, and that the page is not served to others without an account."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.cli.conftest import Call, Once
from watchlist.demo.servers import FeedServer, MailSink
from watchlist.web.security.passwords import fits
from watchlist.web.security.secrets import known_by

PASSWORD = b"correct horse battery\n"


@pytest.fixture
def ann(cli: Call, once: Once) -> str:
    """The name of the only admin."""
    once("ann", lambda: cli("users", "add", "ann", "--role", "admin", stdin=PASSWORD))
    return "ann"


def test_without_accounts_it_says_what_that_means(on_terminal: Callable[..., tuple[int, str]], cli: Call) -> None:
    assert "answers this machine alone" in on_terminal("users")[1]
    assert cli("users", "list", "--json").json() == []


def test_an_account_is_made_listed_and_changed(cli: Call, ann: str) -> None:
    done = cli("users", "add", "bob", "--role", "read", "--password-stdin", stdin=PASSWORD)
    assert (done.code, done.out) == (0, "Added bob, who may read.\n")
    assert cli("users", "role", "bob", "judge").out == "bob may read and judge.\n"
    assert cli("users", "disable", "bob").code == 0
    rows = cli("users").rows()
    assert [(row["name"], row["role"], row["state"], row["password"]) for row in rows] == [
        ("ann", "admin", "open", "yes"),
        ("bob", "judge", "disabled", "yes"),
    ]
    assert cli("users", "enable", "bob").code == 0
    assert [each["disabled_at"] for each in cli("users", "--json").json()] == [None, None]
    assert cli("users", "add", "robot", "--no-password", "--role", "read").code == 0
    assert cli("users", "list").rows()[2]["password"] == "no"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (b"", "no password on standard input"),
        (b"short\n", "12 characters at least"),
        (b"aaaaaaaaaaaaaaaa\n", "so few different characters"),
        (b"barbara-2026!\n", "is the name with little beside it"),
        (b"x" * 2000 + b"\n", "1000 at most"),
    ],
)
def test_a_password_that_is_soon_guessed_is_none(cli: Call, password: bytes, why: str) -> None:
    done = cli("users", "add", "barbara", stdin=password)
    assert done.code == 2
    assert why in done.err
    assert cli("users", "--json").json() == []


@pytest.mark.parametrize("name", ["a b", "a\r\nX-Evil: 1", "", "\u202eann"])
def test_a_name_that_is_none_is_refused(cli: Call, name: str) -> None:
    done = cli("users", "add", name, stdin=PASSWORD)
    assert done.code == 2
    assert "can be no name" in done.err
    assert "\r" not in done.err


def test_a_password_is_kept_as_a_hash_and_shown_nowhere(cli: Call, ann: str, sqlite_database: str) -> None:
    from pathlib import Path

    kept = Path(sqlite_database.partition(":///")[2]).read_bytes()
    assert b"correct horse" not in kept
    (hashed,) = {found.decode() for found in re.findall(rb"\$argon2id\$[\w$=,]+\$[\w+/]{22}\$[\w+/]{43}", kept)}
    assert fits(hashed, "correct horse battery")
    assert not fits(hashed, "correct horse batterx")
    for command in (("users",), ("users", "--json"), ("users", "log", "--json")):
        assert "argon2" not in cli(*command).out


def test_the_only_admin_is_not_disabled_without_a_word(cli: Call, ann: str) -> None:
    for command in (("disable", "ann"), ("role", "ann", "read")):
        refused = cli("users", *command)
        assert refused.code == 2
        assert "--yes goes on without" in refused.err
        declined = cli("users", *command, stdin=b"n\n")
        assert declined.code == 1
        assert "ann is the only admin" in declined.out
    assert cli("users").rows()[0]["state"] == "open"
    assert cli("users", "disable", "ann", stdin=b"y\n").code == 0
    assert cli("users", "enable", "ann").code == 0
    assert cli("users", "disable", "ann", "--yes").code == 0


def test_a_token_is_shown_once(cli: Call, ann: str, sqlite_database: str) -> None:
    made = cli("users", "token", "ann", "--name", "the crawler", "--expires", "90d")
    secret = made.out.strip()
    assert re.fullmatch(r"wlt_[\w-]{43}", secret)
    assert "it is shown this once" in made.err
    (row,) = cli("users", "tokens").rows()
    assert (row["account"], row["for"], row["begins"], row["last used"]) == ("ann", "the crawler", secret[:10], "never")
    assert row["state"].startswith("until ")
    from pathlib import Path

    kept = Path(sqlite_database.partition(":///")[2]).read_bytes()
    assert secret.encode() not in kept
    assert known_by(secret).encode() in kept
    assert cli("users", "revoke", row["id"]).out == "Revoked token 1 of ann (the crawler).\n"
    assert cli("users", "tokens", "ann", "--json").json()[0]["revoked_at"]
    assert cli("users", "revoke", row["id"]).code == 2
    assert json.loads(cli("users", "token", "ann", "--json").out)["token"].startswith("wlt_")


@pytest.mark.parametrize(
    "command",
    [
        ("token", "nobody"),
        ("tokens", "nobody"),
        ("revoke", "7"),
        ("disable", "nobody"),
        ("enable", "nobody"),
        ("role", "nobody", "admin"),
        ("token", "ann", "--name", " "),
        ("token", "ann", "--expires", "2020-01-01"),
        ("add", "ANN"),
        ("add", "x", "--no-password", "--password-stdin"),
    ],
)
def test_what_cannot_be_is_said(cli: Call, ann: str, command: tuple[str, ...]) -> None:
    done = cli("users", *command, stdin=PASSWORD)
    assert done.code == 2
    assert done.err


def test_the_record_is_listed(cli: Call, ann: str) -> None:
    cli("users", "passwd", "ann", stdin=b"another horse battery\n")
    rows = cli("users", "log").rows()
    assert [(row["what"], row["account"], row["detail"]) for row in rows] == [
        ("password", "ann", ""),
        ("added", "ann", "role admin"),
    ]
    assert len(cli("users", "log", "ann", "--limit", "1", "--json").json()) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_the_page_is_not_served_to_others_without_an_account(cli: Call, host: str) -> None:
    done = cli("serve", "--host", host, "--port", "0")
    assert done.code == 2
    assert "there are no accounts" in done.err
    assert "watchlist users add NAME --role admin" in done.err


def test_nor_under_a_public_address(cli: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would hand on what comes from anywhere, as from this machine."""
    monkeypatch.setenv("WATCHLIST_WEB__PUBLIC_URL", "https://watch.example")
    done = cli("serve", "--port", "0")
    assert done.code == 2
    assert "watch.example is for others" in done.err


def test_a_mail_has_links_once_there_is_a_page_for_them(
    cli: Call, own_list: str, feed: FeedServer, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_WEB__PUBLIC_URL", "https://watch.example")
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("run", "--once").code == 0
    (mail,) = sink.messages
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert re.search(r"Open: https://watch\.example/alerts/1\n", text)
    assert re.search(r"Confirm: https://watch\.example/m/[\w.-]+\n", text)
    assert re.search(r"Dismiss: https://watch\.example/m/[\w.-]+\n", text)
