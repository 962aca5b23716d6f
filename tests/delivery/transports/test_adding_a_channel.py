"""The channel of ``docs/adding-a-channel.md``, taken from the page: from the configuration to what arrives."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from watchlist.config import load
from watchlist.delivery import transports
from watchlist.delivery.outbox import deliver_due
from watchlist.errors import ConfigError
from watchlist.model import DeliveryStatus

PAGE = Path(__file__).parents[3] / "docs" / "adding-a-channel.md"


class Room:
    """A chat room's webhook on loopback; ``status`` is what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.posts: list[dict[str, str]] = []
        room = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                room.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(room.status)
                self.send_header("Retry-After", "600")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook/s3cret"


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    thread = threading.Thread(target=room.server.serve_forever, args=(0.05,))
    thread.start()
    yield room
    room.server.shutdown()
    room.server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page's module and the page's line, with the name that the module has here."""
    module, registry, *_ = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"))
    (tmp_path / "chat_of_the_page.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    lines = dict(re.findall(r'^    "(\w+)": "(\S+)",$', registry, re.MULTILINE))
    assert list(lines) == [*transports.CHANNELS, "chat"]
    assert lines["chat"] == "watchlist.delivery.transports.chat:ChatConfig"
    monkeypatch.setitem(transports.CHANNELS, "chat", "chat_of_the_page:ChatConfig")
    yield
    sys.modules.pop("chat_of_the_page", None)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_file(text: str) -> Path:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def test_from_the_configuration_to_the_room(
    write: Callable[[str], Path], room: Room, store: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_CHAT__WEBHOOK", room.url)
    config, _ = load(write("chat: {timeout: 5s}"), channels=transports.sections())
    assert room.url not in repr(config)
    made = transports.make_transports(config)
    assert list(made) == ["chat"]

    outbox = store("chat", "email")
    now = outbox.deliveries[1].created_at
    report = deliver_due(outbox, made, lambda: now, lambda: False)
    assert (report.sent, report.errors) == (1, ())
    (posted,) = room.posts
    assert posted["id"] == outbox.deliveries[1].idempotency_key
    assert "IRAN AIR" in posted["text"]
    assert outbox.deliveries[2].status is DeliveryStatus.PENDING


@pytest.mark.parametrize(("status", "outage"), [(503, True), (429, True), (404, True), (422, False)])
def test_a_refusal_is_tried_again_after_the_time_the_room_asks_for(
    write: Callable[[str], Path], room: Room, store: Callable[..., Any], status: int, outage: bool
) -> None:
    room.status = status
    config, _ = load(write(f"chat: {{webhook: '{room.url}'}}"), channels=transports.sections())
    outbox = store("chat")
    now = outbox.deliveries[1].created_at
    report = deliver_due(outbox, transports.make_transports(config), lambda: now, lambda: False)
    assert (report.gave_up, report.failed) == (0, 1)
    assert report.errors == (f"chat: the webhook answered {status}",)
    again = outbox.outages()[0].next_try_at if outage else outbox.deliveries[1].next_attempt_at
    assert again == now + timedelta(seconds=600)


def test_nobody_listening_is_told_without_the_address(write: Callable[[str], Path], store: Callable[..., Any]) -> None:
    config, _ = load(write("chat: {webhook: 'http://127.0.0.1:1/hook/s3cret'}"), channels=transports.sections())
    outbox = store("chat")
    now = outbox.deliveries[1].created_at
    (said,) = deliver_due(outbox, transports.make_transports(config), lambda: now, lambda: False).errors
    assert said == "chat: no answer (connection): check chat.webhook"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chat: {webhok: x}", "chat.webhok: unknown key"),
        ("chat: {timeout: soon}", "chat.timeout: is no duration"),
        ("chta: {}", "chta: unknown key"),
    ],
)
def test_its_section_refuses_like_any_other(write: Callable[[str], Path], text: str, said: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as refused:
        load(path, channels=transports.sections())
    assert str(refused.value).startswith(f"{path}: {said}")


def test_set_up_or_not_it_stands_beside_the_others(write: Callable[[str], Path]) -> None:
    config, _ = load(write("chat: {}\nemail: {port: 25}"), channels=transports.sections())
    assert list(config.channels) == ["email", "chat"]
    assert transports.make_transports(config) == {}
    assert set(transports.full_config().model_fields) >= {"chat", "email"}
