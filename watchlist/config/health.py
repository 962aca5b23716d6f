"""What others may be told of how it stands."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from watchlist.config.values import HostOrNetwork, Seconds, Whole


def _http_address(value: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(value.get_secret_value())
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError("is no http(s) address")
    return value


class HealthConfig(BaseModel):
    """The addresses that the daemon answers at, and the server that is told of each run."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    #: Where the daemon listens; this machine alone unless another address is written.
    host: str = "127.0.0.1"
    #: None means that it does not listen.
    port: Annotated[Whole, Field(ge=1, le=65535)] | None = None
    #: Whether /metrics answers; needs the extra.
    metrics: bool = False
    #: Whoever knows it may be able to ping, so it is kept like a password.
    ping_url: Annotated[SecretStr, AfterValidator(_http_address)] | None = None
    #: Between two pings of a daemon for which nothing has changed.
    ping_every: Seconds = 60.0
    ping_timeout: Seconds = 10.0
    #: Hosts, addresses and networks that are not public and may be pinged all the same.
    allow: tuple[HostOrNetwork, ...] = ()

    @model_validator(mode="after")
    def _metrics_have_a_port(self) -> Self:
        if self.metrics and self.port is None:
            raise ValueError("metrics need a port to be asked at: set port, such as 9464")
        return self
