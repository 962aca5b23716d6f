"""Messages on their way: each to one recipient, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryStatus(StrEnum):
    """Where a delivery stands. ``sending`` is leased to one sender until ``lease_until``."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    #: Parked: not tried again by itself, and kept until somebody sends it or drops it.
    FAILED = "failed"
    #: Not to be sent, by somebody's decision.
    DROPPED = "dropped"


#: The channel of what is not routed yet.
UNROUTED = "*"


@dataclass(frozen=True, slots=True)
class Outage:
    """A channel, or one recipient of it, that takes nothing at present."""

    channel: str
    #: Empty where it is the whole channel.
    recipient: str
    since: datetime
    failures: int
    #: Until then nothing is tried; then one delivery is.
    next_try_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of one channel to one recipient, about alerts or notices."""

    id: int
    channel: str
    alert_ids: tuple[int, ...]
    #: Fixed when the row is written, and the e-mail's Message-ID: a message sent twice is recognised as one.
    idempotency_key: str
    status: DeliveryStatus
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    lease_until: datetime | None = None
    last_error: str | None = None
    sent_at: datetime | None = None
    notice_ids: tuple[int, ...] = ()
    #: Whether it tells in short what first readings of feeds brought.
    digest: bool = False
    #: To whom; empty where the channel has no recipients, None until the channel's are known: when it is first due.
    recipient: str | None = None
    #: Since when it waits: since it was made, or since somebody asked for it again.
    waiting_since: datetime | None = None
    #: When it was first not taken, for a reason of its own.
    first_failed_at: datetime | None = None
    #: Whether the last try failed on this very message: others go first, and what it says stays as it is.
    suspect: bool = False
    #: How often it was handed over in full without an answer.
    unanswered: int = 0
    #: What the other side said when it took the message.
    receipt: str | None = None
    #: Further messages that waited as long and were folded into this one.
    folded: int = 0
    #: When it was parked.
    failed_at: datetime | None = None
    #: When somebody was told, in a message that worked, that this one did not.
    told_at: datetime | None = None
    #: By which route it goes; None where there are none, and of notices.
    route: str | None = None
    #: Whether it gathers alerts until it is due.
    held: bool = False
    #: What stood in its way when it was claimed: outages of its channel and its recipient.
    outages: tuple[Outage, ...] = ()


@dataclass(frozen=True, slots=True)
class Setback:
    """What becomes of a delivery that was not taken."""

    error: str
    #: When it is tried again; None parks it.
    retry_at: datetime | None
    first_failed_at: datetime | None
    suspect: bool
    unanswered: int
    #: The outage to note, where the channel or the recipient is at fault.
    outage: Outage | None = None
    #: Whether it was many messages and is to be two: one of them may be why both were refused.
    split: bool = False
    #: Deliveries held up by the same outage that have waited since before this are parked too.
    park_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Alerts that go one way at one time."""

    channel: str
    recipient: str | None
    route: str
    due: datetime
    #: Whether they wait for others until then.
    held: bool
    alert_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeliveryTrouble:
    """Deliveries of one channel to one recipient that failed, counted over all of them."""

    channel: str
    recipient: str | None
    #: Whether they are parked; else they wait for the next try.
    parked: bool
    deliveries: int
    alerts: int
    #: When the oldest and the newest of them were made.
    first_at: datetime
    last_at: datetime
    error: str | None
