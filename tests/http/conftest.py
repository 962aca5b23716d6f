"""The wire, with a scripted server at its other end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.scripted_server import ScriptedServer, serving
from watchlist.http.client import make_client
from watchlist.http.exchange import Validators
from watchlist.http.failures import HttpError
from watchlist.http.get import Wanted, get
from watchlist.http.limits import Limits

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MAX_BYTES = 200_000


@dataclass(frozen=True)
class Received:
    """What a good answer came to."""

    url: str
    status: int
    body: bytes
    validators: Validators
    moved_to: str | None
    not_modified: bool


Ask = Callable[..., Received]


def ask_with(
    client: httpx.Client, url: str, *, seconds: float = 5.0, connecting: float = math.inf, **options: Any
) -> Received:
    """Get an address, in memory and bounded."""
    limits = Limits.starting_now(seconds, MAX_BYTES, connecting)
    with get(client, Wanted(url, **options), limits, now=NOW) as answer:
        return Received(
            answer.url, answer.status, answer.read(), answer.validators, answer.moved_to, answer.not_modified
        )


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as server:
        yield server


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with make_client("test/1.0", deadline=5.0, proxies={}) as client:
        yield client


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Gets an address; see `ask_with`."""
    return lambda url, **options: ask_with(client, url, **options)


@pytest.fixture
def failure(ask: Ask) -> Callable[..., HttpError]:
    """The error that getting an address comes to."""

    def failure(url: str, **options: Any) -> HttpError:
        with pytest.raises(HttpError) as caught:
            ask(url, **options)
        return caught.value

    return failure
