"""The channels this program can deliver to: one line each in `CHANNELS`, and one module each beside it.

A module has the channel's section of the configuration and its transport; how a message is put on the way is in
here too, what it says is not: that is `render`'s. See ``docs/adding-a-channel.md``.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from watchlist.config import Channels, Config
    from watchlist.delivery.transports.channel import Channel
    from watchlist.ports import Transport

#: Channel to its section of the configuration, imported on first use. The section bears the channel's name there.
CHANNELS: dict[str, str] = {
    "email": "watchlist.delivery.transports.email:EmailConfig",
    "webhook": "watchlist.delivery.transports.webhook:WebhookConfig",
    "command": "watchlist.delivery.transports.command:CommandConfig",
    "jsonl": "watchlist.delivery.transports.jsonl:JsonlConfig",
    "apprise": "watchlist.delivery.transports.apprise:AppriseConfig",
}


def sections() -> Channels:
    """What `watchlist.config.load` has to know of the channels."""
    return {channel: partial(_section, channel) for channel in CHANNELS}


def full_config() -> type[Config]:
    """The configuration with the sections of all channels, named in it or not."""
    from watchlist.config import with_channels

    return with_channels({channel: _section(channel) for channel in CHANNELS})


def make_transports(config: Config) -> dict[str, Transport]:
    """The transports of the channels that are configured, by channel; empty when none is.

    Nothing is connected yet. Raises ConfigError for settings that a channel cannot work with.
    """
    made = {name: cast("Channel", section).transport() for name, section in config.channels.items()}
    return {name: transport for name, transport in made.items() if transport is not None}


def _section(channel: str) -> type[Channel]:
    module, _, name = CHANNELS[channel].partition(":")
    return cast("type[Channel]", getattr(import_module(module), name))
