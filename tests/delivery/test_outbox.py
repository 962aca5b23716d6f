from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.delivery.backoff import MOST_UNENDED
from watchlist.delivery.outbox import LEASE, DeliveryReport, deliver_due
from watchlist.delivery.transports.smtp import ANSWER_TIMEOUT, LONGEST_DEADLINE
from watchlist.errors import Blame, DeliveryError, StorageError
from watchlist.model import AlertDetail, DeliveryStatus
from watchlist.ports import DeliveryStore, Message, Transport

#: When the deliveries of the `store` fixture were created and are due.
START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass
class ScriptedTransport:
    """A transport that answers with the next outcome of its script, and takes everything once that is used up."""

    channel: str
    script: list[BaseException | str | None] = field(default_factory=list)
    recipients: tuple[str, ...] = ("",)
    #: The first alert of each message that was tried, and to whom.
    tried: list[int] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> str | None:
        self.tried.append(message.alerts[0].alert.id)
        self.to.append(message.recipient)
        self.messages.append(message)
        outcome = self.script.pop(0) if self.script else None
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


def passing(blame: Blame = "message", **changes: Any) -> DeliveryError:
    return DeliveryError("email", "try later", blame=blame, **changes)


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
    assert mail.tried == [1, 2, 3]
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.SENT}
    assert run(outbox, mail) == DeliveryReport()
    assert len(mail.tried) == 3


def test_without_transports_nothing_is_claimed(store: Callable[..., Any]) -> None:
    outbox = store("email")
    assert run(outbox) == DeliveryReport()
    assert outbox.deliveries[1].attempts == 0


def test_delivery_of_a_channel_that_is_not_configured_waits(store: Callable[..., Any]) -> None:
    outbox, mail = store("chat", "email"), ScriptedTransport("email")
    assert run(outbox, mail).sent == 1
    assert outbox.deliveries[1].status is DeliveryStatus.PENDING


def test_each_recipient_has_a_delivery_with_a_state_and_a_key_of_its_own(store: Callable[..., Any]) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [None, passing("recipient")], ("desk@example.org", "officer@example.org"))
    assert run(outbox, mail, clock=clock) == DeliveryReport(
        sent=1, failed=1, errors=("email to officer@example.org: try later",)
    )
    assert [each.status for each in outbox.deliveries.values()] == ["sent", "pending"]
    clock.time += timedelta(minutes=1)
    assert run(outbox, mail, clock=clock).sent == 1
    assert mail.to == ["desk@example.org", "officer@example.org", "officer@example.org"]
    keys = [each.idempotency_key for each in mail.messages]
    assert keys[1] == keys[2] != keys[0]


def test_a_recipient_that_is_no_more_configured_gets_nothing_and_its_delivery_waits(store: Callable[..., Any]) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [passing("recipient")], ("old@example.org",))
    run(outbox, mail, clock=clock)
    clock.time += timedelta(days=1)
    assert run(outbox, ScriptedTransport("email", recipients=("new@example.org",)), clock=clock) == DeliveryReport()
    assert outbox.deliveries[1].status is DeliveryStatus.PENDING


def test_a_channel_that_takes_nothing_is_asked_once_and_the_others_go_on(store: Callable[..., Any]) -> None:
    outbox = store("email", "email", "chat", "chat")
    mail, chat = ScriptedTransport("email", [passing("channel")]), ScriptedTransport("chat")
    report = run(outbox, mail, chat)
    assert report == DeliveryReport(sent=2, failed=1, errors=("email: try later",))
    assert len(mail.tried) == 1
    (outage,) = outbox.outages()
    assert (outage.channel, outage.next_try_at) == ("email", START + timedelta(minutes=1))
    assert outbox.deliveries[1].last_error == "email: try later"
    assert outbox.deliveries[2].attempts == 0


