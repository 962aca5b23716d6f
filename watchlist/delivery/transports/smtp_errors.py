"""What went wrong with an SMTP server, in a sentence that says what to check. Pure."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from watchlist.delivery.clean import one_line
from watchlist.errors import Blame

#: Replies that ask for a login or for encryption first (RFC 4954, 6; RFC 3207, 4): the configuration is at fault.
_WANTS_LOGIN = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mail server and what is needed to send by it."""

    channel: str
    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    username: str | None
    #: Asked anew for each mail; raises ConfigError where it cannot be read.
    password: Callable[[], str | None] = field(repr=False)
    #: What the program calls itself; None for the name of this machine.
    hello: str | None
    #: From whom the mails are, with a display name if there is one.
    sender: str
    #: Seconds for one step of the dialogue.
    timeout: float


class Step(Enum):
    """How far the dialogue had come."""

    CONNECT = auto()
    STARTTLS = auto()
    GREET = auto()
    LOGIN = auto()
    SEND = auto()
    #: The text was asked for or on its way, ...
    TEXT = auto()
    #: ... and all of it was handed over.
    ANSWER = auto()


@dataclass(frozen=True, slots=True)
class SmtpFailure:
    """An error in words, and what it is laid to."""

    message: str
    blame: Blame = "channel"
    #: Whether the server has all of the text and did not answer.
    unanswered: bool = False


def failure_of(error: Exception, step: Step, account: Account) -> SmtpFailure:
    """Word an error of `smtplib`, of the socket or of TLS."""
    server = f"{account.host}:{account.port}"
    match error:
        case smtplib.SMTPRecipientsRefused():
            return SmtpFailure(f"{server} refused {refusals(error.recipients)}", _blame_of_recipients(error))
        case smtplib.SMTPSenderRefused() if error.smtp_code in _WANTS_LOGIN:
            return SmtpFailure(f"{server} wants a login or encryption first ({_reply(error)}): {_CHECK_LOGIN}")
        case smtplib.SMTPSenderRefused() if _is_about_size(error.smtp_code, error.smtp_error):
            return SmtpFailure(f"{server} refused the size of the message ({_reply(error)})", "message")
        case smtplib.SMTPSenderRefused():
            return SmtpFailure(f"{server} refused the sender {account.sender} ({_reply(error)})")
        case smtplib.SMTPDataError():
            blame: Blame = "channel" if error.smtp_code == _CLOSING else "message"
            return SmtpFailure(f"{server} refused the message ({_reply(error)})", blame)
        case smtplib.SMTPAuthenticationError():
            return SmtpFailure(
                f"{server} refused the login of {account.username!r} ({_reply(error)}): check email.username and the"
                " password"
            )
        case smtplib.SMTPResponseException():
            return SmtpFailure(f"{server} {_REFUSED[step]} ({_reply(error)})")
        case smtplib.SMTPServerDisconnected():
            blame = "message" if step in (Step.TEXT, Step.ANSWER) else "channel"
            return SmtpFailure(_disconnected(server, step, error), blame, unanswered=step is Step.ANSWER)
        case smtplib.SMTPNotSupportedError() if step is Step.SEND:
            return SmtpFailure(_unsupported(server, step, account, error), "recipient")
        # SMTPException is an OSError, and an error of a certificate a ValueError too: the order matters.
        case OSError() if not isinstance(error, smtplib.SMTPException):
            return SmtpFailure(_unreachable(server, account, error))
        case _:
            blame = "message" if step in (Step.SEND, Step.TEXT, Step.ANSWER) else "channel"
            return SmtpFailure(_unsupported(server, step, account, error), blame)


def refusals(recipients: Mapping[str, tuple[int, bytes]]) -> str:
    """Refused recipients with the server's replies, as one line."""
    return "; ".join(f"{address} ({reply_words(code, reply)})" for address, (code, reply) in recipients.items())


def reply_words(code: int, reply: bytes | str) -> str:
    """A reply as one line."""
    return f"{code} {_words(reply)}".strip()


def _blame_of_recipients(error: smtplib.SMTPRecipientsRefused) -> Blame:
    replies = error.recipients.values()
    if any(code == _CLOSING for code, _ in replies):
        return "channel"
    return "message" if any(_SIZE.search(_words(reply)) for _, reply in replies) else "recipient"


