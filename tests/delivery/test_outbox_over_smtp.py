"""The outbox with the real transport and real servers: what arrives after a server was in trouble."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import Message as Parsed
from typing import Any

import pytest

from watchlist.delivery.outbox import DeliveryReport, deliver_due
from watchlist.delivery.transports import full_config, make_transports
from watchlist.delivery.transports.email import EmailConfig

MINUTE = timedelta(minutes=1)
DESK, OFFICER = "desk@example.org", "officer@example.org"
ONE = {"recipients": (DESK,)}


def run(store: Any, config: EmailConfig, now: datetime) -> DeliveryReport:
    return deliver_due(store, make_transports(full_config()(email=config)), lambda: now, lambda: False)


def message_ids(server: Any) -> list[str]:
    """The idempotency keys, as the Message-IDs have them."""
    mails = [email.message_from_string(text, policy=email.policy.default) for text in server.texts]
    return [mail["Message-ID"].replace("@example.org>", "@watchlist>") for mail in mails]


def arrived(server: Any, recipient: str) -> list[Parsed]:
    """What a recipient got, in order."""
    return [
        email.message_from_bytes(each.content, policy=email.policy.default)
        for each in server.mailbox.mails
        if each.rcpt_tos == [recipient]
    ]


def reports(server: Any, recipient: str, count: int) -> list[int]:
    """Which of the alerts are in what a recipient got, in order."""
    text = " ".join(mail.get_body(("plain",)).get_content() for mail in arrived(server, recipient))  # type: ignore[attr-defined]
    return [number for number in range(1, count + 1) if re.search(rf"https://news\.example/{number}\s", text)]


def test_mail_dropped_after_data_comes_again_under_its_message_id(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = scripted_server(text=None), store("email", "email")
    now = outbox.deliveries[1].created_at
    assert run(outbox, email(server.port, **ONE), now).failed == 2
    server.replies["text"] = "250 kept"
    assert run(outbox, email(server.port, **ONE), now + 10 * MINUTE).sent == 2
    ids = [each.idempotency_key for each in outbox.deliveries.values()]
    assert message_ids(server) == ids * 2
    assert {each.status for each in outbox.deliveries.values()} == {"sent"}


def test_dead_server_costs_one_connection_a_run_and_after_the_set_time_the_mail_is_parked(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = scripted_server(greeting="421 too busy"), store("email", "email")
    now = outbox.deliveries[1].created_at
    for count in range(1, 30):
        run(outbox, email(server.port), now)
        assert server.connections == count
        if now - outbox.deliveries[1].created_at < timedelta(days=7):
            assert {each.status for each in outbox.deliveries.values()} == {"pending"}
        now += timedelta(hours=6)
    assert {each.status for each in outbox.deliveries.values()} == {"failed"}
    assert "421 too busy" in outbox.deliveries[1].last_error
    # To two recipients each.
    assert len(outbox.deliveries) == 4


def test_refused_login_loses_no_mail_once_the_password_is_right(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = mail_server(auth_require_tls=False), store("email", "email", "email")
    now = outbox.deliveries[1].created_at
    report = run(outbox, email(server.port, username="watch", password="wrong", **ONE), now)
    assert (report.sent, report.failed, report.gave_up) == (0, 1, 0)
    now += MINUTE
    assert run(outbox, email(server.port, username="watch", password="s3cret-w0rd", **ONE), now).sent == 3
    assert len(server.mailbox.mails) == 3


@pytest.mark.parametrize("reply", ["450 4.2.0 greylisted", "452 4.2.2 mailbox full", "550 5.7.1 relay denied"])
def test_a_recipient_that_is_refused_beside_one_that_is_not_gets_it_later(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any], reply: str
) -> None:
    server, outbox = mail_server(), store("email", "email")
    server.mailbox.rcpt[DESK] = reply
    now = outbox.deliveries[1].created_at
    report = run(outbox, email(server.port), now)
    assert (report.sent, report.failed) == (2, 1)
    assert reply in report.errors[0]
    assert (reports(server, DESK, 2), reports(server, OFFICER, 2)) == ([], [1, 2])
    del server.mailbox.rcpt[DESK]
    assert run(outbox, email(server.port), now + MINUTE).sent == 2
    assert (reports(server, DESK, 2), reports(server, OFFICER, 2)) == ([1, 2], [1, 2])
    assert len(server.mailbox.mails) == 4


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        pytest.param("mail", "451 try later", marks=pytest.mark.thorough),
        ("rcpt", "550 mailbox full"),
        pytest.param("text", "554 relay denied", marks=pytest.mark.thorough),
    ],
)
def test_an_outage_of_21_hours_loses_none_of_15_messages_and_all_come_at_once_afterwards(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    store: Callable[..., Any],
    stage: str,
    reply: str,
) -> None:
    server, outbox = mail_server(), store()
    config = email(server.port, **ONE)
    now = began = datetime.fromisoformat("2026-03-04T05:00:00Z")

    def refuse(reply: str | None) -> None:
        if stage == "rcpt":
            server.mailbox.rcpt = {DESK: reply} if reply else {}
        else:
            setattr(server.mailbox, stage, reply)

    refuse(reply)
    while now - began < timedelta(hours=21):
        outbox.open("email", at=now)
        run(outbox, config, now)
        now += 84 * MINUTE
    assert outbox.delivery_counts() == {"pending": len(outbox.deliveries)}
    assert server.mailbox.mails == []
    refuse(None)
    now += 60 * MINUTE
    run(outbox, config, now)
    assert {each.status for each in outbox.deliveries.values()} == {"sent"}
    assert reports(server, DESK, 15) == list(range(1, 16))
    assert outbox.outages() == ()


def test_messages_that_are_refused_for_their_words_hold_up_no_other_and_are_told_of_in_the_end(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = mail_server(), store(*["email"] * 5)
    for number in range(1, 6):
        server.mailbox.refused[f"Report {number}"] = "554 5.7.1 looks like spam"
    now = outbox.deliveries[1].created_at
    config = email(server.port, **ONE)
    for _ in range(12):
        outbox.open("email", at=now)
        assert run(outbox, config, now).sent == 1
        now += timedelta(hours=18)
    assert outbox.delivery_counts() == {"sent": 12, "failed": 5}
    (told,) = [
        text
        for mail in arrived(server, DESK)
        if "could not be mailed" in (text := mail.get_body(("plain",)).get_content())  # type: ignore[attr-defined]
    ]
    period = "between 2026-03-04 05:06 UTC and 2026-03-04 05:06 UTC"
    assert f"5 alerts could not be mailed {period}." in " ".join(told.split())
    lines = [line.strip() for line in told.splitlines()]
    assert all(f"- alert {number}: IRAN AIR – Report {number}" in lines for number in range(1, 6))
    assert "watchlist deliveries retry --failed" in told
    server.mailbox.refused.clear()
    assert outbox.retry_deliveries(None, now) == (1, 2, 3, 4, 5)
    assert run(outbox, config, now).sent == 5
    assert reports(server, DESK, 17) == list(range(1, 18))
