"""ALERT -> DELIVERY: everything in the outbox that is due."""

from __future__ import annotations

from datetime import timedelta

from watchlist.delivery.outbox import deliver_due
from watchlist.ports import Linking
from watchlist.steps.parts import Parts, RunReport


def deliver(parts: Parts, report: RunReport) -> None:
    """ALERT -> DELIVERY, for everything in the outbox that is due."""
    retry_for = timedelta(seconds=parts.config.delivery.retry_for)
    sent = deliver_due(parts.store, parts.transports, parts.clock, parts.stop.is_set, retry_for, _linking(parts))
    report.counts["deliveries_sent"] += sent.sent
    report.counts["deliveries_failed"] += sent.failed + sent.gave_up
    report.errors.extend(f"delivery {error}" for error in sent.errors)


def _linking(parts: Parts) -> Linking | None:
    web = parts.config.web
    if web.public_url is None:
        return None
    key = parts.store.signing_key("links", parts.clock())
    return Linking(web.public_url, key, timedelta(seconds=web.links_last))