def _is_about_size(code: int, reply: bytes | str) -> bool:
    # Behind MAIL, which tells the size, a 552 is about that (RFC 1870, 6.1); behind RCPT it is about a full mailbox.
    return code == _TOO_MUCH or bool(_SIZE.search(_words(reply)))


#: The server ends the dialogue, whatever it was about (RFC 5321, 3.8).
_CLOSING = 421
_TOO_MUCH = 552
#: Enhanced codes for a message too large for the system or the mailbox (RFC 3463, 3.3 and 3.4).
_SIZE = re.compile(r"\b5\.(?:3\.4|2\.3)\b")

_CHECK_LOGIN = "check email.username, the password and email.security"
_CHECK_ADDRESS = "check email.host and email.port"
_CHECK_SECURITY = "check that email.security fits the port (starttls: usually 587, tls: 465, none: 25)"

_REFUSED = {
    Step.CONNECT: "turned the connection away",
    Step.STARTTLS: "would not start encryption",
    Step.GREET: "refused the greeting",
    Step.LOGIN: "refused the login",
    Step.SEND: "refused the dialogue",
    Step.TEXT: "refused the dialogue",
    Step.ANSWER: "refused the dialogue",
}


def _reply(error: smtplib.SMTPResponseException) -> str:
    return reply_words(error.smtp_code, error.smtp_error)


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(text, 200)


def _disconnected(server: str, step: Step, error: Exception) -> str:
    timed_out = "timed out" in str(error)
    what = "stopped answering" if timed_out else "closed the connection"
    if step is Step.ANSWER:
        return (
            f"{server} {what} when it had all of the message; in case it kept it, it is sent again with the same"
            " Message-ID"
        )
    if step in (Step.SEND, Step.TEXT):
        return f"{server} {what} while the message was handed over"
    return f"{server} {what} {_WHILE[step]}: {_CHECK_SECURITY}"


_WHILE = {
    Step.CONNECT: "before it greeted",
    Step.STARTTLS: "when encryption was to start",
    Step.GREET: "at the greeting",
    Step.LOGIN: "during the login",
}


def _unsupported(server: str, step: Step, account: Account, error: Exception) -> str:
    match step:
        case Step.STARTTLS:
            return (
                f"{server} offers no STARTTLS, and nothing was sent in clear text: set email.security to tls for a"
                " server with TLS from the start, or to none for one you reach over a safe network"
            )
        case Step.LOGIN if isinstance(error, UnicodeError):
            return (
                f"{server} can't be given the user name {account.username!r} or its password: they hold characters"
                " outside ASCII"
            )
        case Step.LOGIN:
            return f"{server} offers no login this program knows ({one_line(str(error))}): {_CHECK_LOGIN}"
        case Step.SEND if isinstance(error, smtplib.SMTPNotSupportedError):
            return (
                f"{server} takes no addresses with characters outside ASCII: write the host part of such an address in"
                " its xn-- form, or use another address"
            )
        case _:
            return f"{server}: {type(error).__name__}: {one_line(str(error))}"


def _unreachable(server: str, account: Account, error: Exception) -> str:
    match error:
        case socket.gaierror():
            return f"no host {account.host!r} is known ({one_line(error.strerror or str(error))}): check email.host"
        case ConnectionRefusedError():
            return f"{server} refused the connection: {_CHECK_ADDRESS}, and that the server runs"
        case TimeoutError():
            return (
                f"{server} did not answer in time ({account.timeout:g} s a step): {_CHECK_ADDRESS}; {_CHECK_SECURITY}"
            )
        case ssl.SSLCertVerificationError():
            reason = one_line(error.verify_message or str(error)).rstrip(".")
            return (
                f"the certificate of {server} is not trusted ({reason}): email.host must be a name in the certificate,"
                " and its issuer must be known to this machine"
            )
        case ssl.SSLError():
            return f"no TLS with {server} ({one_line(error.reason or str(error))}): {_CHECK_SECURITY}"
        case _:
            return f"no connection with {server} ({one_line(str(error))}): {_CHECK_ADDRESS}"
