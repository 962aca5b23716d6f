from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from watchlist.delivery.transports.email import EmailConfig
from watchlist.model import (
    Alert,
    AlertDetail,
    AlertStatus,
    Band,
    Delivery,
    DeliveryStatus,
    Entity,
    FeatureScore,
    Mention,
    Name,
    NameKind,
    Notice,
    Quote,
    Schema,
    Span,
)
from watchlist.ports import Message

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

AlertFactory = Callable[..., AlertDetail]
MessageFactory = Callable[..., Message]
EmailFactory = Callable[..., EmailConfig]


def _alert(
    number: int = 1,
    caption: str = "IRAN AIR",
    *,
    article: str = "article-1",
    title: str = "U.S. accuses Iran of sending missiles to Russia",
    before: str = "Washington announced measures against ",
    surface: str = "Iran Air",
    after: str = " on Tuesday.",
    score: float = 0.93,
    **changes: Any,
) -> AlertDetail:
    """One alert; ``changes`` replace fields of the entity, the mention, or the detail, whichever has them."""
    entity = Entity(
        list_id="us_ofac_sdn",
        source_id=str(25000 + number),
        schema=Schema.COMPANY,
        names=(Name(caption),),
        countries=("ir",),
        programs=("SDGT", "IFSR"),
        url=f"https://authority.example/details?id={25000 + number}",
    )
    text = before + surface + after
    mention = Mention(
        article_id=article,
        entity_id=entity.id,
        listings=(entity.id,),
        caption=caption,
        schema=entity.schema,
        name=Name(caption, NameKind.PRIMARY),
        field="text",
        start=len(before),
        end=len(before) + len(surface),
        surface=surface,
        spans=(Span("text", len(before), len(before) + len(surface)),),
        quote=Quote(text, len(before), len(before) + len(surface)),
        score=score,
        band=Band.ALERT,
        features=(
            FeatureScore("name", 1.0, 0.9, "every word of the listed name stands in the text"),
            FeatureScore("common_word", 0.5, -0.1, "one word is also an ordinary one"),
            FeatureScore("title", 0.0, 0.3, "no title nearby"),
        ),
        engine_version="1",
        snapshot_version="2026-03-01",
    )
    detail = AlertDetail(
        alert=Alert(number, entity.id, article, article, mention.id, AlertStatus.OPEN, NOW),
        mention=replace(mention, **{k: v for k, v in changes.items() if k in Mention.__slots__}),
        entity=replace(entity, **{k: v for k, v in changes.items() if k in Entity.__slots__}),
        list_title="OFAC Specially Designated Nationals",
        article_title=title,
        article_url="https://news.example/world/missiles?id=1&from=feed",
        article_published_at=datetime(2026, 3, 4, 4, 0, tzinfo=UTC),
        feed_title="Example Agency: World",
    )
    return replace(detail, **{k: v for k, v in changes.items() if k in AlertDetail.__slots__})


def _message(*alerts: AlertDetail, key: str = "<delivery.1@watchlist.example>") -> Message:
    return Message(idempotency_key=key, created_at=NOW, alerts=alerts or (_alert(),))


@pytest.fixture
def alert() -> AlertFactory:
    return _alert


@pytest.fixture
def message() -> MessageFactory:
    return _message


@dataclass
class MemoryStore:
    """An outbox in memory with the claims and leases of the real one."""

    deliveries: dict[int, Delivery]
    alerts: dict[int, AlertDetail]
    claims: int = 0

    def claim_delivery(self, channels: tuple[str, ...], now: datetime, lease: timedelta) -> Delivery | None:
        for delivery in sorted(self.deliveries.values(), key=lambda each: (each.next_attempt_at, each.id)):
            due = delivery.status is DeliveryStatus.PENDING and delivery.next_attempt_at <= now
            lost = delivery.status is DeliveryStatus.SENDING and (delivery.lease_until or now) <= now
            if delivery.channel in channels and (due or lost):
                self.claims += 1
                return self._put(
                    replace(
                        delivery,
                        status=DeliveryStatus.SENDING,
                        attempts=delivery.attempts + 1,
                        lease_until=now + lease,
                    )
                )
        return None

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        return tuple(self.alerts[number] for number in alert_ids if number in self.alerts)

    def notices(self, notice_ids: tuple[int, ...]) -> tuple[Notice, ...]:
        return ()

    def record_sent(self, delivery: Delivery, now: datetime, remark: str | None) -> None:
        self._put(replace(delivery, status=DeliveryStatus.SENT, sent_at=now, last_error=remark, lease_until=None))

    def record_failed(self, delivery: Delivery, error: str, retry_at: datetime | None) -> None:
        status = DeliveryStatus.PENDING if retry_at else DeliveryStatus.FAILED
        next_at = retry_at or delivery.next_attempt_at
        self._put(replace(delivery, status=status, next_attempt_at=next_at, last_error=error, lease_until=None))

    def _put(self, delivery: Delivery) -> Delivery:
        self.deliveries[delivery.id] = delivery
        return delivery


