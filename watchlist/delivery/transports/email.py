"""E-mail: its section of the configuration, and the transport that hands alerts to a relay or a mail server.

How a message becomes a mail is in ``mime``, the talk with the server in ``smtp``.
"""

from __future__ import annotations

import re
from pathlib import Path
from ssl import SSLContext
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, model_validator

from watchlist.config.values import Seconds, Whole
from watchlist.delivery.transports.channel import Channel
from watchlist.errors import ConfigError
from watchlist.ports import Message, Said

#: A domain or an address literal (RFC 5321, 4.1.1.1).
_HELLO = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Za-z.:]{2,60}\]")


class EmailConfig(Channel):
    """Alerts by e-mail; no ``host`` means no e-mail."""

    host: str | None = None
    port: Whole = Field(default=587, ge=1, le=65535)
    #: ``none``, ``starttls`` or ``tls`` (implicit TLS, usually port 465).
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    #: A file that holds the password, as secret mounts do.
    password_file: Path | None = None
    #: What the program calls itself to the server (EHLO); by default the name of this machine.
    hello: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    #: A folder with templates that go before the program's own.
    templates: Path | None = None
    #: Wall clock for one SMTP dialogue step.
    timeout: Seconds = 30.0

    @model_validator(mode="before")
    @classmethod
    def _without_max_attempts(cls, values: Any) -> Any:
        """Read files of the time when tries were counted: they go on for a time now."""
        return {k: v for k, v in values.items() if k != "max_attempts"} if isinstance(values, dict) else values

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.hello is not None and not _HELLO.fullmatch(self.hello):
            raise ValueError(f"hello must be a host name, or an address in brackets, found {self.hello!r}")
        if self.host is None:
            return self
        if not self.sender:
            raise ValueError("sender is needed once host is set")
        if not self.recipients:
            raise ValueError("recipients is needed once host is set")
        for address in (self.sender, *self.recipients):
            if "@" not in address or re.search(r"[\r\n]", address):
                raise ValueError(f"{address!r} is no e-mail address")
        if self.password and self.password_file:
            raise ValueError("password and password_file exclude each other")
        if self.username and not (self.password or self.password_file):
            raise ValueError("username without password or password_file")
        return self

    def secret(self) -> str | None:
        """The password, read from its file if it is in one; raises ConfigError when the file can't be read."""
        if self.password_file is not None:
            try:
                return self.password_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    f"cannot be read: {error}", path=self.password_file, key="email.password_file"
                ) from error
        return self.password.get_secret_value() if self.password else None

    def transport(self) -> SmtpTransport | None:
        """The transport once a host is set; raises ConfigError as `SmtpTransport` does."""
        return SmtpTransport(self) if self.host else None


class SmtpTransport:
    """Hands messages over to one SMTP server, each in a connection of its own."""

    channel = "email"

    def __init__(self, config: EmailConfig, *, ssl_context: SSLContext | None = None) -> None:
        """Take the configuration; nothing is connected. Without a context the system's certificates are trusted.

        Raises ConfigError when host, sender or recipients are missing or an address cannot be read.
        """
        # Here and not above: what mails are made with is loaded by a program that has mails to send.
        from watchlist.delivery.transports.mime import bare_address
        from watchlist.delivery.transports.smtp_errors import Account

        if config.templates is not None and not config.templates.is_dir():
            raise ConfigError(
                "is no folder: make it, or take the setting away", path=config.templates, key="email.templates"
            )
        if not config.host or not config.sender or not config.recipients:
            raise ConfigError("host, sender and recipients are needed", key="email")
        try:
            self._from = bare_address(config.sender)
            self._addresses = {bare_address(each): each for each in config.recipients}
        except ValueError as error:
            raise ConfigError(str(error), key="email") from error
        self._account = Account(
            channel=self.channel,
            host=config.host,
            port=config.port,
            security=config.security,
            username=config.username,
            password=config.secret,
            hello=config.hello,
            sender=config.sender,
            timeout=config.timeout,
        )
        self.recipients = tuple(self._addresses)
        self._ssl_context = ssl_context
        self._templates = config.templates

    def preview(self, message: Message) -> str:
        """The subject, and the text part."""
        from watchlist.delivery.render import render

        rendered = render(message, self._templates)
        return f"Subject: {rendered.subject}\n\n{rendered.text}"

    def probe(self) -> str:
        """Log in and send nothing; raises DeliveryError as `hand_over` does."""
        from watchlist.delivery.transports.smtp import log_in

        return log_in(self._account, self._ssl_context)

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Hand over one message to its recipient; returns what the server said when it took it.

        Raises DeliveryError as `hand_over` does. A mail that the server may have kept without saying so is sent again
        with the same Message-ID.
        """
        from watchlist.delivery.transports.mime import compose
        from watchlist.delivery.transports.smtp import hand_over

        address = self._addresses.get(message.recipient, message.recipient)
        mail = compose(message, self._account.sender, address, self._templates)
        return hand_over(mail, (self._from, message.recipient), self._account, self._ssl_context, said)
