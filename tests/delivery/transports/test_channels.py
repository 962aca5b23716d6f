"""The webhook, the command, the file and Apprise: what arrives, and what is said where it does not."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from watchlist.delivery import transports
from watchlist.delivery.outbox import deliver_due
from watchlist.delivery.render import render
from watchlist.delivery.transports.email import EmailConfig
from watchlist.delivery.transports.mime import compose
from watchlist.errors import ConfigError, DeliveryError
from watchlist.ports import Message, Transport

SECRET = "a-s3cret-for-signing"
Messages = Callable[..., Message]


class Receiver:
    """A webhook's other side: checks signatures, and answers as it is told."""

    def __init__(self) -> None:
        self.status, self.headers, self.delay = 200, {}, 0.0
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.forged = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stamp = self.headers["X-Watchlist-Timestamp"]
                wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
                if self.headers["X-Watchlist-Signature"] != f"sha256={wanted}" or abs(time.time() - int(stamp)) > 300:
                    receiver.forged += 1
                time.sleep(receiver.delay)
                if receiver.status == 200:
                    receiver.taken.append((self.headers["Idempotency-Key"], json.loads(body)))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook/s3cret-path"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.05,))
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def made(channel: str, **settings: Any) -> Transport:
    config = transports.full_config().model_validate({channel: settings})
    return transports.make_transports(config)[channel]


def hook(receiver: Receiver, **settings: Any) -> Transport:
    return made("webhook", **{"url": receiver.url, "secret": SECRET, "allow": ["127.0.0.0/8"], **settings})


def failure(transport: Transport, message: Message) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        transport.send(message)
    return caught.value


def test_a_webhook_gets_signed_json_with_the_key(receiver: Receiver, message: Messages) -> None:
    assert hook(receiver).send(message()) == "answered 200 OK"
    ((key, body),) = receiver.taken
    assert receiver.forged == 0
    assert key == message().idempotency_key
    (alert,) = body["alerts"]
    assert (alert["id"], alert["subject"], alert["list"]) == (1, "IRAN AIR", "us_ofac_sdn")
    assert alert["title"] == "U.S. accuses Iran of sending missiles to Russia"
    assert alert["quote"]["text"][alert["quote"]["start"] : alert["quote"]["end"]] == "Iran Air"
    assert set(alert) >= {"status", "entity_id", "listings", "programs", "score", "band", "story", "opened_at"}
    assert body["id"] == "delivery.1@watchlist.example"


def test_a_webhook_is_posted_to_public_addresses_only_unless_others_are_allowed(
    receiver: Receiver, message: Messages
) -> None:
    error = failure(hook(receiver, allow=[]), message())
    assert "not sent: 127.0.0.1, this machine itself; if that is meant, put 127.0.0.1 into 'allow'" in str(error)
    assert "under 'webhook'" in str(error)
    assert receiver.taken == []


@pytest.mark.parametrize(
    ("status", "blame"), [(500, "channel"), (429, "channel"), (401, "channel"), (302, "channel"), (422, "message")]
)
def test_a_refusal_of_a_webhook_says_what_it_is_about(
    receiver: Receiver, message: Messages, status: int, blame: str
) -> None:
    receiver.status, receiver.headers = status, {"Retry-After": "120", "Location": "http://127.0.0.1:1/"}
    error = failure(hook(receiver), message())
    assert (error.blame, error.permanent, error.retry_after) == (blame, False, 120)
    assert "s3cret" not in str(error)


def test_a_webhook_that_is_slow_or_not_there_is_told_without_its_address(receiver: Receiver, message: Messages) -> None:
    receiver.delay = 1.0
    late = failure(hook(receiver, timeout=0.2), message())
    assert (late.unanswered, late.blame) == (True, "channel")
    gone = failure(made("webhook", url="http://127.0.0.1:1/s3cret", allow=["127.0.0.1"]), message())
    assert "connection refused" in str(gone)
    assert "s3cret" not in str(late) + str(gone)


def test_what_is_said_of_a_webhook_holds_no_secret(receiver: Receiver, message: Messages) -> None:
    said: list[str] = []
    hook(receiver).send(message(), said.append)
    text = "\n".join(said)
    assert "> Idempotency-Key: <delivery.1@watchlist.example>" in said
    assert "> X-Watchlist-Signature: ***" in said
    assert said[-1] == "< answered 200 OK"
    assert "s3cret" not in text


def test_what_a_webhook_refuses_is_said_with_all_that_went_before(receiver: Receiver, message: Messages) -> None:
    receiver.status = 500
    said: list[str] = []
    with pytest.raises(DeliveryError):
        hook(receiver).send(message(), said.append)
    assert said[0].startswith("> POST http://127.0.0.1/… with ")
    assert said[-1] == "< answered 500 Internal Server Error"


def test_a_webhook_that_was_down_gets_everything_once_it_answers(receiver: Receiver, store: Callable[..., Any]) -> None:
    outbox = store("webhook", "webhook")
    now = outbox.deliveries[1].created_at
    receiver.status, receiver.headers = 503, {"Retry-After": "600"}
    deliver_due(outbox, {"webhook": hook(receiver)}, lambda: now, lambda: False)
    assert (outbox.outages()[0].next_try_at - now).total_seconds() == 600
    receiver.status = 200
    later = outbox.outages()[0].next_try_at
    assert deliver_due(outbox, {"webhook": hook(receiver)}, lambda: later, lambda: False).sent == 2
    assert [key for key, _ in receiver.taken] == [each.idempotency_key for each in outbox.deliveries.values()]


