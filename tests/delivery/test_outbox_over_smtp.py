"""The outbox with the real transport and real servers: what arrives after a server was in trouble."""

from __future__ import annotations

import email.policy
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from watchlist.delivery.outbox import DeliveryReport, deliver_due
from watchlist.delivery.transports import full_config, make_transports
from watchlist.delivery.transports.email import EmailConfig


def run(store: Any, config: EmailConfig, now: datetime) -> DeliveryReport:
    return deliver_due(store, make_transports(full_config()(email=config)), lambda: now, lambda: False)


def message_ids(server: Any) -> list[str]:
    return [email.message_from_string(text, policy=email.policy.default)["Message-ID"] for text in server.texts]


def test_mail_dropped_after_data_comes_again_under_its_message_id(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = scripted_server(text=None), store("email", "email")
    now = outbox.deliveries[1].created_at
    assert run(outbox, email(server.port), now).failed == 1
    # The server is in trouble: the second message is not even tried.
    assert server.connections == 1
    server.replies["text"] = "250 kept"
    assert run(outbox, email(server.port), now + timedelta(minutes=1)).sent == 2
    assert sorted(message_ids(server)) == [
        "<1@watchlist.example>",
        "<1@watchlist.example>",
        "<2@watchlist.example>",
    ]
    assert {each.status for each in outbox.deliveries.values()} == {"sent"}


def test_dead_server_costs_one_connection_a_run_until_the_tries_are_used_up(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = scripted_server(greeting="421 too busy"), store("email")
    now = outbox.deliveries[1].created_at
    config = email(server.port, max_attempts=3)
    for _ in range(10):
        run(outbox, config, now)
        now += timedelta(hours=6)
    assert server.connections == 3
    assert outbox.deliveries[1].status == "failed"
    assert "421 too busy" in outbox.deliveries[1].last_error


def test_refused_login_loses_no_mail_once_the_password_is_right(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], store: Callable[..., Any]
) -> None:
    server, outbox = mail_server(auth_require_tls=False), store("email", "email", "email")
    now = outbox.deliveries[1].created_at
    report = run(outbox, email(server.port, username="watch", password="wrong"), now)
    assert (report.sent, report.failed, report.gave_up) == (0, 1, 0)
    now += timedelta(minutes=1)
    assert run(outbox, email(server.port, username="watch", password="s3cret-w0rd"), now).sent == 3
    assert len(server.mailbox.mails) == 3
