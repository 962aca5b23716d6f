"""To whom, when and how an alert was told, or why it was not."""

from __future__ import annotations

from collections.abc import Sequence

from watchlist.cli.shared.output import when
from watchlist.delivery.waiting import error_of, next_try
from watchlist.model import Delivery, DeliveryStatus, Outage


def told_lines(
    deliveries: Sequence[Delivery], silence_id: int | None = None, outages: tuple[Outage, ...] = ()
) -> list[tuple[str, str]]:
    """A fact for each delivery of an alert, or for the silence that it fell into; ``outages`` say what holds one up."""
    if not deliveries and silence_id is not None:
        return [("Told", f"to nobody: 'watchlist silences show {silence_id}' says why")]
    if not deliveries:
        hint = "'watchlist deliveries tell CHANNEL --since T' tells it"
        return [("Told", f"to nobody: routed nowhere, or opened while no channel was set up; {hint}")]
    return [("" if n else "Told", _told(each, outages)) for n, each in enumerate(deliveries)]


def _told(delivery: Delivery, outages: tuple[Outage, ...]) -> str:
    way = f"{delivery.channel} to {delivery.recipient}" if delivery.recipient else delivery.channel
    error = error_of(delivery, outages)
    because = f": {error}" if error else ""
    match delivery.status:
        case DeliveryStatus.SENT:
            answer = f" ({delivery.receipt})" if delivery.receipt else ""
            return f"{way}, {when(delivery.sent_at)} UTC{answer}"
        case DeliveryStatus.FAILED:
            return f"not told: {way}, parked{because}; 'watchlist deliveries retry {delivery.id}' sends it"
        case DeliveryStatus.DROPPED:
            return f"not told: {way}, dropped by hand; 'watchlist deliveries retry {delivery.id}' sends it"
        case _:
            tries = f"{delivery.attempts} {'try' if delivery.attempts == 1 else 'tries'}"
            return f"not yet: {way}, {tries}, next {when(next_try(delivery, outages))} UTC{because}"