@pytest.fixture
def store() -> Callable[..., MemoryStore]:
    def make(*channels: str, attempts: int = 0) -> MemoryStore:
        deliveries = {
            number: Delivery(
                id=number,
                channel=channel,
                alert_ids=(number,),
                idempotency_key=f"<{number}@watchlist.example>",
                status=DeliveryStatus.PENDING,
                attempts=attempts,
                created_at=NOW,
                next_attempt_at=NOW,
            )
            for number, channel in enumerate(channels, 1)
        }
        return MemoryStore(deliveries, {number: _alert(number) for number in deliveries})

    return make


@dataclass
class Mailbox:
    """An aiosmtpd event handler that keeps the mail and answers as it is told to."""

    mails: list[Envelope] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    #: Replies to RCPT by address.
    rcpt: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        self.sessions.append(session)
        return "250 OK"


@dataclass
class MailServer:
    """A running SMTP server with its mailbox."""

    port: int
    mailbox: Mailbox


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"watch", b"s3cret-w0rd"), handled=False)


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Start SMTP servers on loopback; keyword arguments are aiosmtpd's."""
    running: list[Controller] = []

    def start(**options: Any) -> MailServer:
        mailbox = Mailbox()
        options.setdefault("hostname", "127.0.0.1")
        controller = Controller(mailbox, port=0, authenticator=_authenticate, **options)
        # Port 0 lets the system choose; aiosmtpd then reaches its own server by the chosen one.
        probe = socket.socket()
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
        probe.close()
        controller.start()
        running.append(controller)
        return MailServer(controller.port, mailbox)

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def email() -> EmailFactory:
    """An e-mail configuration for a server on loopback, without encryption unless told otherwise."""

    def make(port: int, **changes: Any) -> EmailConfig:
        options: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "sender": "Watchlist <watchlist@example.org>",
            "recipients": ("desk@example.org", "officer@example.org"),
            "timeout": 60,
        }
        return EmailConfig(**(options | changes))

    return make


class ScriptedServer:
    """An SMTP server that answers each command as scripted, over and over, on loopback.

    ``replies`` maps ``greeting``, a verb, or ``text`` (the end of the message) to a reply; None hangs up without one,
    ``...`` says nothing more but keeps the connection, and a float waits that many seconds between two bytes.
    """

    def __init__(self, **replies: Any) -> None:
        self.replies = {"greeting": "220 ready", "EHLO": "250 here", "DATA": "354 go on", "QUIT": "221 bye"} | replies
        self.texts: list[str] = []
        self.commands: list[str] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            with connection, connection.makefile("rb") as lines, suppress(OSError):
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: Any) -> None:
        if not self._answer(connection, "greeting"):
            return
        while line := lines.readline():
            command = line.decode().strip()
            self.commands.append(command)
            verb = command.split()[0].upper()
            if not self._answer(connection, verb) or verb == "QUIT":
                return
            if verb == "DATA" and str(self.replies["DATA"]).startswith("354"):
                text = b""
                while (line := lines.readline()) not in (b".\r\n", b""):
                    text += line
                self.texts.append(text.decode())
                if not self._answer(connection, "text"):
                    return

    def _answer(self, connection: socket.socket, event: str) -> bool:
        reply = self.replies.get(event, "250 fine")
        if reply is None:
            return False
        if reply is ...:
            self._ended.wait(30)
            return False
        if isinstance(reply, float):
            while not self._ended.wait(reply):
                connection.sendall(b"2")
            return False
        connection.sendall(reply.encode() + b"\r\n")
        return True


@pytest.fixture
def scripted_server() -> Iterator[Callable[..., ScriptedServer]]:
    running: list[ScriptedServer] = []

    def start(**replies: Any) -> ScriptedServer:
        running.append(ScriptedServer(**replies))
        return running[-1]

    yield start
    for server in running:
        server.close()


@pytest.fixture(autouse=True)
def _quick_host_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep smtplib from asking the name service for this machine's name."""
    monkeypatch.setattr(smtplib.socket, "getfqdn", lambda name="": "client.example")
