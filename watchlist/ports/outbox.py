"""What sending messages needs: a transport, and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from watchlist.model import AlertDetail, Delivery, Dispatch, Notice, Setback


@dataclass(frozen=True, slots=True)
class Missed:
    """What earlier messages to the same recipient were about that could not be handed over, and are parked."""

    deliveries: tuple[Delivery, ...]
    #: How many alerts they were about, and the first of these.
    count: int
    alerts: tuple[AlertDetail, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """What links of a message are made with, where others reach the page."""

    public_url: str
    key: bytes = field(repr=False)
    #: How long they are good for, from the message's own time on.
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Message:
    """One message to hand over: what it says, and the key by which a second copy is recognised."""

    idempotency_key: str
    created_at: datetime
    alerts: tuple[AlertDetail, ...] = ()
    notices: tuple[Notice, ...] = ()
    #: Whether the alerts are what first readings of feeds brought, to be told in short where they are many.
    digest: bool = False
    #: To whom; empty where the channel has no recipients.
    recipient: str = ""
    #: Further messages that were held up and are in this one.
    folded: int = 0
    #: What is told besides: that earlier messages never came.
    missed: Missed | None = None
    #: By which route it comes together with others, as a digest does; empty where it does not.
    gathered_by: str = ""
    #: Whether it only tries the channel out.
    test: bool = False
    #: What its links are made with; None where nobody could follow them.
    linking: Linking | None = None


#: What is told of a conversation while it goes on, line by line, without secrets.
Said = Callable[[str], None]


class Transport(Protocol):
    """Hands messages over to one channel."""

    #: The channel's name, as stored with each delivery.
    channel: str
    #: To whom each message goes, one by one; a single empty text where the channel has no recipients.
    recipients: tuple[str, ...]

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Hand over one message to its recipient; return what the other side said to it, if anything.

        Raises DeliveryError when it was not taken.
        """

    def preview(self, message: Message) -> str:
        """What would be handed over, for people to look at."""


@runtime_checkable
class ProbedTransport(Protocol):
    """A transport that can say whether it would hand a message over, without one."""

    def probe(self) -> str:
        """Look whether messages would be taken, and say what was seen; raises DeliveryError where they would not."""


class RouteStore(Protocol):
    """Deciding where alerts go, and when. Each call is one transaction."""

    def unrouted_delivery(self) -> Delivery | None:
        """The oldest delivery whose alerts are not routed yet."""

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        """The alerts of a delivery with what decides where they go."""

    def told_at_once(self, since: datetime) -> dict[str, int]:
        """How many alerts each route told at once since a time."""

    def record_routes(self, delivery: Delivery, dispatches: Sequence[Dispatch], now: datetime) -> None:
        """Put the alerts of an unrouted delivery where they go, and end it, all or nothing."""


class LinkStore(Protocol):
    """What the links of messages are signed with."""

    def signing_key(self, purpose: str, now: datetime) -> bytes:
        """The key for what is signed for a purpose."""


class DeliveryStore(Protocol):
    """The outbox as the sender sees it. Each call is one transaction."""

    def claim_delivery(
        self, ways: Mapping[str, tuple[str, ...]], now: datetime, lease: timedelta, horizon: timedelta
    ) -> Delivery | None:
        """Lease the oldest due delivery to the caller, counting an attempt; None when none is due.

        ``ways`` has the recipients of each channel. No due time counts that is further ahead than ``horizon``.
        """

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        """The alerts of a delivery with what a reader needs."""

    def notices(self, notice_ids: tuple[int, ...]) -> tuple[Notice, ...]:
        """The notices of a delivery."""

    def parked_deliveries(self, channel: str, recipient: str | None) -> tuple[Delivery, ...]:
        """What was parked of this recipient's and not told of, the oldest first."""

    def record_sent(self, delivery: Delivery, now: datetime, receipt: str | None, told: Sequence[int] = ()) -> None:
        """The message was taken, and it told of these parked deliveries."""

    def record_failed(self, delivery: Delivery, setback: Setback, now: datetime) -> None:
        """The message was not taken: it waits or is parked, and so does what the same outage holds up."""
