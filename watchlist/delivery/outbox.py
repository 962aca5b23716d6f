"""The sender: claim a due delivery, send it, record what became of it, until none is due.

A delivery is recorded as sent only after its transport said so. A process that dies in between leaves a lease that
runs out, and the message is sent again with the same idempotency key: at least once, recognisable as one.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watchlist.delivery.backoff import LONGEST_WAIT, is_worn_out, setback
from watchlist.errors import DeliveryError, StorageError
from watchlist.log import Log
from watchlist.model import Delivery
from watchlist.ports import Clock, DeliveryStore, Linking, Message, Missed, Transport

#: How long a claimed delivery is its sender's own. Longer than any transport may take over one message: a second
#: sender would otherwise send it too.
LEASE = timedelta(minutes=30)
#: How long a delivery may keep failing, where nothing else is set.
RETRY_FOR = timedelta(days=7)
#: So many messages handed over without an answer, and the channel is left alone for the rest of the run: each may have
#: been waited for ten minutes.
_MOST_UNANSWERED = 2
#: So often it is tried to record that a message was taken, each time for as long as the database may be busy.
_RECORD_TRIES = 3
#: Alerts that never came are told by so many lines.
_MISSED_LINES = 30

_log = Log(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one run of the sender came to."""

    #: Deliveries that were taken, ...
    sent: int = 0
    #: ... that failed and will be tried again, ...
    failed: int = 0
    #: ... and that failed and are parked.
    gave_up: int = 0
    #: One sentence for each failure.
    errors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """The state of one run: its counts, and the channels that are still worth a try."""

    channels: dict[str, Transport]
    retry_for: timedelta
    linking: Linking | None
    sent: int = 0
    failed: int = 0
    gave_up: int = 0
    errors: list[str] = field(default_factory=list)
    unanswered: Counter[str] = field(default_factory=Counter)

    def report(self) -> DeliveryReport:
        return DeliveryReport(sent=self.sent, failed=self.failed, gave_up=self.gave_up, errors=tuple(self.errors))


def deliver_due(
    store: DeliveryStore,
    transports: Mapping[str, Transport],
    now: Clock,
    stop: Callable[[], bool],
    retry_for: timedelta = RETRY_FOR,
    linking: Linking | None = None,
) -> DeliveryReport:
    """Send what is due on these channels, one message at a time, until nothing is due or ``stop()`` is true.

    A message in hand is always finished and recorded. A channel or a recipient that takes nothing is left alone until
    its next try; the others go on, and so do the other messages beside one that is refused. What has failed for
    ``retry_for`` is parked. Messages have links where ``linking`` says with what they are made. No failure of a
    transport is raised: it is recorded with its delivery and reported. StorageError of the store is raised, since
    nothing can be recorded then.
    """
    run = _Run(dict(transports), retry_for, linking)
    while run.channels and not stop():
        ways = {name: each.recipients for name, each in run.channels.items()}
        delivery = store.claim_delivery(ways, now(), LEASE, LONGEST_WAIT)
        if delivery is None:
            break
        _deliver(delivery, store, run, now)
    return run.report()


def _deliver(delivery: Delivery, store: DeliveryStore, run: _Run, now: Clock) -> None:
    missed = _missed(delivery, store)
    try:
        if is_worn_out(delivery, now(), run.retry_for):
            raise _worn_out(delivery)
        receipt = _send(delivery, store, run, missed)
    except DeliveryError as error:
        back = setback(delivery, error, now(), run.retry_for)
        store.record_failed(delivery, back, now())
        run.errors.append(_sentence(delivery, error))
        if back.retry_at is None:
            run.gave_up += 1
        else:
            run.failed += 1
        run.unanswered[delivery.channel] += error.unanswered
        if run.unanswered[delivery.channel] >= _MOST_UNANSWERED:
            del run.channels[delivery.channel]
        again = back.retry_at and back.retry_at.isoformat()
        _log.info("delivery failed", delivery=delivery.id, error=str(error), retry_at=again)
    else:
        told = tuple(each.id for each in missed.deliveries) if missed is not None else ()
        _record_sent(delivery, store, now(), receipt, told)
        run.unanswered[delivery.channel] = 0
        run.sent += 1


def _record_sent(
    delivery: Delivery, store: DeliveryStore, at: datetime, receipt: str | None, told: Sequence[int]
) -> None:
    """Record that a message was taken, and if that fails, once more and again: else it would be sent again."""
    for left in reversed(range(_RECORD_TRIES)):
        try:
            store.record_sent(delivery, at, receipt, told)
            return
        except StorageError as error:
            if not left:
                what = f"delivery {delivery.id} to {delivery.recipient or delivery.channel} was taken"
                again = "it will be sent once more, recognisable as the same"
                raise StorageError(f"{what}, and this could not be recorded, so {again}: {error}") from error


def _sentence(delivery: Delivery, error: DeliveryError) -> str:
    """The failure in one sentence, which says to whom where it does not already."""
    recipient, text = delivery.recipient or "", str(error)
    if error.blame == "channel" or recipient in text:
        return text
    return f"{error.channel} to {recipient}: {text.removeprefix(f'{error.channel}: ')}"


def _worn_out(delivery: Delivery) -> DeliveryError:
    last = f"; last error: {delivery.last_error}" if delivery.last_error else ""
    text = f"given up after {delivery.attempts - 1} tries, not all of which came to an end{last}"
    return DeliveryError(delivery.channel, text, permanent=True)


def _missed(delivery: Delivery, store: DeliveryStore) -> Missed | None:
    """What earlier messages to the recipient would have said."""
    # Not beside a message that was refused: it may have been for these very words.
    if delivery.suspect:
        return None
    parked = store.parked_deliveries(delivery.channel, delivery.recipient)
    ids = tuple(dict.fromkeys(id for each in parked for id in each.alert_ids))
    return Missed(parked, len(ids), store.alert_details(ids[:_MISSED_LINES])) if parked else None


def _send(delivery: Delivery, store: DeliveryStore, run: _Run, missed: Missed | None) -> str | None:
    alerts, notices = store.alert_details(delivery.alert_ids), store.notices(delivery.notice_ids)
    if not (alerts or notices):
        raise DeliveryError(delivery.channel, "its alerts are no longer in the database", permanent=True)
    message = Message(
        idempotency_key=delivery.idempotency_key,
        created_at=(delivery.waiting_since if delivery.held else None) or delivery.created_at,
        alerts=alerts,
        notices=notices,
        digest=delivery.digest,
        recipient=delivery.recipient or "",
        folded=delivery.folded,
        missed=missed,
        gathered_by=(delivery.route or "") if delivery.held else "",
        linking=run.linking,
    )
    try:
        return run.channels[delivery.channel].send(message)
    except DeliveryError:
        raise
    except Exception as error:
        # Written out here, as text: a renderer of tracebacks could show local variables, and so secrets.
        _log.error("unexpected error of a transport", delivery=delivery.id, traceback=traceback.format_exc())
        text = f"unexpected {type(error).__name__}: {error}; please report this"
        raise DeliveryError(delivery.channel, text) from error
