"""``watchlist status`` and ``watchlist faults``: one screen, a verdict and its exit code, and faults with numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchlist.model import Fault, ListDeclaration, UserRole
from watchlist.storage.database.version import EXPECTED
from watchlist.storage.store import Store, open_store

Call = Callable[..., Any]

#: Whoever comes by the proxy is an admin.
PROXY = "web: {proxy_header: X-User, proxy_role: admin, trusted_proxies: [127.0.0.1]}\n"


@pytest.fixture
def opened(sqlite_database: str) -> Any:
    with closing(open_store(sqlite_database)) as store:
        yield store


def facts(text: str) -> dict[str, str]:
    return {line[:12].strip(): line[12:] for line in text.splitlines()[1:]}


def test_all_is_well(cli: Call, alerted: Any) -> None:
    found = cli("status")
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[0] == "Well: no faults."
    told = facts(found.out)
    assert told["alerts"] == "1 open; not closed: 1 today"
    assert told["feeds"] == "1 on, 0 failing, 0 silent"
    assert "suppliers: your own, " in found.out
    assert told["versions"].startswith(f"watchlist 0.1.0, schema {EXPECTED}, SQLite 3.")
    assert told["accounts"] == "none: the page is for this machine alone"
    assert cli("status", "--quiet").out == ""
    shown = cli("status", "--json").json()
    assert (shown["verdict"], shown["exit_code"], shown["faults"], shown["known_faults"]) == ("well", 0, [], [])
    assert shown["lists"][0]["names_by_script"]["Latn"] == shown["lists"][0]["name_count"]
    assert shown["database"]["bytes"] > 100_000
    assert cli("faults").rows() == []
    assert cli("faults", "--json").json() == []


def test_accounts_are_counted_and_a_missing_admin_is_told(cli: Call, opened: Store) -> None:
    def told(*options: str) -> str:
        return facts(cli(*options, "status").out)["accounts"]

    def counts() -> list[Any]:
        return list(cli("status", "--json").json()["accounts"].values())

    assert counts() == [0, 0, 0, False]
    now = datetime.now(UTC)
    opened.add_account("ada", UserRole.JUDGE, None, "root", now)
    opened.add_account("ben", UserRole.ADMIN, None, "root", now)
    assert (told(), counts()) == ("2, 1 admin among them", [2, 2, 1, False])
    opened.disable_account("ben", "root", now, last_too=True)
    assert told().startswith("2, 1 of them open, no admin among them: nobody may change anything on the page")
    assert counts() == [2, 1, 0, True]
    Path("proxy.yaml").write_text(PROXY, encoding="utf-8")
    assert told("--config", "proxy.yaml") == "2, 1 of them open; whom the proxy names is an admin"


def test_a_failing_feed_degrades_until_somebody_knows_of_it(cli: Call, alerted: Any) -> None:
    alerted.document = b"<html>no feed</html>"
    assert cli("run", "--once").code == 3
    found = cli("status")
    assert found.code == 1
    assert found.out.startswith("Degraded: 1 fault. feed ")
    assert cli("status", "--quiet").code == 1
    (row,) = cli("faults", "list").rows()
    assert (row["id"], row["acknowledged"]) == ("1", "")
    assert cli("faults", "ack", "1", "--by", "ada", "--why", "known since Monday").out == "1 acknowledged by ada.\n"
    assert cli("faults").rows()[0]["acknowledged"] == "ada known since Monday"
    well = cli("status")
    assert (well.code, well.out.splitlines()[0]) == (0, "Well: no faults but 1 acknowledged.")
    assert "fault 1     acknowledged by ada: feed " in well.out
    assert cli("status", "--json").json()["known_faults"][0]["acknowledged_why"] == "known since Monday"
    assert cli("faults", "unack", "1").out == "1 taken back.\n"
    assert cli("status").code == 1
    unknown = cli("faults", "ack", "7")
    assert unknown.code == 2
    assert "no open fault '7'; 'watchlist faults' shows them" in unknown.err


def test_what_is_over_is_in_the_past(cli: Call, opened: Store) -> None:
    at = datetime.now(UTC)
    opened.record_faults([Fault("feed 7", "feed 7: answered 503")], None, at)
    opened.record_faults([], None, at)
    (row,) = cli("faults", "list", "--past", "1d").rows()
    assert (row["fault"], row["over"] != "") == ("feed 7: answered 503", True)


def test_a_fault_that_came_between_two_runs_gets_a_number_when_it_is_listed(cli: Call) -> None:
    assert cli("status").out.splitlines()[-1].startswith("fault       no names to look for")
    (row,) = cli("faults").rows()
    assert row["id"] == "1"
    assert cli("status").out.splitlines()[-1].startswith("fault 1     no names to look for")


def test_more_than_five_hundred_of_everything_are_counted(cli: Call, own_list: str, opened: Store) -> None:
    count = 620
    at = datetime.now(UTC) - timedelta(minutes=5)
    text = at.replace(tzinfo=None).isoformat(" ")
    path = str(opened.address()).removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection, connection:
        for n in range(count):
            connection.execute(
                "INSERT INTO feeds (url, declared, enabled, disabled, failures, full_text, moved_polls, adopted,"
                " last_error, last_checked_at, last_status) VALUES (?, 'user', 1, 0, 5, 'auto', 0, 0, ?, ?, 404)",
                (f"https://n{n}.example/feed", "answered 404 Not Found", text),
            )
            connection.execute(
                "INSERT INTO articles (id, title, text, fetched_at, content_hash, first_reading, scanned_at,"
                " scan_error, scan_failures, scan_retry_at) VALUES (?, 't', '', ?, 'h', 0, ?, 'MemoryError: ', 2, ?)",
                (f"{n:024}", text, text, text),
            )
            connection.execute(
                "INSERT INTO deliveries (channel, idempotency_key, status, attempts, created_at, next_attempt_at,"
                " digest, suspect, unanswered, folded, held, recipient, last_error)"
                " VALUES ('email', ?, 'failed', 3, ?, ?, 0, 0, 0, 0, 0, 'desk@news.example', '550 no')",
                (f"<{n}@watchlist>", text, text),
            )
    shown = cli("status", "--json").json()
    assert shown["articles"] == {"stored": count, "waiting": 0, "set_aside": count}
    assert shown["deliveries"] == {"failed": count}
    assert len([each for each in shown["known_faults"] if each["kind"] == "feed"]) == count
    texts = "\n".join(shown["faults"])
    assert f"{count} articles could not be screened" in texts
    assert f"email to desk@news.example: {count} messages not taken, {count} messages from between" in texts
    found = cli("status")
    assert found.code == 2
    assert f"{count} on, {count} failing, 0 silent" in found.out
    assert f"{count} parked" in found.out


def test_it_fits_one_screen_whatever_is_wrong(
    cli: Call, own_list: str, opened: Store, on_terminal: Callable[..., tuple[int, str]]
) -> None:
    for n in range(6):
        opened.add_list(ListDeclaration(f"other_{n}", "Another list", None))
    for n in range(40):
        opened.add_feed(f"https://news.example/{n}/a-rather-long-path-to-a-feed-that-never-worked/feed.xml", None)
    with closing(sqlite3.connect(str(opened.address()).removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE feeds SET last_error = 'answered 404 Not Found', failures = 9")
    code, shown = on_terminal("status")
    assert code == 2
    lines = shown.splitlines()
    assert len(lines) <= 24
    assert "more: 'watchlist faults' shows all" in lines[-1]


def test_a_reading_command_makes_no_database(cli: Call, folder: Path) -> None:
    for command in (("status",), ("lists",), ("alerts",), ("feeds",), ("faults",), ("deliveries",), ("screen", "x")):
        found = cli("--database", "sqlite:///nowhere/none.db", *command, bare=True)
        assert found.code == (2 if command == ("status",) else 1), command
        assert "there is no database at sqlite:///" in found.err, command
        assert "'watchlist init', 'watchlist lists sync' or 'watchlist run' makes one" in found.err
        assert list(folder.iterdir()) == []
    assert cli("--database", "sqlite:///made.db", "run", "--once", bare=True).code == 0
    assert (folder / "made.db").exists()
    assert cli("status", "--quiet").code == 2


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_server_without_tables_is_told_too(cli: Call, new_database: Callable[[bool], str], backend: str) -> None:
    url = new_database(False)
    found = cli("--database", url, "lists", bare=True)
    assert found.code == 1
    assert "there is no database at postgresql+psycopg://" in found.err
    assert cli("--database", url, "run", "--once", bare=True).code == 0
    assert cli("--database", url, "status", bare=True).out.splitlines()[-1].startswith("fault 1     no names")