def test_messages_that_are_refused_hold_up_nothing(store: Callable[..., Any]) -> None:
    outbox, clock = store(*["email"] * 7), Clock()
    mail = ScriptedTransport("email", [passing() for _ in range(5)])
    report = run(outbox, mail, clock=clock)
    assert (report.sent, report.failed) == (2, 5)
    # And when they are due again, what is new goes before them.
    clock.time += timedelta(minutes=1)
    outbox.open("email", at=clock.time)
    mail.tried.clear()
    run(outbox, mail, clock=clock)
    assert mail.tried == [8, 1, 2, 3, 4, 5]


def test_once_a_channel_answers_everything_goes_at_once_the_oldest_first(store: Callable[..., Any]) -> None:
    outbox, clock = store(), Clock()
    mail = ScriptedTransport("email", [passing("channel") for _ in range(2)])
    for _ in range(3):
        outbox.open("email", at=clock.time)
        run(outbox, mail, clock=clock)
        clock.time += timedelta(minutes=5)
    assert mail.tried == [1, 1, 1, 2, 3]
    assert outbox.outages() == ()


def test_a_success_after_a_failure_calls_back_what_waits_for_the_same_recipient(store: Callable[..., Any]) -> None:
    """As when a server refuses every text for hours: the first that is taken says that this is over."""
    outbox, clock = store("email", "email", "email"), Clock()
    mail = ScriptedTransport("email", [passing() for _ in range(3)])
    for minutes in (0, 1, 2):
        clock.time = START + timedelta(minutes=minutes)
        if minutes:
            mail.script = [passing() for _ in range(3)]
        run(outbox, mail, clock=clock)
    waiting = {each.id: each.next_attempt_at for each in outbox.deliveries.values()}
    assert len(set(waiting.values())) == 1
    assert outbox.retry_deliveries([2], clock.time) == (2,)
    mail.script = []
    assert run(outbox, mail, clock=clock).sent == 3


def test_failed_message_is_sent_again_under_the_same_key_when_its_time_has_come(
    store: Callable[..., Any],
) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [passing()])
    assert run(outbox, mail, clock=clock).failed == 1
    assert run(outbox, mail, clock=clock) == DeliveryReport()
    clock.time += timedelta(minutes=1)
    assert run(outbox, mail, clock=clock).sent == 1
    assert len({each.idempotency_key for each in mail.messages}) == 1


def test_permanent_failure_is_parked_and_the_next_message_goes_out(store: Callable[..., Any]) -> None:
    outbox = store("email", "email")
    mail = ScriptedTransport("email", [passing(permanent=True)])
    assert run(outbox, mail) == DeliveryReport(sent=1, gave_up=1, errors=("email: try later",))
    assert outbox.deliveries[1].status is DeliveryStatus.FAILED
    assert outbox.deliveries[2].status is DeliveryStatus.SENT


@pytest.mark.parametrize("blame", ["channel", "recipient", "message"])
def test_what_failed_for_a_week_is_parked_told_of_once_and_can_be_sent(store: Callable[..., Any], blame: Blame) -> None:
    outbox, clock = store("email", "email"), Clock()
    mail = ScriptedTransport("email", [passing(blame) for _ in range(2000)])
    while clock.time < START + timedelta(days=6, hours=23):
        run(outbox, mail, clock=clock)
        clock.time += timedelta(hours=12)
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.PENDING}
    clock.time += timedelta(hours=3)
    assert run(outbox, mail, clock=clock).gave_up >= 1
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.FAILED}
    (trouble,) = outbox.delivery_troubles()
    assert (trouble.parked, trouble.deliveries, trouble.alerts, trouble.error) == (True, 2, 2, "email: try later")

    mail.script = []
    clock.time += timedelta(hours=1)
    outbox.open("email", "email", at=clock.time)
    assert run(outbox, mail, clock=clock).sent == 2
    *_, first, second = mail.messages
    assert second.missed is None
    assert first.missed is not None
    assert (first.missed.count, [each.alert.id for each in first.missed.alerts]) == (2, [1, 2])
    assert outbox.retry_deliveries(None, clock.time) == (1, 2)
    assert run(outbox, mail, clock=clock).sent == 2
    assert outbox.delivery_troubles() == ()


