"""A message as e-mail. Pure."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from watchlist.delivery.bulletin import subject_key
from watchlist.delivery.render import render_anyhow
from watchlist.model import stable_id
from watchlist.ports import Message


class _MailPolicy(EmailPolicy):
    """`email.policy.SMTP` with subjects that keep their spaces.

    Where the standard policy folds a subject with several words outside ASCII, it loses the space between them, or
    joins encoded words in a way that large providers refuse as a bad header, depending on the version of Python
    (CPython issues 92081 and 144156). The older `Header` encodes the whole subject evenly (RFC 2047).
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() == "subject" and not str(value).isascii():
            encoded = Header(str(value), "utf-8", maxlinelen=75, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {encoded}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _MailPolicy(linesep="\r\n")


def compose(message: Message, sender: str, recipient: str, templates: Path | None = None) -> EmailMessage:
    """The message as plain text and HTML in one mail, in UTF-8 and 7-bit encoded for every relay on the way.

    The Message-ID follows from the idempotency key, and the Date is the time the delivery was created, so that a copy
    sent again is the same mail. Where the templates cannot be used, the mail is in the program's own form and says so.
    Raises ValueError for an address that cannot be read.
    """
    rendered = render_anyhow(message, templates)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(sender)
    mail["To"] = _address(recipient)
    mail["Subject"] = rendered.subject
    mail["Date"] = format_datetime(message.created_at)
    domain = domain_of(sender)
    mail["Message-ID"] = message_id(message.idempotency_key, domain)
    if threads := _threads(message, domain):
        mail["In-Reply-To"] = threads[-1]
        mail["References"] = " ".join(threads)
    # RFC 2919: what filters know these mails by.
    mail["List-Id"] = f"watchlist <watchlist.{domain}>"
    # RFC 3834: asks other programs, such as absence notices, not to answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    return mail


def message_id(key: str, domain: str) -> str:
    """The idempotency key as a Message-ID (RFC 5322, 3.6.4) under the sender's domain."""
    bare = key.strip().removeprefix("<").removesuffix(">")
    left, _, right = bare.rpartition("@")
    return f"<{left or right}@{domain}>"


def _threads(message: Message, domain: str) -> tuple[str, ...]:
    """What a mail about one subject stands under: the subject, and the story where it is one.

    No mail has these ids: mail programs put those together that refer to the same.
    """
    subjects = {subject_key(each) for each in message.alerts}
    if len(subjects) != 1:
        return ()
    stories = {each.alert.story_id for each in message.alerts}
    parts = [*subjects, *(stories if len(stories) == 1 else ())]
    return tuple(f"<{stable_id(*parts[:n])}.thread@{domain}>" for n in range(1, len(parts) + 1))


def bare_address(address: str) -> str:
    """The ``user@host`` of an address that may carry a display name; raises ValueError when there is none."""
    found = parseaddr(address)[1]
    user, _, host = found.rpartition("@")
    if not user or not host or any(character.isspace() or not character.isprintable() for character in found):
        raise ValueError(f"{address!r} is no e-mail address")
    return found


def domain_of(sender: str) -> str:
    """The host part of the sender's address, as a header takes it."""
    host = bare_address(sender).rpartition("@")[2]
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        # .invalid is reserved for names that are no host's (RFC 2606).
        return "watchlist.invalid"


def _address(address: str) -> Address:
    user, _, host = bare_address(address).rpartition("@")
    return Address(parseaddr(address)[0], user, host)
