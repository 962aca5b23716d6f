"""When a delivery that waits is tried next, and what holds it up. Pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from watchlist.model import Delivery, DeliveryStatus, Outage


def next_try(delivery: Delivery, outages: tuple[Outage, ...]) -> datetime | None:
    """When a delivery that waits is tried next: not before its channel and its recipient are."""
    if delivery.status is not DeliveryStatus.PENDING:
        return None
    return max([delivery.next_attempt_at, *(each.next_try_at for each in _of(delivery, outages))])


def error_of(delivery: Delivery, outages: tuple[Outage, ...]) -> str | None:
    """What a delivery that was not sent failed on, or what holds it up."""
    if delivery.last_error or delivery.status is not DeliveryStatus.PENDING:
        return delivery.last_error
    return next((each.error for each in _of(delivery, outages)), None)


def delivery_json(delivery: Delivery, outages: tuple[Outage, ...]) -> dict[str, Any]:
    """A delivery as a JSON object."""
    found = asdict(delivery)
    found.pop("outages")
    return found | {"next_try_at": next_try(delivery, outages), "held_up_by": error_of(delivery, outages)}


def _of(delivery: Delivery, outages: tuple[Outage, ...]) -> list[Outage]:
    ways = ("", delivery.recipient)
    return [each for each in outages if each.channel == delivery.channel and each.recipient in ways]
