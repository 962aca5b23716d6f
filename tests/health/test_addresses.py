"""The three addresses, asked over HTTP, of a daemon and of its parts."""

from __future__ import annotations

import builtins
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from watchlist.app import App, make_app, reloaded
from watchlist.config import Config, HealthConfig
from watchlist.daemon import run_once, serve
from watchlist.errors import ConfigError, StorageError
from watchlist.health import replies
from watchlist.health.replies import Reply, alive, ready, reply_to
from watchlist.health.server import serving
from watchlist.health.totals import SILENT_FOR, Totals
from watchlist.model import ListDeclaration


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def parts(database: str, free_port: int) -> Iterator[App]:
    settings = {"database": {"url": database}, "health": {"port": free_port, "metrics": True}}
    made = make_app(Config.model_validate(settings), declares=True)
    yield made
    made.store.close()


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


def samples(text: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_a_daemon_answers_all_three(parts: App, free_port: int) -> None:
    answers: list[Any] = []

    def on_report(_: Any) -> None:
        if answers:
            return
        answers.extend(ask(free_port, path) for path in ("/healthz", "/readyz", "/metrics", "/other"))
        parts.stop.set()

    watchdog = threading.Timer(300, parts.stop.set)
    watchdog.start()
    serve(parts, on_report, tick=0.05)
    watchdog.cancel()
    health, readiness, metrics, other = answers
    assert (health[0], json.loads(health[2])) == (200, {"status": "alive", "why": []})
    assert readiness[0] == 503
    assert "no names to look for" in json.loads(readiness[2])["why"][0]
    found = samples(metrics[2])
    assert found["watchlist_verdict", ()] == 2
    assert found["watchlist_runs_total", (("ended", "done"),)] == 1
    assert found["watchlist_run_duration_seconds_count", ()] == 1
    assert found["watchlist_faults_open", (("acknowledged", "false"), ("kind", "setup"))] == 1
    assert found["watchlist_database_bytes", ()] > 0
    assert other[0] == 404
    with pytest.raises(urllib.error.URLError):
        ask(free_port, "/healthz")


def test_a_port_that_is_taken_is_said_before_anything_runs(parts: App) -> None:
    with serving(parts.config.health, lambda _: None), pytest.raises(ConfigError, match=r"health\.port: cannot listen"):
        serve(parts, lambda _: None)
    assert parts.store.last_runs(1) == ()


def test_another_port_takes_a_new_start(parts: App, free_port: int) -> None:
    config = parts.config.model_copy(update={"health": HealthConfig(port=free_port - 1)})
    with pytest.raises(ConfigError, match="new start"):
        reloaded(parts, config, declares=True)


def test_without_a_port_nothing_listens() -> None:
    with serving(HealthConfig(), lambda _: None) as port:
        assert port is None


def test_head_has_no_body_and_a_fault_is_an_answer(free_port: int) -> None:
    def reply(path: str) -> Reply | None:
        if path == "/fault":
            raise ZeroDivisionError("with a secret in it")
        return Reply(HTTPStatus.OK, b"{}")

    with serving(HealthConfig(port=free_port), reply):
        assert ask(free_port, "/x?y=1", "HEAD")[::2] == (200, b"")
        status, _, body = ask(free_port, "/fault")
        assert status == 500
        assert b"secret" not in body
        assert ask(free_port, "/x", "POST")[0] == 501


def test_more_than_a_few_at_once_are_sent_away(free_port: int) -> None:
    held, inside = threading.Event(), threading.Semaphore(0)

    def reply(_: str) -> Reply | None:
        inside.release()
        held.wait(60)
        return Reply(HTTPStatus.OK, b"{}")

    with serving(HealthConfig(port=free_port), reply):
        crew = [threading.Thread(target=ask, args=(free_port, "/")) for _ in range(4)]
        for each in crew:
            each.start()
        for _ in crew:
            assert inside.acquire(timeout=60)
        assert ask(free_port, "/")[0] == 503
        held.set()
        for each in crew:
            each.join()


def test_a_database_that_is_away_gets_nobody_killed(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise StorageError("the server closed the connection")

    monkeypatch.setattr(type(parts.store), "watched_lists", away)
    assert reply_to("/healthz", parts, Totals()) == alive(None)
    assert ready(parts).status == HTTPStatus.SERVICE_UNAVAILABLE
    assert b"closed the connection" in ready(parts).body
    metrics = reply_to("/metrics", parts, Totals())
    assert metrics is not None
    assert metrics.status == HTTPStatus.SERVICE_UNAVAILABLE


def test_no_sign_of_life_for_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    totals = Totals()
    assert alive(totals).status == HTTPStatus.OK
    totals._alive_at -= SILENT_FOR + 60
    assert alive(totals).status == HTTPStatus.SERVICE_UNAVAILABLE
    totals.beat()
    assert alive(totals).status == HTTPStatus.OK


def test_figures_are_those_of_what_is_stored(parts: App, rss: Callable[..., str], web: Any) -> None:
    store = parts.store
    store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    gone = web.put("/gone.xml", "no feed at all")
    good = web.put("/feed.xml", rss(("https://news.example/1", "Rain", "It will rain.")))
    store.add_feed(good, None)
    store.add_feed(gone, None)
    run_once(parts)
    late = replace(parts, clock=lambda: datetime.now(UTC) + timedelta(minutes=10))
    reply = reply_to("/metrics", late, None)
    assert reply is not None
    found = samples(reply.body)
    assert found["watchlist_feeds", (("state", "on"),)] == 2
    assert found["watchlist_feeds", (("state", "failing"),)] == 1
    assert found["watchlist_articles", (("state", "stored"),)] == 1
    assert found["watchlist_alerts_all", (("status", "open"),)] == 0
    assert found["watchlist_deliveries", (("state", "failed"),)] == 0
    assert found["watchlist_last_run_age_seconds", ()] == pytest.approx(600, abs=60)
    assert found["watchlist_last_run_errors", ()] == 1
    # Who does no runs has nothing to add up.
    assert ("watchlist_polls_total", ()) not in found
    assert good.encode() not in reply.body
    totals = Totals()
    totals.add("done", {"feeds_polled": 2, "feeds_failed": 1}, 0.7)
    counted = reply_to("/metrics", parts, totals)
    assert counted is not None
    summed = samples(counted.body)
    assert summed["watchlist_polls_total", ()] == 2
    assert summed["watchlist_poll_failures_total", ()] == 1
    assert summed["watchlist_run_duration_seconds_bucket", (("le", "0.5"),)] == 0
    assert summed["watchlist_run_duration_seconds_bucket", (("le", "1.0"),)] == 1


def test_without_the_extra_the_others_still_answer(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("prometheus_client"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(replies, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"health\.metrics: needs the extra: pip install 'watchlist\[metrics\]'"):
        serve(parts, lambda _: None)
    off = replace(parts, config=parts.config.model_copy(update={"health": HealthConfig(port=1)}))
    for path, status in (("/healthz", 200), ("/readyz", 503), ("/metrics", 404)):
        reply = reply_to(path, off)
        assert reply is not None
        assert reply.status == status
