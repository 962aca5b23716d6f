"""How the channels stand, and a message to try one out with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from watchlist.app import App
from watchlist.delivery.sample import sample_alert
from watchlist.errors import NotFoundError
from watchlist.ports import Message, Transport

#: The most alerts in one of the messages that tell a channel what it missed.
_TOLD_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """One recipient of a channel, or a channel without recipients."""

    channel: str
    recipient: str | None
    #: Whether faults are told there.
    operator: bool
    waiting: int
    parked: int
    down_since: datetime | None
    error: str | None


def channel_standings(parts: App) -> list[ChannelStanding]:
    """Every recipient of every channel that is set up."""
    waiting, operator = parts.store.waiting_counts(), parts.config.delivery.operator
    outages = {(each.channel, each.recipient): each for each in parts.store.outages()}
    parked = {
        (each.channel, each.recipient): each.deliveries for each in parts.store.delivery_troubles() if each.parked
    }
    found = []
    for name, transport in parts.transports.items():
        for recipient in transport.recipients:
            outage = outages.get((name, "")) or outages.get((name, recipient))
            found.append(
                ChannelStanding(
                    channel=name,
                    recipient=recipient or None,
                    operator=name == operator or operator is None,
                    waiting=waiting.get((name, recipient), 0) + waiting.get((name, None), 0),
                    parked=parked.get((name, recipient), 0),
                    down_since=outage.since if outage is not None else None,
                    error=outage.error if outage is not None else None,
                )
            )
    return found


def transport_of(parts: App, name: str) -> Transport:
    """The transport of a channel; raises NotFoundError with those that are set up."""
    found = parts.transports.get(name)
    if found is None:
        raise NotFoundError("channel", name, f"set up: {', '.join(parts.transports) or 'none'}")
    return found


def tell_missed(parts: App, name: str, to: str | None, since: datetime) -> int:
    """Put the alerts opened since a time in the outbox that a channel, or a recipient of it, missed; how many.

    Raises NotFoundError for a channel or a recipient that is not set up.
    """
    transport = transport_of(parts, name)
    if to is not None and to not in transport.recipients:
        raise NotFoundError(f"recipient of {name}", to, f"set up: {', '.join(filter(None, transport.recipients))}")
    return parts.store.tell_since(name, to, since, _TOLD_AT_ONCE, parts.clock())


def sample(parts: App, recipient: str, now: datetime) -> Message:
    """A message with the last alert, or an invented one, that is marked as a test."""
    last = parts.store.alerts(limit=1) or (sample_alert(now),)
    # In full, also where it is one of those that are told in short.
    alerts = tuple(replace(each, alert=replace(each.alert, rolled_up=False)) for each in last)
    # Not a key of any delivery, or a copy of a real one could be taken for known.
    return Message(f"<test.{uuid4().hex}@watchlist>", now, alerts, recipient=recipient, test=True)
