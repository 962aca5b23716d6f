"""Log lines: what they belong to, and what they never hold, in both formats."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
import threading
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from watchlist import log
from watchlist.app import make_app
from watchlist.cli.shared.context import Invocation
from watchlist.cli.shared.logs import set_up
from watchlist.config import LoggingConfig
from watchlist.config.secrets import secrets_of
from watchlist.daemon import run_once
from watchlist.feeds import poll
from watchlist.log import Log, before_first_line, belong, bound, hide, tail

SECRET = "pa55 wörd/&"
_log = Log("watchlist.tests")


@pytest.fixture(autouse=True)
def _nothing_hidden() -> Any:
    log._hidden.clear()
    log.forget_lines()
    yield
    log._hidden.clear()
    log.forget_lines()


@pytest.fixture(params=["json", "text"])
def written(request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> Any:
    before_first_line(lambda: set_up(LoggingConfig(level="debug", format=request.param)))

    def lines() -> list[str]:
        found = capfd.readouterr().err
        if request.param == "json":
            for line in found.splitlines():
                json.loads(line)
        return found.splitlines()

    return lines


def test_a_line_says_what_it_belongs_to(written: Any) -> None:
    with bound():
        belong(run=12)
        with bound(feed=7):
            _log.warning("slow", seconds=3)
        _log.warning("over")
    _log.warning("after")
    first, second, third = written()
    assert all(word in first for word in ("12", "7", "slow"))
    assert "12" in second
    assert "feed" not in second
    assert "run" not in third


def test_threads_have_what_their_context_has(written: Any) -> None:
    with bound(run=12):
        thread = threading.Thread(target=copy_context().run, args=(_log.warning, "from a thread"))
    thread.start()
    thread.join()
    (line,) = written()
    assert "12" in line


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        quote(SECRET, safe=""),
        quote(SECRET, safe="").replace("%C3%B6", "%c3%b6"),
        base64.b64encode(SECRET.encode()).decode(),
        base64.b64encode(b"\0user\0" + SECRET.encode()).decode(),
        repr(SECRET),
        json.dumps(SECRET),
    ],
)
def test_a_secret_is_in_no_line(spelled: str, written: Any) -> None:
    hide([SECRET])
    _log.warning(f"said {spelled}", error=f"535 {spelled}", deep={"a": [spelled, (spelled,)]}, path=Path(spelled))
    try:
        raise ValueError(spelled)
    except ValueError:
        _log.exception("failed")
    found = "\n".join(written())
    assert "***" in found
    assert spelled not in found
    assert spelled not in "\n".join(tail())
    assert "pa55" not in found
    assert "ValueError" in found


def test_log_ins_of_addresses_nobody_knew_of_are_in_no_line(written: Any) -> None:
    _log.warning("moved", to="https://ada:geheim@feeds.example/?token=geheim")
    (line,) = written()
    assert "geheim" not in line
    assert "https://ada:***@feeds.example/?token=***" in line


def test_where_nobody_reads_the_lines_any_more_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        before_first_line(lambda: set_up(LoggingConfig(level="info")))
        os.close(reading)
        _log.warning("nobody hears this")
        _log.warning("nor this")
        # What is in the stream's memory cannot be written either.
        with contextlib.suppress(BrokenPipeError):
            stream.close()
    assert ["nobody" in line for line in log.tail()] == [True, False]


def test_numbers_stay_numbers(capfd: pytest.CaptureFixture[str]) -> None:
    before_first_line(lambda: set_up(LoggingConfig(format="json")))
    _log.warning("counted", n=3, share=0.5, none=None, on=True)
    line = json.loads(capfd.readouterr().err)
    assert (line["n"], line["share"], line["none"], line["on"]) == (3, 0.5, None, True)
    assert (line["event"], line["level"]) == ("counted", "warning")
    assert line["timestamp"].endswith("Z")


def test_every_secret_of_a_configuration_is_known(tmp_path: Path) -> None:
    from watchlist.delivery.transports import full_config

    (tmp_path / "mail").write_text("from-a-file\n")
    config = full_config().model_validate(
        {
            "database": {"url": "postgresql+psycopg://w:of-the-database@db.example/w"},
            "feeds": ["https://ada:of-a-feed@feeds.example/?token=of-a-parameter"],
            "lists": [{"id": "mine", "url": "https://mirror.example/?api_key=of-a-list"}],
            "email": {
                "host": "mail.example",
                "sender": "a@b.example",
                "recipients": ["c@d.example"],
                "username": "ada",
                "password_file": tmp_path / "mail",
            },
            "webhook": {"url": "https://hooks.example/of-the-webhook", "secret": "of-the-signature"},
            "apprise": {"urls": {"chat": "slack://of-the-chat/x"}},
            "health": {"ping_url": "https://hc.example/of-the-ping"},
        }
    )
    found = secrets_of(config)
    assert {
        "of-the-database",
        "of-a-feed",
        "of-a-parameter",
        "of-a-list",
        "from-a-file",
        "https://hooks.example/of-the-webhook",
        "of-the-signature",
        "slack://of-the-chat/x",
        "https://hc.example/of-the-ping",
    } <= found
    assert "c@d.example" not in found
    missing = config.model_copy(update={"email": config.email.model_copy(update={"password_file": Path("/no/such")})})
    assert "from-a-file" not in secrets_of(missing)


def test_a_run_binds_its_number_and_each_feed(
    tmp_path: Path, web: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url = web.put("/feed.xml", "nothing").replace("http://", "http://ada:pa55word@") + "?token=geheim"
    path = tmp_path / "config.yaml"
    path.write_text(f"database: sqlite:///w.db\nlogging: {{format: json}}\nfeeds: ['{url}']\n")

    def odd(*_: Any) -> Any:
        raise ZeroDivisionError(f"odd: {url}")

    monkeypatch.setattr(poll, "fetch", odd)
    config, _ = Invocation(path, None).config()
    parts = make_app(config, declares=True)
    report = run_once(parts)
    (run,) = parts.store.last_runs(9)
    (feed,) = parts.store.watched_feeds()
    found = capfd.readouterr().err
    (line,) = [json.loads(each) for each in found.splitlines() if "could not be polled" in each]
    assert (line["run"], line["feed"]) == (run.id, feed.id)
    shown = found + "".join(report.errors) + "".join(run.errors) + str(feed.last_error)
    shown += "".join(each.fault.text for each in parts.store.open_faults())
    assert "ZeroDivisionError" in shown
    assert "pa55word" not in shown
    assert "geheim" not in shown
    parts.store.close()
