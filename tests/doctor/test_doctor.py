"""``watchlist doctor``: what is fine, what is not, and how each is mended."""

from __future__ import annotations

import http.server
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.as_reader import as_reader
from watchlist.config import FetchConfig
from watchlist.delivery.transports import full_config, make_transports
from watchlist.doctor import machine, wire
from watchlist.doctor.channels import try_channel
from watchlist.doctor.checks import all_checks
from watchlist.doctor.examine import examine, side_by_side
from watchlist.doctor.finding import Check, Finding, Grade, fine
from watchlist.doctor.stored import look_at_accounts, look_at_database, look_at_index
from watchlist.doctor.wire import ListAddress, ask_lists, look_up_hosts
from watchlist.model import UserRole
from watchlist.storage.store import open_store

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def config(database: str = "sqlite:///none.db", **sections: Any) -> Any:
    return full_config().model_validate({"database": {"url": database}, **sections})


def told(findings: Iterator[Finding] | list[Finding]) -> list[tuple[str, Grade]]:
    return [(each.check, each.grade) for each in findings]


def test_checks_are_told_in_their_order_and_one_that_hangs_or_fails_hides_no_other() -> None:
    over = threading.Event()

    def hang() -> Iterator[Finding]:
        over.wait(60)
        yield fine("slow", "at last")

    def fail() -> Iterator[Finding]:
        raise ZeroDivisionError("odd")

    progress: list[list[str]] = []
    checks = [Check("slow", hang), Check("odd", fail), Check("well", lambda: [fine("well", "all is well")])]
    found = examine(checks, 4.0, lambda left: progress.append(list(left)))
    over.set()
    assert told(found) == [("slow", Grade.BROKEN), ("odd", Grade.BROKEN), ("well", Grade.FINE)]
    assert found[0].text == "no answer within 4 s"
    assert "ZeroDivisionError: odd" in found[1].text
    assert progress[0] == ["slow", "odd", "well"]
    assert progress[-1] == ["slow"]


def test_what_is_not_done_in_time_is_left() -> None:
    over = threading.Event()
    found = side_by_side(lambda n: n * 2 if n else over.wait(60), [1, 0, *range(2, 20)], 2.0)
    over.set()
    assert found == [2, None, *range(4, 40, 2)]


def test_who_may_read_what_is_secret(tmp_path: Path) -> None:
    database, password, settings = tmp_path / "w.db", tmp_path / "password", tmp_path / "config.yaml"
    settings.write_text("email: {host: mail.example}\nwebhook:\n  secret: sesame\n")
    password.write_text("sesame")
    database.touch()
    for path in (database, password, settings):
        path.chmod(0o644)
    mail = {"host": "127.0.0.1", "sender": "a@news.example", "recipients": ["b@news.example"], "username": "a"}
    made = config(f"sqlite:///{database}", email={**mail, "password_file": str(password)})
    found = list(machine.look_at_permissions(made, settings, tmp_path / "w.index"))
    assert {each.mend for each in found} == {f"chmod 600 {settings}", f"chmod 600 {password}", f"chmod 600 {database}*"}
    assert "sesame" not in str(found)
    for path in (database, password, settings):
        path.chmod(0o600)
    assert told(machine.look_at_permissions(made, settings, tmp_path / "w.index")) == [("permissions", Grade.FINE)]


@pytest.mark.parametrize(("free", "grade"), [(5e9, Grade.FINE), (5e8, Grade.DOUBTFUL), (5e7, Grade.BROKEN)])
def test_room_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, grade: Grade) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    found = list(machine.look_at_disk(config(f"sqlite:///{tmp_path / 'deep' / 'w.db'}"), tmp_path / "w.index"))
    assert {each.grade for each in found} == {grade}


def test_names_that_cannot_be_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    (none,) = look_up_hosts(["https://a.example/1", "https://b.example/2", "https://b.example/3", "http://127.0.0.1/"])
    assert none.text == "none of 2 hosts could be looked up: is this machine online?"
    assert none.grade is Grade.BROKEN
    (some,) = look_up_hosts(["https://a.example/1", "http://localhost.:1/", "http://ip6-localhost/"])
    assert some.grade in (Grade.DOUBTFUL, Grade.BROKEN)
    assert told(look_up_hosts(["http://127.0.0.1/"])) == [("dns", Grade.FINE)]


