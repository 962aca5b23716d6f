"""A webhook: its section of the configuration, and the transport that posts messages as signed JSON."""

from __future__ import annotations

import hashlib
import hmac
import time
from urllib.parse import urlsplit

from pydantic import SecretStr

from watchlist.config.values import HostOrNetwork, Seconds
from watchlist.delivery.transports.channel import Channel
from watchlist.errors import ConfigError
from watchlist.ports import Message, Said


class WebhookConfig(Channel):
    """Messages as JSON to an address; no ``url`` means none."""

    #: Whoever knows it may be able to post, so it is kept like a password.
    url: SecretStr | None = None
    #: What the signature is made with; without it there is none.
    secret: SecretStr | None = None
    #: Hosts, addresses and networks that are not public and may be posted to all the same.
    allow: tuple[HostOrNetwork, ...] = ()
    timeout: Seconds = 30.0

    def transport(self) -> WebhookTransport | None:
        """The transport once an address is set; raises ConfigError for one that is no http(s) address."""
        return WebhookTransport(self, self.url.get_secret_value()) if self.url else None


class WebhookTransport:
    """Posts messages to one address."""

    channel = "webhook"
    recipients: tuple[str, ...] = ("",)

    def __init__(self, config: WebhookConfig, url: str) -> None:
        """Take the configuration; nothing is connected."""
        self._config, self._url = config, url
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ConfigError("is no http(s) address", key="webhook.url")

    def preview(self, message: Message) -> str:
        """The body of the request, indented."""
        from watchlist.delivery.payload import as_json, payload

        return as_json(payload(message), indent=2)

    def probe(self) -> str:
        """Ask what its address allows and post nothing: any answer says that it is there. Raises DeliveryError."""
        from watchlist.delivery.transports.post import reach

        answer = reach(self.channel, self._url, self._config.timeout, self._config.allow)
        return f"{urlsplit(self._url).hostname} answers ({answer})"

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Post one message, telling ``said`` how it goes; returns the answer. Raises DeliveryError as `post` does."""
        from watchlist.delivery.payload import as_json, payload
        from watchlist.delivery.transports.post import Post, post

        body = as_json(payload(message)).encode()
        headers = [(b"Content-Type", b"application/json"), (b"Idempotency-Key", message.idempotency_key.encode())]
        headers += self._signature(body)
        return post(Post(self.channel, self._url, headers, body, self._config.timeout, self._config.allow), said)

    def _signature(self, body: bytes) -> list[tuple[bytes, bytes]]:
        moment = str(int(time.time())).encode()
        stamped = [(b"X-Watchlist-Timestamp", moment)]
        if self._config.secret is None:
            return stamped
        key = self._config.secret.get_secret_value().encode()
        digest = hmac.new(key, moment + b"." + body, hashlib.sha256).hexdigest()
        return [*stamped, (b"X-Watchlist-Signature", f"sha256={digest}".encode())]
