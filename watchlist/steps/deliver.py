"""ALERT -> DELIVERY: everything in the outbox that is due."""

from __future__ import annotations

from watchlist.delivery.outbox import deliver_due
from watchlist.steps.parts import Parts, RunReport


def deliver(parts: Parts, report: RunReport) -> None:
    """ALERT -> DELIVERY, for everything in the outbox that is due."""
    sent = deliver_due(parts.store, parts.transports, parts.clock, parts.stop.is_set)
    report.counts["deliveries_sent"] += sent.sent
    report.counts["deliveries_failed"] += sent.failed + sent.gave_up
    report.errors.extend(f"delivery {error}" for error in (*sent.errors, *sent.remarks))