@pytest.fixture
def dated() -> Iterator[tuple[str, list[str]]]:
    """A server that tells a time of its own, and answers 404 below /gone."""
    date: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(404 if self.path.startswith("/gone") else 200)
            if date:
                self.send_header("Date", date[0])
            self.end_headers()
            self.wfile.write(b"a list")

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", date
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("off", "grade", "words"),
    [
        (timedelta(seconds=3), Grade.FINE, "right by"),
        (timedelta(minutes=1), Grade.DOUBTFUL, "60 s ahead of"),
        (timedelta(hours=-2), Grade.BROKEN, "7,200 s behind"),
    ],
)
def test_the_clock_is_compared_with_that_of_the_servers(
    dated: tuple[str, list[str]], off: timedelta, grade: Grade, words: str
) -> None:
    url, date = dated
    date.append(NOW.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    found = {each.check: each for each in ask_lists([ListAddress("own", f"{url}/a")], FetchConfig(), lambda: NOW + off)}
    assert found["clock"].grade is grade
    assert words in found["clock"].text
    assert found["lists"].grade is Grade.FINE


def test_addresses_of_lists_that_do_not_answer(dated: tuple[str, list[str]], dead_url: str) -> None:
    url, _ = dated
    asked = [ListAddress("a", f"{url}/well"), ListAddress("b", f"{url}/gone"), ListAddress("c", dead_url)]
    found = list(ask_lists(asked, FetchConfig(), lambda: NOW))
    texts = [each.text for each in found if each.check == "lists"]
    assert texts[0] == "1 of 3 addresses of lists answer"
    assert "b: " in texts[1]
    assert "404" in texts[1]
    assert found[1].mend == "the list may have moved: set its url in the configuration"
    assert "connection refused" in texts[2]
    # Of lists over plain http no certificate is missed.
    assert [each.grade for each in found if each.check == "tls"] == [Grade.FINE]
    secure = [ListAddress("d", dead_url.replace("http:", "https:"))]
    assert ("tls", Grade.DOUBTFUL) in told(list(ask_lists(secure, FetchConfig(), lambda: NOW)))
    alone = list(ask_lists(asked[2:], FetchConfig(), lambda: NOW))
    assert alone[0].text == "none of 1 addresses of lists could be reached: connection refused"


def test_a_server_that_says_nothing_is_doubtful(monkeypatch: pytest.MonkeyPatch, web: Any) -> None:
    monkeypatch.setattr(wire, "_ADDRESS_TIME", 0.5)
    url = web.put("/slow", "at last", delay=20)
    found = list(ask_lists([ListAddress("slow", url)], FetchConfig(), lambda: NOW))
    assert told(found)[0] == ("lists", Grade.DOUBTFUL)


def test_a_mail_server_is_asked_without_a_mail(mailbox: Any, smtp_port: int) -> None:
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none", "sender": "a@news.example"}
    transports = make_transports(config(email={**mail, "recipients": ["b@news.example"]}))
    (found,) = try_channel("email", transports["email"])
    assert (found.grade, found.text) == (Grade.FINE, f"127.0.0.1:{smtp_port} answers, not encrypted")
    assert mailbox.messages == []
    transports = make_transports(config(email={**mail, "port": 1, "recipients": ["b@news.example"]}))
    (found,) = try_channel("email", transports["email"])
    assert found.grade is Grade.BROKEN
    assert "refused the connection" in found.text
    assert found.mend.startswith("see email.host")


def test_the_other_channels_are_asked_without_a_message(dated: tuple[str, list[str]], tmp_path: Path) -> None:
    url, _ = dated
    made = make_transports(
        config(
            webhook={"url": f"{url}/hook/secret", "allow": ["127.0.0.1"]},
            command={"run": ["no-such-program-anywhere"]},
            jsonl={"path": str(tmp_path / "alerts.jsonl")},
        )
    )
    found = {name: next(iter(try_channel(name, transport))) for name, transport in made.items()}
    assert found["webhook"].grade is Grade.FINE
    assert "secret" not in found["webhook"].text
    assert found["command"].text == "no-such-program-anywhere is not there, or may not be run"
    assert found["jsonl"].grade is Grade.FINE
    assert not (tmp_path / "alerts.jsonl").exists()


def test_the_database_is_looked_at(database: str, new_database: Callable[[bool], str], tmp_path: Path) -> None:
    assert told(look_at_database(config(database))) == [("schema", Grade.FINE), ("database", Grade.FINE)]
    (none,) = look_at_database(config(new_database(False)))
    assert none.mend == "'watchlist lists sync' or 'watchlist run' makes one"
    assert told(look_at_index(config(database), tmp_path)) == [("index", Grade.DOUBTFUL)]


def test_damage_of_the_database_is_told_with_the_way_out(sqlite_database: str) -> None:
    path = sqlite_database.partition(":///")[2]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP INDEX ix_articles_fetched_at")
    found = list(look_at_database(config(sqlite_database)))
    assert "the index ix_articles_fetched_at is missing" in found[-1].text
    assert "'watchlist db restore FILE'" in found[-1].mend
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    (old,) = look_at_database(config(sqlite_database))
    assert (old.check, old.mend) == ("schema", "'watchlist db upgrade'")
    Path(path).write_bytes(b"no database" * 1000)
    (spoilt,) = look_at_database(config(sqlite_database))
    assert "not a database" in spoilt.text


def test_what_no_copy_would_mend_is_told_with_what_does(sqlite_database: str, tmp_path: Path) -> None:
    path = sqlite_database.partition(":///")[2]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    (newer,) = look_at_database(config(sqlite_database))
    assert (newer.check, newer.mend) == ("schema", "install the version that made it, or name another database")
    (folder,) = look_at_database(config(f"sqlite:///{tmp_path}"))
    assert folder.text.endswith(" is a folder")
    assert "database.url" in folder.mend
    # Who may write a folder is not asked for its sake.
    assert told(machine.look_at_permissions(config(f"sqlite:///{tmp_path}"), None, tmp_path)) == [
        ("permissions", Grade.FINE)
    ]


def test_what_is_not_there_or_may_not_be_read_is_told_with_the_command_that_helps(
    sqlite_database: str, tmp_path: Path
) -> None:
    path, password = Path(sqlite_database.partition(":///")[2]), tmp_path / "password"
    mail = {"host": "127.0.0.1", "sender": "a@news.example", "recipients": ["b@news.example"], "username": "a"}
    made = config(sqlite_database, email={**mail, "password_file": str(password)})
    (absent,) = machine.look_at_permissions(made, None, tmp_path)
    assert (absent.grade, absent.text) == (Grade.BROKEN, f"{password} (email.password_file) is not there")
    password.write_text("sesame")
    settings = {"database": {"url": sqlite_database}, "email": {**mail, "port": 1, "password_file": str(password)}}
    (tmp_path / "config.yaml").write_text(json.dumps(settings))
    for each in (password, path):
        each.chmod(0)
    shown = as_reader("doctor", "--json", folder=tmp_path)
    mends = {each["text"].partition(" ")[0]: each["mend"] for each in json.loads(shown.stdout)["findings"]}
    assert shown.returncode == 2
    assert mends[str(password)] == machine.make_mine(password)
    assert mends[str(path)] == f"{machine.make_mine(path)}, or run as its owner"
    # Made while the file might only be read, it keeps everybody from writing afterwards.
    path.chmod(0o600)
    # What is no database is not opened, and nothing beside it is cleared away meanwhile.
    path.write_bytes(b"no database" * 1000)
    left = path.with_name(f"{path.name}-shm")
    left.touch(mode=0o400)
    shown = as_reader("doctor", "--json", folder=tmp_path)
    mends = {each["text"].partition(" ")[0]: each["mend"] for each in json.loads(shown.stdout)["findings"]}
    assert str(left) in mends
    assert str(path) not in mends


def test_every_check_has_a_name_of_its_own(sqlite_database: str) -> None:
    made = config(sqlite_database, lists=["us_ofac_sdn"], feeds=["https://news.example/feed"])
    names = [each.name for each in all_checks(made, None, {})]
    assert names == ["config", "permissions", "disk", "database", "index", "accounts", "dns", "lists"]


@pytest.mark.parametrize(
    ("web", "roles", "expected"),
    [
        ({}, (), [(Grade.FINE, "this machine alone")]),
        ({"public_url": "https://watch.example"}, (), [(Grade.BROKEN, "does not begin")]),
        ({}, ("judge",), [(Grade.DOUBTFUL, "none of an admin is open")]),
        ({"public_url": "https://watch.example"}, ("admin", "read"), [(Grade.FINE, "2, 2 of them open, 1 of them")]),
        ({"public_url": "http://watch.example"}, ("admin",), [(Grade.FINE, ""), (Grade.DOUBTFUL, "in clear text")]),
        ({"public_url": "http://127.0.0.1:8765"}, ("admin",), [(Grade.FINE, "")]),
        (
            {"trusted_proxies": ["127.0.0.1"], "proxy_header": "X-User", "proxy_role": "admin"},
            (),
            [(Grade.FINE, "")],
        ),
    ],
)
def test_accounts_are_looked_at(
    sqlite_database: str, web: dict[str, Any], roles: tuple[str, ...], expected: list[tuple[Grade, str]]
) -> None:
    with closing(open_store(sqlite_database)) as store:
        for role in roles:
            store.add_account(f"a-{role}", UserRole(role), None, "root", NOW)
    found = list(look_at_accounts(config(sqlite_database, web=web)))
    assert [each.grade for each in found] == [grade for grade, _ in expected]
    for each, (_, words) in zip(found, expected, strict=True):
        assert words in each.text
