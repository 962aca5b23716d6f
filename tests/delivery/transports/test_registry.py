from __future__ import annotations

from collections.abc import Callable

import pytest

from watchlist.config import Config, EmailConfig
from watchlist.delivery.transports import TRANSPORTS, make_transports
from watchlist.delivery.transports.email import SmtpTransport


def config(email: EmailConfig) -> Config:
    return Config(email=email)


def test_without_a_host_there_is_no_transport() -> None:
    assert make_transports(config(EmailConfig())) == {}


def test_email_is_made_once_a_host_is_set(email: Callable[..., EmailConfig]) -> None:
    transports = make_transports(config(email(25, max_attempts=7)))
    assert list(transports) == ["email"]
    assert isinstance(transports["email"], SmtpTransport)
    assert transports["email"].max_attempts == 7


@pytest.mark.parametrize("channel", TRANSPORTS)
def test_every_registered_transport_can_be_imported_and_bears_its_channel(channel: str) -> None:
    module, _, name = TRANSPORTS[channel].partition(":")
    transport = getattr(__import__(module, fromlist=[name]), name)
    assert transport.channel == channel
