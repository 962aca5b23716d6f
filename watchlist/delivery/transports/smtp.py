"""Handing a mail over by SMTP (RFC 5321), to a relay or a mail server.

Each mail goes to one recipient, in a connection of its own. A refusal is laid to what it is about: the recipient
(RCPT), the message (DATA), or everything (connecting, greeting, TLS, login, MAIL). Whether it is a 4xx or a 5xx changes
nothing: "mailbox full" and "relay denied" pass as well, and `backoff` says for how long that is hoped for.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from typing import Any

from watchlist.delivery.transports.smtp_errors import Account, Step, failure_of, reply_words
from watchlist.delivery.transports.smtp_session import Session
from watchlist.errors import ConfigError, DeliveryError
from watchlist.ports import Said
from watchlist.text.masked import masked

#: Wall clock for one message up to its text, in multiples of the time-out of a step; and its upper bound in seconds,
#: which stays, with the answer to the text, below the lease of the outbox.
DEADLINE_STEPS = 4
LONGEST_DEADLINE = 480.0
#: How long the server may take to answer once it has all of the text (RFC 5321, 4.5.3.2.6). Whoever gives up earlier
#: sends again what the server is about to take.
ANSWER_TIMEOUT = 600.0


def hand_over(
    mail: EmailMessage,
    envelope: tuple[str, str],
    account: Account,
    context: ssl.SSLContext | None,
    said: Said | None = None,
) -> str | None:
    """Hand one mail over in a connection of its own; return what the server said when it took it.

    ``envelope`` is from whom and to whom; ``said`` is told the dialogue, without the password. Without a context the
    system's certificates are trusted. Raises DeliveryError, naming what to check; it never holds the password. A
    connection lost after the text was sent is an error too, although the server may have kept the mail.
    """
    with closing(_connect(account, context, said)) as session:
        _secure(session, account, context)
        _login(session, account)
        try:
            session.send_message(mail, envelope[0], [envelope[1]])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise _failed(error, _STEPS[session.text], account) from error
        # From here on the message is taken, whatever the server says to a good-bye.
        session.say_goodbye()
        return reply_words(*session.receipt) if session.receipt is not None else None


def log_in(account: Account, context: ssl.SSLContext | None = None) -> str:
    """Connect, encrypt and log in as for a mail, and send none; return what was done. Raises DeliveryError."""
    with closing(_connect(account, context, None)) as session:
        _secure(session, account, context)
        _login(session, account)
        session.say_goodbye()
    logged = f", logged in as {account.username}" if account.username else ""
    return f"{account.host}:{account.port} answers, {_ENCRYPTED[account.security]}{logged}"


_ENCRYPTED = {"none": "not encrypted", "starttls": "encrypted by STARTTLS", "tls": "encrypted"}
_STEPS = {"none": Step.SEND, "asked": Step.TEXT, "going": Step.TEXT, "gone": Step.ANSWER}


def _connect(account: Account, context: ssl.SSLContext | None, said: Said | None) -> Session:
    deadline = min(DEADLINE_STEPS * account.timeout, LONGEST_DEADLINE)
    implicit_tls = _trusting(context) if account.security == "tls" else None
    with _step(Step.CONNECT, account):
        address = account.host, account.port
        waits = account.timeout, deadline, ANSWER_TIMEOUT
        return Session(address, waits, implicit_tls, account.hello, said)


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
            blame="channel",
        )
    try:
        password = account.password() or ""
    except ConfigError as error:
        raise DeliveryError(account.channel, f"no password: {error}", blame="channel") from error
    with _step(Step.LOGIN, account, password), session.hushed():
        session.login(account.username, password)


def _trusting(context: ssl.SSLContext | None) -> ssl.SSLContext:
    return context or ssl.create_default_context()


@contextmanager
def _step(step: Step, account: Account, secret: str = "") -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # Not chained after a login: the cause's text would be the unmasked one.
        raise _failed(error, step, account, secret) from (None if secret else error)


def _failed(error: Exception, step: Step, account: Account, secret: str = "") -> DeliveryError:
    failure = failure_of(error, step, account)
    # A server's reply may repeat what it was told, as it was told.
    text = masked(failure.message, (secret,), least=1)
    return DeliveryError(account.channel, text, blame=failure.blame, unanswered=failure.unanswered)


def _is_loopback(peer: Any) -> bool:
    try:
        address = ipaddress.ip_address(str(peer).partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