def test_words_that_may_be_why_a_message_is_refused_are_not_put_into_it_again(store: Callable[..., Any]) -> None:
    outbox, clock = store("email"), Clock()
    mail = ScriptedTransport("email", [passing(permanent=True), passing()])
    run(outbox, mail, clock=clock)
    outbox.open("email", at=clock.time)
    run(outbox, mail, clock=clock)
    clock.time += timedelta(minutes=1)
    run(outbox, mail, clock=clock)
    assert [each.missed is not None for each in mail.messages] == [False, True, False]


def test_much_that_was_held_up_comes_as_one(store: Callable[..., Any]) -> None:
    outbox, clock = store(), Clock()
    mail = ScriptedTransport("email", [passing("channel") for _ in range(20)])
    for _ in range(12):
        outbox.open("email", at=clock.time)
        run(outbox, mail, clock=clock)
        clock.time += timedelta(minutes=105)
    mail.script, mail.messages = [], []
    assert run(outbox, mail, clock=clock).sent == 1
    (message,) = mail.messages
    assert [each.alert.id for each in message.alerts] == list(range(1, 13))
    assert message.folded == 11
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.SENT}


def test_one_bad_alert_among_many_that_come_as_one_holds_up_no_other(store: Callable[..., Any]) -> None:
    outbox, clock = store(*["email"] * 8), Clock()

    @dataclass
    class Strict(ScriptedTransport):
        def send(self, message: Message) -> str | None:
            ids = [each.alert.id for each in message.alerts]
            if 3 in ids:
                raise passing()
            self.tried.extend(ids)
            return None

    mail = Strict("email")
    clock.time += timedelta(hours=3)
    for _ in range(4):
        run(outbox, mail, clock=clock)
        clock.time += timedelta(minutes=20)
    assert sorted(mail.tried) == [1, 2, 4, 5, 6, 7, 8]
    (waiting,) = outbox.store.deliveries(statuses=(DeliveryStatus.PENDING,))
    assert (waiting.alert_ids, waiting.folded) == ((3,), 0)


