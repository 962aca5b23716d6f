"""How an alert was told, or why it was not yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watchlist.cli.shared.told import told_lines
from watchlist.model import Delivery, DeliveryStatus, Outage

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def waiting(recipient: str | None, attempts: int = 0, error: str | None = None) -> Delivery:
    return Delivery(
        1, "email", (1,), "a", DeliveryStatus.PENDING, attempts, AT, AT, recipient=recipient, last_error=error
    )


def outage(recipient: str, error: str) -> Outage:
    return Outage("email", recipient, AT, 1, AT + timedelta(minutes=4), error)


def test_what_was_not_tried_says_what_holds_it_up_and_when_it_is_tried_next() -> None:
    full = outage("lead@news.example", "email: 550 mailbox full")
    assert told_lines([waiting("lead@news.example")], outages=(full,)) == [
        ("Told", "not yet: email to lead@news.example, 0 tries, next 2026-03-01 12:04 UTC: email: 550 mailbox full")
    ]
    assert told_lines([waiting("desk@news.example")], outages=(full,)) == [
        ("Told", "not yet: email to desk@news.example, 0 tries, next 2026-03-01 12:00 UTC")
    ]


def test_what_it_failed_on_itself_goes_before_what_its_channel_waits_for() -> None:
    down = outage("", "email: refused the connection")
    ((_, told),) = told_lines([waiting("desk@news.example", 1, "email: 552 too large")], outages=(down,))
    assert told == "not yet: email to desk@news.example, 1 try, next 2026-03-01 12:04 UTC: email: 552 too large"
