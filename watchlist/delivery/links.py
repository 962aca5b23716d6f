"""Links in messages: to an alert's page, and to one that does one thing with it once. Pure.

What judges needs no log-in: the link says what it does, with which alert, whom it was sent to and until when it is
good, and is signed, so that nobody else makes one and none can be made into another.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from watchlist.model import Action
from watchlist.ports import Message

#: Where such a link leads, below the public address.
PLACE: Final = "/m/"
#: What each sort of link does, by the letter that stands for it.
_DOES: Final[Mapping[str, Action]] = {"c": Action.CONFIRM, "d": Action.DISMISS}
_LETTERS: Final = {action: letter for letter, action in _DOES.items()}
_SIGNATURE_BYTES: Final = 20
#: None of ours is longer.
_LONGEST: Final = 800


@dataclass(frozen=True, slots=True)
class MailLink:
    """What a link does."""

    action: Action
    alert_id: int
    #: Whom it was sent to; a judgement by it is theirs.
    recipient: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AlertLinks:
    """The links of a message's alerts."""

    public_url: str
    key: bytes
    recipient: str
    ends_at: datetime

    def page(self, alert_id: int) -> str:
        """Where an alert is shown to whoever is logged in."""
        return f"{self.public_url}/alerts/{alert_id}"

    def judging(self, alert_id: int) -> tuple[tuple[str, str], ...]:
        """What may be done with an alert without a log-in, and where; nothing where it is nobody's in particular."""
        if not self.recipient:
            return ()
        links = (MailLink(action, alert_id, self.recipient, self.ends_at) for action in _LETTERS)
        made = ((link.action.value.capitalize(), link_text(link, self.key)) for link in links)
        return tuple((words, f"{self.public_url}{PLACE}{text}") for words, text in made)


def links_of(message: Message) -> AlertLinks | None:
    """The links of a message; None where there is no page for them."""
    terms = message.linking
    if terms is None:
        return None
    # From the message's own time on, so that a copy sent again is the same.
    ends_at = (message.created_at + terms.lasts).replace(microsecond=0)
    return AlertLinks(terms.public_url, terms.key, message.recipient, ends_at)


def link_text(link: MailLink, key: bytes) -> str:
    """A link as the last part of an address."""
    plain = f"{_LETTERS[link.action]}{link.alert_id}.{int(link.ends_at.timestamp())}.{link.recipient}"
    payload = plain.encode("utf-8", "replace")
    return f"{_encoded(payload)}.{_encoded(_signature(payload, key))}"


def read_link(text: str, key: bytes) -> MailLink | None:
    """What a link does, also where it is good no more; None for what this program has not signed."""
    payload_text, _, signature_text = text.partition(".")
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        payload, signature = _decoded(payload_text), _decoded(signature_text)
    except (Error, ValueError):
        return None
    # The same bytes can be written in several ways: one is ours, or a used link could be written anew.
    if not hmac.compare_digest(signature, _signature(payload, key)) or _encoded(signature) != signature_text:
        return None
    if _encoded(payload) != payload_text:
        return None
    head, ends_at, recipient = payload.decode("utf-8").split(".", 2)
    return MailLink(_DOES[head[0]], int(head[1:]), recipient, datetime.fromtimestamp(int(ends_at), UTC))


def link_hash(text: str) -> str:
    """By what a link is known again once it was used."""
    return sha256(text.encode("ascii", "replace")).hexdigest()


def _signature(payload: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"judge by mail\0" + payload, sha256).digest()[:_SIGNATURE_BYTES]


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
