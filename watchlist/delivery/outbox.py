"""The sender: claim a due delivery, send it, record what became of it, until none is due.

A delivery is recorded as sent only after its transport said so. A process that dies in between leaves a lease that
runs out, and the message is sent again with the same idempotency key: at least once, recognisable as one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from watchlist.delivery.backoff import retry_at
from watchlist.errors import DeliveryError
from watchlist.log import Log
from watchlist.model import Delivery
from watchlist.ports import Clock, DeliveryStore, Message, Transport

#: How long a claimed delivery is its sender's own. Longer than any transport may take over one message: a second
#: sender would otherwise send it too.
LEASE = timedelta(minutes=15)

_log = Log(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one run of the sender came to."""

    #: Deliveries that were taken, ...
    sent: int = 0
    #: ... that failed and will be tried again, ...
    failed: int = 0
    #: ... and that failed and will not.
    gave_up: int = 0
    #: One sentence for each failure.
    errors: tuple[str, ...] = ()
    #: One sentence for each delivery that was taken in part, such as with refused recipients.
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """The state of one run: its counts, and the channels that are still worth a try."""

    channels: dict[str, Transport]
    sent: int = 0
    failed: int = 0
    gave_up: int = 0
    errors: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def report(self) -> DeliveryReport:
        return DeliveryReport(
            sent=self.sent,
            failed=self.failed,
            gave_up=self.gave_up,
            errors=tuple(self.errors),
            remarks=tuple(self.remarks),
        )


def deliver_due(
    store: DeliveryStore,
    transports: Mapping[str, Transport],
    now: Clock,
    stop: Callable[[], bool],
) -> DeliveryReport:
    """Send what is due on these channels, one message at a time, until nothing is due or ``stop()`` is true.

    A message in hand is always finished and recorded. A channel that fails in a passing way is left alone for the
    rest of the run; the others go on. No failure of a transport is raised: it is recorded with its delivery and
    reported. StorageError of the store is raised, since nothing can be recorded then.
    """
    run = _Run(dict(transports))
    while run.channels and not stop():
        delivery = store.claim_delivery(tuple(run.channels), now(), LEASE)
        if delivery is None:
            break
        _deliver(delivery, store, run, now)
    return run.report()


def _deliver(delivery: Delivery, store: DeliveryStore, run: _Run, now: Clock) -> None:
    transport = run.channels[delivery.channel]
    try:
        remark = _send(delivery, store, transport)
    except DeliveryError as error:
        again = retry_at(delivery.attempts, transport.max_attempts, now(), error)
        store.record_failed(delivery, str(error), again)
        run.errors.append(str(error))
        if again is None:
            run.gave_up += 1
        else:
            run.failed += 1
        if not error.permanent:
            del run.channels[delivery.channel]
        _log.info("delivery failed", delivery=delivery.id, error=str(error), retry_at=again and again.isoformat())
    else:
        store.record_sent(delivery, now(), remark)
        run.sent += 1
        if remark:
            run.remarks.append(f"{delivery.channel}: {remark}")
            _log.info("delivery taken in part", delivery=delivery.id, remark=remark)


def _send(delivery: Delivery, store: DeliveryStore, transport: Transport) -> str | None:
    if delivery.attempts > transport.max_attempts:
        # Only tries that ended without a record, as when the process died, lead here: it must not go on for ever.
        last = f"; last error: {delivery.last_error}" if delivery.last_error else ""
        text = f"given up after {delivery.attempts - 1} tries, not all of which came to an end{last}"
        raise DeliveryError(delivery.channel, text, permanent=True)
    alerts, notices = store.alert_details(delivery.alert_ids), store.notices(delivery.notice_ids)
    if not (alerts or notices):
        raise DeliveryError(delivery.channel, "its alerts are no longer in the database", permanent=True)
    message = Message(
        idempotency_key=delivery.idempotency_key,
        created_at=delivery.created_at,
        alerts=alerts,
        notices=notices,
        digest=delivery.digest,
    )
    try:
        return transport.send(message)
    except DeliveryError:
        raise
    except Exception as error:
        # Written out here, as text: a renderer of tracebacks could show local variables, and so secrets.
        _log.error("unexpected error of a transport", delivery=delivery.id, traceback=traceback.format_exc())
        text = f"unexpected {type(error).__name__}: {error}; please report this"
        raise DeliveryError(delivery.channel, text) from error