def test_unexpected_exception_is_a_recorded_failure(
    store: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    outbox = store("email", "chat")
    mail, chat = ScriptedTransport("email", [ZeroDivisionError("oh")]), ScriptedTransport("chat")
    report = run(outbox, mail, chat)
    assert (report.sent, report.failed) == (1, 1)
    assert outbox.deliveries[1].status is DeliveryStatus.PENDING
    assert "ZeroDivisionError" in (outbox.deliveries[1].last_error or "")


def test_the_answer_of_the_other_side_is_kept(store: Callable[..., Any]) -> None:
    outbox, mail = store("email"), ScriptedTransport("email", ["250 queued as 4711"])
    assert run(outbox, mail) == DeliveryReport(sent=1)
    assert outbox.deliveries[1].receipt == "250 queued as 4711"
    assert outbox.deliveries[1].last_error is None


def test_a_channel_that_does_not_answer_to_messages_is_left_alone_for_the_run(store: Callable[..., Any]) -> None:
    """Each may have been waited for ten minutes."""
    outbox = store(*["email"] * 5)
    mail = ScriptedTransport("email", [passing(unanswered=True) for _ in range(5)])
    assert run(outbox, mail).failed == 2


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
    assert [each.idempotency_key for each in mail.messages] == [each.idempotency_key for each in survivor.messages]


@dataclass
class Fragile(ScriptedTransport):
    """A transport that is killed by messages about the first alert."""

    def send(self, message: Message) -> str | None:
        if message.alerts[0].alert.id == 1:
            raise KeyboardInterrupt
        return ScriptedTransport.send(self, message)


def test_message_that_kills_every_sender_lets_others_go_first_and_is_parked_in_the_end(
    store: Callable[..., Any],
) -> None:
    outbox, clock, mail = store("email"), Clock(), Fragile("email")
    while outbox.deliveries[1].status is not DeliveryStatus.FAILED:
        assert clock.time < START + timedelta(days=8)
        with suppress(KeyboardInterrupt):
            run(outbox, mail, clock=clock)
        clock.time += timedelta(hours=6)
        outbox.open("email", at=clock.time)
    assert outbox.deliveries[1].attempts == MOST_UNENDED + 1
    assert "not all of which came to an end" in (outbox.deliveries[1].last_error or "")
    assert mail.tried == list(range(2, len(outbox.deliveries)))


def test_delivery_whose_alerts_are_gone_is_parked(store: Callable[..., Any]) -> None:
    outbox, mail = store("email", "email"), ScriptedTransport("email")
    outbox.drop_alerts(1)
    report = run(outbox, mail)
    assert (report.sent, report.gave_up) == (1, 1)
    assert mail.tried == [2]


def test_broken_store_is_not_mistaken_for_a_broken_channel(
    store: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = store("email")

    def broken(alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        raise StorageError("disk full")

    monkeypatch.setattr(outbox, "alert_details", broken)
    with pytest.raises(StorageError, match="disk full"):
        run(outbox, ScriptedTransport("email"))


def test_that_a_message_was_taken_is_recorded_as_soon_as_that_can_be_done(
    store: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, mail = store("email"), ScriptedTransport("email")
    record, failures = outbox.record_sent, [StorageError("locked"), StorageError("locked")]

    def busy(*given: Any) -> None:
        if failures:
            raise failures.pop()
        record(*given)

    monkeypatch.setattr(outbox, "record_sent", busy)
    assert run(outbox, mail).sent == 1
    assert outbox.deliveries[1].status is DeliveryStatus.SENT
    assert mail.tried == [1]


def test_a_message_that_was_taken_and_not_recorded_is_told_and_not_sent_for_ever(
    store: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, clock, mail = store("email"), Clock(), ScriptedTransport("email")

    def full(*_: Any) -> None:
        raise StorageError("disk full")

    monkeypatch.setattr(outbox, "record_sent", full)
    for _ in range(MOST_UNENDED):
        with pytest.raises(StorageError, match=r"delivery 1 to email was taken, and this could not be recorded.*full"):
            run(outbox, mail, clock=clock)
        clock.time += LEASE
    assert run(outbox, mail, clock=clock).gave_up == 1
    parked = outbox.deliveries[1]
    assert parked.status is DeliveryStatus.FAILED
    assert "which may have arrived" in (parked.last_error or "")
    assert {each.idempotency_key for each in mail.messages} == {parked.idempotency_key}
    assert len(mail.messages) == MOST_UNENDED


def test_no_jump_of_the_clock_stops_the_mail(store: Callable[..., Any]) -> None:
    """A clock a year ahead, for one run that fails: all of it goes out once the clock is right again."""
    outbox, clock = store("email", "email"), Clock()
    clock.time += timedelta(days=365)
    outbox.open("email", at=clock.time)
    failures = [passing(), KeyboardInterrupt(), passing("recipient")]
    mail = ScriptedTransport("email", failures, ("desk@example.org",))
    for _ in range(2):
        with suppress(KeyboardInterrupt):
            run(outbox, mail, clock=clock)
    assert mail.script == []
    clock.time = START + timedelta(minutes=1)
    outbox.open("email", at=clock.time)
    assert run(outbox, mail, clock=clock).sent == 4
    assert {each.status for each in outbox.deliveries.values()} == {DeliveryStatus.SENT}
    assert sum(len(each.alert_ids) for each in outbox.deliveries.values()) == 4


def test_lease_outlasts_the_longest_a_transport_may_take() -> None:
    assert timedelta(seconds=LONGEST_DEADLINE + ANSWER_TIMEOUT) + timedelta(minutes=5) <= LEASE