@pytest.mark.parametrize("url", ["ftp://a.example/x", "hooks", "http:///x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"webhook\.url: is no http\(s\) address"):
        made("webhook", url=url)


def script(tmp_path: Path, body: str) -> tuple[str, ...]:
    path = tmp_path / "take.py"
    path.write_text(f"import json, sys\ngot = json.load(sys.stdin)\n{body}\n")
    return (sys.executable, str(path))


def test_a_command_gets_the_message_on_standard_input(tmp_path: Path, message: Messages) -> None:
    run = script(tmp_path, "print('ticket 7 for', got['alerts'][0]['subject'])")
    said: list[str] = []
    assert made("command", run=run).send(message(), said.append) == "ticket 7 for IRAN AIR"
    assert said[-1] == "< exit code 0, ticket 7 for IRAN AIR"


def test_a_command_that_fails_says_why(tmp_path: Path, message: Messages) -> None:
    run = script(tmp_path, "sys.exit('the queue is closed')")
    refused = failure(made("command", run=run), message())
    assert ("ended with 1: the queue is closed" in str(refused), refused.blame) == (True, "message")
    slow = failure(made("command", run=script(tmp_path, "import time; time.sleep(30)"), timeout=0.3), message())
    assert ("did not end within 0.3 s" in str(slow), slow.unanswered) == (True, True)
    lost = failure(made("command", run=["/nowhere/to/be/found"]), message())
    assert ("check command.run" in str(lost), lost.blame) == (True, "channel")


def test_a_file_gets_a_line_for_each_alert(tmp_path: Path, message: Messages, alert: Callable[..., Any]) -> None:
    path = tmp_path / "alerts.jsonl"
    transport = made("jsonl", path=path)
    transport.send(message(alert(1), alert(2)))
    transport.send(message(alert(3)))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(each["delivery"], each["alert"]["id"]) for each in lines] == [
        ("delivery.1@watchlist.example", number) for number in (1, 2, 3)
    ]
    error = failure(made("jsonl", path=tmp_path / "no" / "folder"), message())
    assert ("check jsonl.path" in str(error), error.blame) == (True, "channel")


def test_apprise_sends_to_each_service_by_its_name(
    receiver: Receiver, message: Messages, alert: Callable[..., Any]
) -> None:
    port = receiver.server.server_address[1]
    transport = made("apprise", urls={"team": f"json://127.0.0.1:{port}/s3cret-path", "duty": "json://127.0.0.1:1/x"})
    assert transport.recipients == ("team", "duty")
    taken = replace(message(*(alert(n, article=f"a{n}") for n in range(1, 31))), recipient="team")
    # Apprise has no signature of ours.
    with pytest.raises(DeliveryError):
        transport.send(replace(taken, recipient="duty"))
    text = transport.preview(taken)
    assert text.startswith("30 alerts about 30 subjects: IRAN AIR (us_ofac_sdn)")
    assert "IRAN AIR (us_ofac_sdn): U.S. accuses Iran of sending missiles to Russia https://news.example/" in text
    assert text.endswith("and 15 more: watchlist alerts list")
    assert len(text) <= 3000


def test_an_address_that_apprise_does_not_know_is_refused_without_it() -> None:
    with pytest.raises(ConfigError) as refused:
        made("apprise", urls={"team": "nosuch://s3cret"})
    assert str(refused.value) == "apprise.urls.team: is no address that Apprise knows"


def test_what_is_said_of_a_mail_holds_no_password(
    mail_server: Callable[..., Any], email: Callable[..., Any], message: Messages
) -> None:
    from watchlist.delivery.transports.email import SmtpTransport

    server, said = mail_server(auth_require_tls=False), []
    config = email(server.port, username="watch", password="s3cret-w0rd")
    SmtpTransport(config).send(message(), said.append)
    assert said[0].startswith("< 220 ")
    assert "> *** (login)" in said
    assert any(line.startswith("> mail FROM:<watchlist@example.org>") for line in said)
    assert "> rcpt TO:<desk@example.org>" in said
    assert said[-3:-1] == ["< 250 2.0.0 OK, queued as 4711", "> quit"]
    assert not any("s3cret" in line or "AHdhdGNo" in line for line in said)


def test_templates_of_the_operator_go_before_the_own_and_see_nothing_behind_the_values(
    tmp_path: Path, message: Messages
) -> None:
    (tmp_path / "alerts.txt").write_text("Ours: {{ bulletin.title }}")
    found = render(message(), tmp_path)
    assert found.text == "Ours: 1 alert"
    assert "IRAN AIR" in found.html
    (tmp_path / "alerts.txt").write_text("{{ bulletin.__class__.__mro__ }}")
    with pytest.raises(ConfigError, match="the template of alerts cannot be used"):
        render(replace(message(), test=True), tmp_path)


@pytest.mark.parametrize(
    "slip", ["{{ bulletin.nope }}", "{% for %}", "{% for n in range(10 ** 9) %}x{% endfor %}", "{{ 1 / 0 }}", b"\xff"]
)
def test_a_slip_in_a_template_costs_no_mail(tmp_path: Path, message: Messages, slip: str | bytes) -> None:
    (tmp_path / "alerts.txt").write_bytes(slip if isinstance(slip, bytes) else slip.encode())
    mail = compose(message(), "watchlist@example.org", "desk@example.org", tmp_path)
    text = mail.get_body(("plain",))
    assert text is not None
    assert "This is the program's own form." in " ".join(text.get_content().split())
    assert "IRAN AIR" in text.get_content()


def test_a_folder_of_templates_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    config = EmailConfig(host="mx", sender="a@example.org", recipients=("b@example.org",), templates=tmp_path / "no")
    with pytest.raises(ConfigError, match=r"email.templates: is no folder"):
        config.transport()
