"""What sending messages needs: a transport, and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from watchlist.model import AlertDetail, Delivery, Notice


@dataclass(frozen=True, slots=True)
class Message:
    """One message to hand over: what it says, and the key by which a second copy is recognised."""

    idempotency_key: str
    created_at: datetime
    alerts: tuple[AlertDetail, ...] = ()
    notices: tuple[Notice, ...] = ()
    #: Whether the alerts are what first readings of feeds brought, to be told in short where they are many.
    digest: bool = False


class Transport(Protocol):
    """Hands messages over to one channel."""

    #: The channel's name, as stored with each delivery.
    channel: str
    #: Failed tries after which a message is given up.
    max_attempts: int

    def send(self, message: Message) -> str | None:
        """Hand over one message; return a remark on a partial success, such as refused recipients, else None.

        Raises DeliveryError when it was not taken.
        """


class DeliveryStore(Protocol):
    """The outbox as the sender sees it. Each call is one transaction."""

    def claim_delivery(self, channels: tuple[str, ...], now: datetime, lease: timedelta) -> Delivery | None:
        """Lease the oldest due delivery of these channels to the caller, counting an attempt; None when none is due."""

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        """The alerts of a delivery with what a reader needs."""

    def notices(self, notice_ids: tuple[int, ...]) -> tuple[Notice, ...]:
        """The notices of a delivery."""

    def record_sent(self, delivery: Delivery, now: datetime, remark: str | None) -> None:
        """The message was taken."""

    def record_failed(self, delivery: Delivery, error: str, retry_at: datetime | None) -> None:
        """The message was not taken: try again at ``retry_at``, or give up when that is None."""
