from __future__ import annotations

import asyncio
import email
import email.policy
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from sqlalchemy import delete

from watchlist.delivery.transports.email import EmailConfig
from watchlist.model import (
    Alert,
    AlertDetail,
    AlertStatus,
    Article,
    Band,
    Delivery,
    Entity,
    FeatureScore,
    FeedFetchIntent,
    Frequent,
    ListDeclaration,
    Mention,
    Name,
    NameKind,
    Quote,
    Scan,
    Schema,
    Span,
)
from watchlist.ports import Message
from watchlist.storage.database.connect import writing
from watchlist.storage.database.tables import alerts
from watchlist.storage.store import Store, open_store

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
    opened = Alert(number, entity.id, article, article, mention.id, AlertStatus.OPEN, NOW)
    detail = AlertDetail(
        alert=replace(opened, **{k: v for k, v in changes.items() if k in ("severity", "severity_why", "rolled_up")}),
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
    return Message(idempotency_key=key, created_at=NOW, alerts=alerts or (_alert(),), recipient="desk@example.org")


@pytest.fixture
def alert() -> AlertFactory:
    return _alert


@pytest.fixture
def message() -> MessageFactory:
    return _message


class Outbox:
    """A real store in an SQLite file, whose alerts each are in a delivery of their own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
        store.apply_entities("own", [Entity("own", "1", Schema.COMPANY, (Name("IRAN AIR"),))], NOW, lambda _: None)
        self._feed = store.add_feed("https://news.example/feed.xml", "News").id
        self._articles = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @property
    def deliveries(self) -> dict[int, Delivery]:
        return {each.id: each for each in reversed(self.store.deliveries())}

    def open(self, *channels: str, at: datetime = NOW) -> None:
        """Open an alert for each of these channels; empty for none."""
        for channel in channels:
            self._articles += 1
            article = Article(
                id=f"article-{self._articles}",
                # No two tell of the same: they would be one story.
                text=" ".join(["Iran Air flew.", *(f"w{hash((self._articles, n)) % 10**9}" for n in range(30))]),
                title=f"Report {self._articles}",
                url=f"https://news.example/{self._articles}",
                fetched_at=at,
            )
            self.store.record_fetch(FeedFetchIntent(self._feed, at, at, status=200, articles=(article,)))
            mention = replace(_alert(article=article.id).mention, entity_id="own:1", listings=("own:1",))
            self.store.record_scan(
                Scan(
                    article=article,
                    mentions=(mention,),
                    story_id=article.id,
                    channels=(channel,) if channel else (),
                    max_per_message=1,
                    revisions=self.store.revisions(),
                    frequent=Frequent(per_day=1000),
                ),
                at,
            )

    def drop_alerts(self, *numbers: int) -> None:
        with writing(self.store._engine) as connection:
            connection.execute(delete(alerts).where(alerts.c.id.in_(numbers)))


@pytest.fixture
def store(sqlite_database: str) -> Iterator[Callable[..., Outbox]]:
    """Makes an outbox with a delivery for each of the channels named."""
    with closing(open_store(sqlite_database)) as opened:

        def make(*channels: str) -> Outbox:
            outbox = Outbox(opened)
            outbox.open(*channels)
            return outbox

        yield make


@dataclass
class Mailbox:
    """An aiosmtpd event handler that keeps the mail and answers as it is told to."""

    mails: list[Envelope] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    #: Replies to RCPT by address, and to MAIL and to the text.
    rcpt: dict[str, str] = field(default_factory=dict)
    mail: str | None = None
    text: str | None = None
    #: Seconds before it answers to a text.
    thinks: float = 0.0
    #: Replies to the text of the mails whose subject ends with these words.
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail is not None:
            return self.mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        subject = str(email.message_from_bytes(bytes(envelope.content or b""), policy=email.policy.default)["Subject"])
        for words, reply in self.refused.items():
            if subject.endswith(words):
                return reply
        if self.text is not None:
            return self.text
        await asyncio.sleep(self.thinks)
        self.mails.append(envelope)
        self.sessions.append(session)
        return "250 2.0.0 OK, queued as 4711"


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


@pytest.fixture(name="email")
def _email() -> EmailFactory:
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
