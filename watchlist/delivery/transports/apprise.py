"""Apprise: its section of the configuration, and the transport for the chat and push services that it knows."""

from __future__ import annotations

from typing import Any
from warnings import catch_warnings, simplefilter

from pydantic import Field, SecretStr

from watchlist.delivery.transports.channel import Channel
from watchlist.errors import ConfigError, DeliveryError
from watchlist.ports import Message, Said

#: Services cut longer messages off, or into many.
_MOST_WORDS = 3000


class AppriseConfig(Channel):
    """Messages by Slack, Teams, Telegram, Matrix and others; no ``urls`` means none. Needs the extra ``channels``."""

    #: What each service is called here, and its address as Apprise writes it, which holds a secret.
    urls: dict[str, SecretStr] = Field(default={})

    def transport(self) -> AppriseTransport | None:
        """The transport once there is an address; raises ConfigError for one that Apprise does not know."""
        return AppriseTransport(self.urls) if self.urls else None


class AppriseTransport:
    """Sends messages in short to services, each of which is a recipient."""

    channel = "apprise"

    def __init__(self, urls: dict[str, SecretStr]) -> None:
        """Take the addresses; nothing is connected."""
        self.recipients = tuple(urls)
        self._urls = urls
        for name, url in urls.items():
            if _service(url.get_secret_value()) is None:
                raise ConfigError("is no address that Apprise knows", key=f"apprise.urls.{name}")

    def preview(self, message: Message) -> str:
        """The subject and the text in short."""
        from watchlist.delivery.brief import brief

        return brief(message, _MOST_WORDS)

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Send one message to one service; raises DeliveryError when it was not taken."""
        from watchlist.delivery.transports.apprise_log import listening

        address = self._urls[message.recipient].get_secret_value()
        title, _, body = self.preview(message).partition("\n")
        with listening(address) as heard:
            taken = _service(address).notify(title=title, body=body.strip())
        words = "; ".join(heard)
        if said:
            said(f"> {message.recipient}, {len(body)} characters")
            said(f"< {'taken' if taken else 'not taken'}{f': {words}' if words else ''}")
        if not taken:
            text = f"{message.recipient} did not take it{f' ({words})' if words else ''}: check apprise.urls"
            raise DeliveryError(self.channel, text, blame="recipient")
        return "taken"


def _service(address: str) -> Any:
    """The library's object for an address; None for one that it does not know."""
    try:
        # It imports what Python is to drop, which is nothing that a user could mend.
        with catch_warnings():
            simplefilter("ignore", DeprecationWarning)
            from apprise import Apprise

            service = Apprise()
            return service if service.add(address) else None
    except ModuleNotFoundError as error:
        hint = "install the extra: pip install 'watchlist[channels]'"
        raise ConfigError(f"needs the module {error.name}; {hint}", key="apprise") from error
