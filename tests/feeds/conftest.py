"""What feeds and pages are fetched with, and from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.scripted_server import ScriptedServer, serving
from watchlist.config import FetchConfig, ScheduleConfig
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.client import make_client

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as server:
        yield server


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def options() -> FetchConfig:
    return FetchConfig(deadline=60, max_bytes=200_000)


@pytest.fixture
def poll_options(lent_readers: None) -> PollOptions:
    # Nothing here is to end for time alone; where it is to, the test says when.
    return PollOptions(FetchConfig(deadline=60, concurrency=4), ScheduleConfig(feeds=900), parse_deadline=60)


@pytest.fixture
def client(options: FetchConfig) -> Iterator[httpx.Client]:
    with make_client(options.user_agent, deadline=options.deadline, proxies={}) as client:
        yield client


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as sandbox:
        yield sandbox
