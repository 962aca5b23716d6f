"""E-mail over SMTP (RFC 5321), by relay or mail server.

What is about the message (MAIL, RCPT, DATA) follows the class of the reply: 4xx is tried again, 5xx is not. What is
about the way to the server (connecting, greeting, TLS, login) is always tried again, within the bounds of ``backoff``:
no message can be at fault there, and mending the configuration or the server mends it.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from watchlist.config import EmailConfig
from watchlist.delivery.transports.mime import bare_address, compose
from watchlist.delivery.transports.smtp_errors import Step, explain, refusals
from watchlist.delivery.transports.smtp_session import Session
from watchlist.errors import ConfigError, DeliveryError
from watchlist.ports import Message

#: Wall clock for one message, in multiples of the time-out of a step; and its upper bound in seconds, which stays
#: below the lease of the outbox.
DEADLINE_STEPS = 4
LONGEST_DEADLINE = 480.0


class SmtpTransport:
    """Hands messages over to one SMTP server, each in a connection of its own."""

    channel = "email"

    def __init__(self, config: EmailConfig, *, ssl_context: ssl.SSLContext | None = None) -> None:
        """Take the configuration; nothing is connected. Without a context the system's certificates are trusted.

        Raises ConfigError when host, sender or recipients are missing or an address cannot be read.
        """
        if not config.host or not config.sender or not config.recipients:
            raise ConfigError("host, sender and recipients are needed", key="email")
        try:
            self._sender = bare_address(config.sender)
            self._recipients = tuple(bare_address(recipient) for recipient in config.recipients)
        except ValueError as error:
            raise ConfigError(str(error), key="email") from error
        self._config = config
        self._from, self._host = config.sender, config.host
        self._ssl_context = ssl_context
        self.max_attempts = config.max_attempts

    def send(self, message: Message) -> str | None:
        """Hand over one message to all recipients; returns whom the server refused while it took others, else None.

        Raises DeliveryError, naming what to check; it never holds the password. A connection lost after the text was
        sent is an error too, although the server may have kept the mail: it is sent again with the same Message-ID.
        """
        mail = compose(message, self._from, self._config.recipients)
        with closing(self._connect()) as session:
            self._secure(session)
            self._login(session)
            with self._step(Step.SEND):
                refused = session.send_message(mail, self._sender, self._recipients)
            # From here on the message is taken, whatever the server says to a good-bye.
            session.say_goodbye()
        return f"refused: {refusals(refused)}" if refused else None

    def _connect(self) -> Session:
        timeout = self._config.timeout
        deadline = min(DEADLINE_STEPS * timeout, LONGEST_DEADLINE)
        implicit_tls = self._context() if self._config.security == "tls" else None
        with self._step(Step.CONNECT):
            return Session(self._host, self._config.port, timeout, deadline, implicit_tls)

    def _secure(self, session: Session) -> None:
        with self._step(Step.GREET):
            session.ehlo_or_helo_if_needed()
        if self._config.security == "starttls":
            with self._step(Step.STARTTLS):
                session.starttls(context=self._context())
            # What the server said before encryption is forgotten (RFC 3207, 4.2).
            with self._step(Step.GREET):
                session.ehlo_or_helo_if_needed()

    def _login(self, session: Session) -> None:
        if not self._config.username:
            return
        if self._config.security == "none" and not _is_loopback(session.peer):
            raise DeliveryError(
                self.channel,
                f"the password was not sent to {self._host} in clear text: set email.security to starttls or tls"
                " (none with a login is for a server on this machine only)",
            )
        try:
            password = self._config.secret() or ""
        except ConfigError as error:
            raise DeliveryError(self.channel, f"no password: {error}") from error
        with self._step(Step.LOGIN, password):
            session.login(self._config.username, password)

    def _context(self) -> ssl.SSLContext:
        return self._ssl_context or ssl.create_default_context()

    @contextmanager
    def _step(self, step: Step, secret: str = "") -> Iterator[None]:
        try:
            yield
        except (OSError, smtplib.SMTPException, ValueError) as error:
            failure = explain(error, step, self._config)
            # A server's reply may repeat what it was told.
            text = failure.message.replace(secret, "***") if secret else failure.message
            # Not chained after a login: the cause's text would be the unmasked one.
            raise DeliveryError(self.channel, text, permanent=failure.permanent) from (None if secret else error)


def _is_loopback(peer: Any) -> bool:
    try:
        address = ipaddress.ip_address(str(peer).partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
