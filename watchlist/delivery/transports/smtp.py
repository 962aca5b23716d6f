"""Handing a mail over by SMTP (RFC 5321), to a relay or a mail server.

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
from email.message import EmailMessage
from typing import Any

from watchlist.delivery.transports.smtp_errors import Account, Step, failure_of, refusals
from watchlist.delivery.transports.smtp_session import Session
from watchlist.errors import ConfigError, DeliveryError

#: Wall clock for one message, in multiples of the time-out of a step; and its upper bound in seconds, which stays
#: below the lease of the outbox.
DEADLINE_STEPS = 4
LONGEST_DEADLINE = 480.0


def hand_over(
    mail: EmailMessage, sender: str, recipients: tuple[str, ...], account: Account, context: ssl.SSLContext | None
) -> str | None:
    """Hand one mail over in a connection of its own; return whom the server refused while it took others, else None.

    Without a context the system's certificates are trusted. Raises DeliveryError, naming what to check; it never holds
    the password. A connection lost after the text was sent is an error too, although the server may have kept the mail.
    """
    with closing(_connect(account, context)) as session:
        _secure(session, account, context)
        _login(session, account)
        with _step(Step.SEND, account):
            refused = session.send_message(mail, sender, recipients)
        # From here on the message is taken, whatever the server says to a good-bye.
        session.say_goodbye()
    return f"refused: {refusals(refused)}" if refused else None


def _connect(account: Account, context: ssl.SSLContext | None) -> Session:
    deadline = min(DEADLINE_STEPS * account.timeout, LONGEST_DEADLINE)
    implicit_tls = _trusting(context) if account.security == "tls" else None
    with _step(Step.CONNECT, account):
        address = account.host, account.port
        return Session(address, account.timeout, deadline, implicit_tls, account.hello)


def _secure(session: Session, account: Account, context: ssl.SSLContext | None) -> None:
    with _step(Step.GREET, account):
        session.ehlo_or_helo_if_needed()
    if account.security == "starttls":
        with _step(Step.STARTTLS, account):
            session.starttls(context=_trusting(context))
        # What the server said before encryption is forgotten (RFC 3207, 4.2).
        with _step(Step.GREET, account):
            session.ehlo_or_helo_if_needed()


def _login(session: Session, account: Account) -> None:
    if not account.username:
        return
    if account.security == "none" and not _is_loopback(session.peer):
        raise DeliveryError(
            account.channel,
            f"the password was not sent to {account.host} in clear text: set email.security to starttls or tls"
            " (none with a login is for a server on this machine only)",
        )
    try:
        password = account.password() or ""
    except ConfigError as error:
        raise DeliveryError(account.channel, f"no password: {error}") from error
    with _step(Step.LOGIN, account, password):
        session.login(account.username, password)


def _trusting(context: ssl.SSLContext | None) -> ssl.SSLContext:
    return context or ssl.create_default_context()


@contextmanager
def _step(step: Step, account: Account, secret: str = "") -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException, ValueError) as error:
        failure = failure_of(error, step, account)
        # A server's reply may repeat what it was told.
        text = failure.message.replace(secret, "***") if secret else failure.message
        # Not chained after a login: the cause's text would be the unmasked one.
        raise DeliveryError(account.channel, text, permanent=failure.permanent) from (None if secret else error)


def _is_loopback(peer: Any) -> bool:
    try:
        address = ipaddress.ip_address(str(peer).partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
