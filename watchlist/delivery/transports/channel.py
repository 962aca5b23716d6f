"""What every channel has: a section in the configuration that makes its transport."""

from __future__ import annotations

from abc import ABC, abstractmethod

from watchlist.config import Section
from watchlist.ports import Transport


class Channel(Section, ABC):
    """The section of one channel: its settings, with a default for each, and the transport they make."""

    @abstractmethod
    def transport(self) -> Transport | None:
        """The transport of these settings, with nothing connected yet; None where the channel is not set up.

        Raises ConfigError, with the key, for settings that it cannot work with.
        """
