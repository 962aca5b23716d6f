"""Sites with accounts, and clients that log in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import pytest

from tests.web.conftest import Served, serving
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.model import AccessToken, UserRole
from watchlist.web.security.passwords import hashed
from watchlist.web.security.secrets import START, known_by, new_token

PASSWORD = "correct horse battery"

#: Makes a site over the worked database with an account of each role, with these settings of `web`.
MakeSite = Callable[..., Served]


class Ahead:
    """A clock that a test may set ahead."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@cache
def kept_password() -> str:
    """What is kept of the password; it takes a while to make."""
    return hashed(PASSWORD)


@pytest.fixture(scope="module")
def site_with(worked: Callable[[], str]) -> Iterator[MakeSite]:
    """Makes sites that the tests of a module share: their accounts are rea, jude and ada, by what they may."""
    with ExitStack() as stack:

        def make(database: str = "", *, has_accounts: bool = True, **web: Any) -> Served:
            config = full_config()(database=database or worked(), web=web)
            parts = replace(make_app(config, declares=False, creates=False), clock=Ahead())
            stack.enter_context(closing(parts.store))
            if has_accounts and not database:
                for name, role in (("rea", "read"), ("jude", "judge"), ("ada", "admin")):
                    parts.store.add_account(name, UserRole(role), kept_password(), "root", parts.clock())
            return stack.enter_context(serving(parts))

        yield make


@pytest.fixture(scope="module")
def guarded(site_with: MakeSite) -> Served:
    """A site with accounts."""
    return site_with()


@pytest.fixture
def visit() -> Iterator[Callable[..., httpx.Client]]:
    """Makes clients that have been nowhere yet."""
    with ExitStack() as stack:

        def make(site: Served, **options: Any) -> httpx.Client:
            return stack.enter_context(httpx.Client(base_url=site.url, timeout=60, trust_env=False, **options))

        yield make


@pytest.fixture
def fresh(served: Served, visit: Callable[..., httpx.Client]) -> httpx.Client:
    """A client of the site without accounts that has been nowhere yet."""
    return visit(served)


def enter(client: httpx.Client, name: str, password: str = PASSWORD, next: str = "/") -> httpx.Response:
    """Log in as a browser does."""
    form = {"csrf": field_of(client.get("/login").text), "name": name, "password": password, "next": next}
    return client.post("/login", data=form)


def field_of(page: str) -> str:
    """The token in a page's form."""
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found is not None, page
    return found[1]


def token_of(site: Served, name: str, expires_at: datetime | None = None) -> tuple[int, dict[str, str]]:
    """A token of an account: its number, and the header that sends it."""
    secret, store = new_token(), site.parts.store
    kept = AccessToken(0, name, "test", secret[:START], site.parts.clock(), expires_at)
    number = store.add_token(store.account(name), kept, known_by(secret), "root")
    return number, {"Authorization": f"Bearer {secret}"}
