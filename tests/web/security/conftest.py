"""Sites with accounts, clients that are logged in, and routes that stand for those of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest

from tests.web.conftest import Served, serving
from watchlist.app import make_app
from watchlist.delivery.transports import full_config

#: Makes a site over the worked database, with these settings of `web`.
MakeSite = Callable[..., Served]


@pytest.fixture(scope="module")
def site_with(worked: Callable[[], str]) -> Iterator[MakeSite]:
    """Makes sites that the tests of a module share."""
    with ExitStack() as stack:

        def make(**web: Any) -> Served:
            parts = make_app(full_config()(database=worked(), web=web), declares=False, creates=False)
            stack.enter_context(closing(parts.store))
            return stack.enter_context(serving(parts))

        yield make


@pytest.fixture
def fresh(served: Served) -> Iterator[httpx.Client]:
    """A client that has been nowhere yet."""
    with httpx.Client(base_url=served.url, timeout=60, trust_env=False) as client:
        yield client
