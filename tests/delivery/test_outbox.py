from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.delivery.outbox import LEASE, DeliveryReport, deliver_due
from watchlist.delivery.transports.smtp import LONGEST_DEADLINE
from watchlist.errors import DeliveryError, StorageError
from watchlist.model import AlertDetail, DeliveryStatus
from watchlist.ports import DeliveryStore, Message, Transport

#: When the deliveries of the `store` fixture were created and are due.
START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass
class ScriptedTransport:
    """A transport that answers with the next outcome of its script, and takes everything once that is used up."""

    channel: str
    script: list[BaseException | str | None] = field(default_factory=list)
    max_attempts: int = 3
    tried: list[str] = field(default_factory=list)

    def send(self, message: Message) -> str | None:
        self.tried.append(message.idempotency_key)
        outcome = self.script.pop(0) if self.script else None
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


@dataclass
class Clock:
    time: datetime = START

    def __call__(self) -> datetime:
        return self.time


def run(store: DeliveryStore, *transports: Transport, clock: Clock | None = None) -> DeliveryReport:
    return deliver_due(store, {each.channel: each for each in transports}, clock or Clock(), lambda: False)


def test_everything_due_is_sent_once_in_order(store: Callable[..., Any]) -> None:
    outbox, mail = store("email", "email", "email"), ScriptedTransport("email")
    assert run(outbox, mail) == DeliveryReport(sent=3)
    assert mail.tried == ["<1@watchlist.example>", "<2@watchlist.example>", "<3@watchlist.example>"]
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.SENT}
    assert run(outbox, mail) == DeliveryReport()
    assert len(mail.tried) == 3


def test_without_transports_nothing_is_claimed(store: Callable[..., Any]) -> None:
    outbox = store("email")
    assert run(outbox) == DeliveryReport()
    assert outbox.claims == 0


def test_delivery_of_a_channel_that_is_not_configured_waits(store: Callable[..., Any]) -> None:
    outbox, mail = store("chat", "email"), ScriptedTransport("email")
    assert run(outbox, mail).sent == 1
    assert outbox.deliveries[1].status is DeliveryStatus.PENDING


def test_passing_failure_leaves_the_channel_alone_and_the_others_go_on(store: Callable[..., Any]) -> None:
    outbox = store("email", "email", "chat", "chat")
    mail, chat = ScriptedTransport("email", [DeliveryError("email", "greylisted")]), ScriptedTransport("chat")
    report = run(outbox, mail, chat)
    assert report == DeliveryReport(sent=2, failed=1, errors=("email: greylisted",))
    assert len(mail.tried) == 1
    assert outbox.deliveries[1].next_attempt_at == START + timedelta(minutes=1)
    assert outbox.deliveries[1].last_error == "email: greylisted"
    assert outbox.deliveries[2].attempts == 0


def test_failed_message_is_sent_again_under_the_same_key_when_its_time_has_come(
    store: Callable[..., Any],
) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [DeliveryError("email", "greylisted")])
    assert run(outbox, mail, clock=clock).failed == 1
    assert run(outbox, mail, clock=clock) == DeliveryReport()
    clock.time += timedelta(minutes=1)
    assert run(outbox, mail, clock=clock).sent == 1
    assert mail.tried == ["<1@watchlist.example>"] * 2


def test_permanent_failure_is_given_up_and_the_next_message_goes_out(store: Callable[..., Any]) -> None:
    outbox = store("email", "email")
    mail = ScriptedTransport("email", [DeliveryError("email", "too big", permanent=True)])
    assert run(outbox, mail) == DeliveryReport(sent=1, gave_up=1, errors=("email: too big",))
    assert outbox.deliveries[1].status is DeliveryStatus.FAILED
    assert outbox.deliveries[2].status is DeliveryStatus.SENT


def test_message_is_given_up_after_as_many_tries_as_the_transport_allows(store: Callable[..., Any]) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [DeliveryError("email", "down")] * 9)
    reports = []
    for _ in range(6):
        reports.append(run(outbox, mail, clock=clock))
        clock.time += timedelta(days=1)
    assert [report.failed for report in reports] == [1, 1, 0, 0, 0, 0]
    assert [report.gave_up for report in reports] == [0, 0, 1, 0, 0, 0]
    assert len(mail.tried) == 3


def test_unexpected_exception_is_a_recorded_failure(
    store: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    outbox = store("email", "chat")
    mail, chat = ScriptedTransport("email", [ZeroDivisionError("oh")]), ScriptedTransport("chat")
    report = run(outbox, mail, chat)
    assert (report.sent, report.failed) == (1, 1)
    assert outbox.deliveries[1].status is DeliveryStatus.PENDING
    assert "ZeroDivisionError" in (outbox.deliveries[1].last_error or "")


def test_remark_on_a_partial_success_is_recorded_and_reported(store: Callable[..., Any]) -> None:
    outbox, mail = store("email"), ScriptedTransport("email", ["refused: a@example.org (550 unknown)"])
    report = run(outbox, mail)
    assert (report.sent, report.errors) == (1, ())
    assert report.remarks == ("email: refused: a@example.org (550 unknown)",)
    assert outbox.deliveries[1].status is DeliveryStatus.SENT
    assert outbox.deliveries[1].last_error == "refused: a@example.org (550 unknown)"


def test_stop_ends_the_run_after_the_message_in_hand(store: Callable[..., Any]) -> None:
    outbox, mail = store("email", "email", "email"), ScriptedTransport("email")
    report = deliver_due(outbox, {"email": mail}, Clock(), lambda: len(mail.tried) == 2)
    assert report.sent == 2
    assert [each.status for each in outbox.deliveries.values()] == ["sent", "sent", "pending"]


def test_killed_sender_leaves_a_lease_after_which_the_message_is_sent_again(
    store: Callable[..., Any],
) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [KeyboardInterrupt()])
    with pytest.raises(KeyboardInterrupt):
        run(outbox, mail, clock=clock)
    survivor = ScriptedTransport("email")
    assert run(outbox, survivor, clock=clock) == DeliveryReport()
    clock.time += LEASE
    assert run(outbox, survivor, clock=clock).sent == 1
    assert survivor.tried == ["<1@watchlist.example>"]


def test_message_that_kills_every_sender_is_given_up(store: Callable[..., Any]) -> None:
    outbox, mail = store("email", attempts=3), ScriptedTransport("email")
    report = run(outbox, mail)
    assert (report.sent, report.gave_up, mail.tried) == (0, 1, [])
    assert outbox.deliveries[1].status is DeliveryStatus.FAILED


def test_delivery_whose_alerts_are_gone_is_given_up(store: Callable[..., Any]) -> None:
    outbox, mail = store("email", "email"), ScriptedTransport("email")
    del outbox.alerts[1]
    report = run(outbox, mail)
    assert (report.sent, report.gave_up) == (1, 1)
    assert mail.tried == ["<2@watchlist.example>"]


def test_broken_store_is_not_mistaken_for_a_broken_channel(
    store: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = store("email")

    def broken(alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        raise StorageError("disk full")

    monkeypatch.setattr(outbox, "alert_details", broken)
    with pytest.raises(StorageError, match="disk full"):
        run(outbox, ScriptedTransport("email"))


def test_lease_outlasts_the_longest_a_transport_may_take() -> None:
    assert timedelta(seconds=LONGEST_DEADLINE) + timedelta(minutes=5) <= LEASE
