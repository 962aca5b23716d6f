"""Pings to a server on loopback: in order, with what was said, without secrets, and never in a run's way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from watchlist.app import App, make_app
from watchlist.config import Config, HealthConfig, load
from watchlist.daemon import run_once, serve
from watchlist.delivery.transports import sections
from watchlist.errors import ConfigError, StorageError
from watchlist.health.pings import MOST_BYTES, Paced, Ping, Pinger, _posted, address_of, ending
from watchlist.model import Entity, ListDeclaration, Name, Schema

UUID = "0b5e4c1e-1d0c-4a9b-9c8e-aaaaaaaaaaaa"


class Checks:
    """A server that is pinged."""

    def __init__(self) -> None:
        self.pings: list[tuple[str, str]] = []
        self.status = 200
        self.delay = 0.0
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                time.sleep(told.delay)
                told.pings.append((self.path, body))
                self.send_response(told.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/{UUID}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def checks() -> Iterator[Checks]:
    made = Checks()
    yield made
    made.server.shutdown()
    made.server.server_close()


def app(database: str, **health: Any) -> App:
    return make_app(Config.model_validate({"database": {"url": database}, "health": health}), declares=True)


@pytest.fixture
def parts(sqlite_database: str, checks: Checks) -> Iterator[App]:
    made = app(sqlite_database, ping_url=checks.url)
    yield made
    made.store.close()


def test_a_run_tells_that_it_begins_and_that_it_fails_while_nothing_is_looked_for(parts: App, checks: Checks) -> None:
    run_once(parts)
    (start, nothing), (end, said) = checks.pings
    assert (start, nothing) == (f"/{UUID}/start", "")
    assert end == f"/{UUID}/fail"
    assert said.startswith("Failing: 1 fault. no names to look for")


def test_a_run_that_goes_well_says_so_and_names_what_was_no_failure(parts: App, checks: Checks, web: Any) -> None:
    parts.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    listed = (Entity("own", "1", Schema.PERSON, (Name("MARROVSKY, Ilya Petrovich"),)),)
    parts.store.apply_entities("own", listed, datetime.now(UTC), lambda _: None)
    parts.store.add_feed(web.put("/no.xml", "no feed at all"), None)
    run_once(parts)
    assert [path for path, _ in checks.pings] == [f"/{UUID}/start", f"/{UUID}"]
    assert "1 feeds polled" in checks.pings[1][1]
    assert "/no.xml" in checks.pings[1][1]


def test_a_run_that_is_broken_off_says_why(parts: App, checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise StorageError("database or disk is full")

    monkeypatch.setattr(type(parts.store), "unfinished_look_back", full)
    with pytest.raises(StorageError):
        run_once(parts)
    assert checks.pings[1] == (f"/{UUID}/fail", "the run was broken off: database or disk is full\n")


@pytest.mark.parametrize("trouble", ["refuses", "is away", "answers 500", "is slow"])
def test_a_ping_server_in_trouble_disturbs_no_run(
    trouble: str, sqlite_database: str, checks: Checks, capfd: pytest.CaptureFixture[str]
) -> None:
    url = checks.url
    if trouble == "answers 500":
        checks.status = 500
    elif trouble == "is slow":
        checks.delay = 30
    elif trouble == "refuses":
        url = f"http://127.0.0.1:1/{UUID}"
    else:
        url = f"http://no.such.host.example/{UUID}"
    parts = app(sqlite_database, ping_url=url, ping_timeout=1)
    begun = time.monotonic()
    report = run_once(parts)
    parts.store.close()
    assert report.errors == []
    assert time.monotonic() - begun < 15
    shown = capfd.readouterr()
    said = shown.out + shown.err
    assert UUID not in said
    # Told once, though two pings failed; the slow one may have failed once only when the program ends.
    assert said.count("the ping server could not be told") == 1


def test_the_address_of_the_ping_server_is_guarded(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = socket.getaddrinfo

    def inside(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        return asked("127.0.0.1" if host == "checks.example" else host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    config = HealthConfig.model_validate({"ping_url": f"http://checks.example:1/{UUID}"})
    reason = _posted(config, Ping.START, b"")
    assert reason is not None
    assert "put checks.example into 'allow' under 'health'" in reason
    allowed = HealthConfig.model_validate({"ping_url": f"http://checks.example:1/{UUID}", "allow": ["checks.example"]})
    assert "allow" not in str(_posted(allowed, Ping.START, b""))


def test_a_daemon_pings_now_and_then_and_not_at_every_tick(sqlite_database: str, checks: Checks) -> None:
    parts = app(sqlite_database, ping_url=checks.url, ping_every=3600)
    reports: list[Any] = []

    def on_report(report: Any) -> None:
        reports.append(report)
        if len(reports) >= 5:
            parts.stop.set()

    watchdog = threading.Timer(300, parts.stop.set)
    watchdog.start()
    serve(parts, on_report, tick=0.05)
    watchdog.cancel()
    parts.store.close()
    assert [path for path, _ in checks.pings] == [f"/{UUID}/start", f"/{UUID}/fail"]


def test_a_change_is_told_at_once() -> None:
    paced = Paced(3600)
    assert paced.is_due()
    told = [paced.wants(each) for each in (Ping.SUCCESS, Ping.SUCCESS, Ping.FAIL, Ping.FAIL, Ping.SUCCESS)]
    assert told == [True, False, True, False, True]


def test_where_a_ping_goes() -> None:
    assert address_of("https://hc.example/ping/a/", Ping.START) == "https://hc.example/ping/a/start"
    assert address_of("https://hc.example/ping/a?rid=1", Ping.FAIL) == "https://hc.example/ping/a/fail?rid=1"
    assert address_of("https://hc.example/ping/a?rid=1", Ping.SUCCESS) == "https://hc.example/ping/a?rid=1"


def test_the_end_of_what_was_said_is_sent_in_whole_lines() -> None:
    text = "".join(f"line {n} ÄÖ\n" for n in range(5000))
    cut = ending(text)
    assert len(cut.encode()) <= MOST_BYTES
    assert cut.startswith("line ")
    assert cut.endswith("line 4999 ÄÖ\n")
    assert ending("short") == "short"
    assert len(ending("Ä" * MOST_BYTES).encode()) <= MOST_BYTES


def test_without_an_address_nothing_is_sent() -> None:
    pinger = Pinger(HealthConfig())
    pinger.tell(Ping.START)
    pinger.close()
    assert pinger._thread is None


@pytest.mark.parametrize("url", ["ftp://x.example/1", "hc-ping.example/1", "http://", "http://[::1"])
def test_what_is_no_address_is_refused_without_being_repeated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHLIST_HEALTH__PING_URL", url)
    with pytest.raises(ConfigError, match=r"health\.ping_url: is no http\(s\) address") as raised:
        load(channels=sections())
    assert str(raised.value) == "environment: health.ping_url: is no http(s) address"


def test_metrics_without_a_port_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHLIST_HEALTH__METRICS", "true")
    with pytest.raises(ConfigError, match="metrics need a port"):
        load(channels=sections())
