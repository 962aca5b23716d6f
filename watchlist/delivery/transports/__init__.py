"""The channels this program can deliver to, and how they come about from the configuration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from watchlist.config import Config
from watchlist.ports import Transport

#: Channel to the class of its transport, imported on first use. A class takes the channel's section of the
#: configuration, which has the channel's name.
TRANSPORTS: dict[str, str] = {
    "email": "watchlist.delivery.transports.email:SmtpTransport",
}


def make_transports(config: Config) -> dict[str, Transport]:
    """The transports of the channels that are configured, by channel; empty when none is.

    Nothing is connected yet. E-mail is configured once ``email.host`` is set.
    """
    sections = {"email": config.email if config.email.host else None}
    return {channel: _load(channel)(section) for channel, section in sections.items() if section is not None}


def _load(channel: str) -> Any:
    module, _, name = TRANSPORTS[channel].partition(":")
    return getattr(import_module(module), name)
