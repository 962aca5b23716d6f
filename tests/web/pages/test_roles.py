"""Who may do what on the pages: whoever reads changes nothing, judges judge, lists and feeds are for admins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest
from fastapi.routing import APIRoute
from lxml import html

from tests.web.conftest import Served, serving
from tests.web.security.conftest import kept_password, token_of
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.model import UserRole
from watchlist.web.pages.routers import ROUTERS

#: What changes nothing though it is sent, and what a judge may.
FOR_READERS = {"/screen"}
FOR_JUDGES = {
    "/subjects/suppress",
    "/subjects/unsuppress",
    "/subjects/note",
    "/status/faults/ack",
    "/status/faults/unack",
    "/status/suppressions/{number}/remove",
    "/status/silences/add",
    "/status/silences/{number}/remove",
}


def sent() -> list[str]:
    """Every address that a form is sent to."""
    routes = [each for router in ROUTERS for each in router.routes if isinstance(each, APIRoute)]
    return sorted({each.path for each in routes if "POST" in each.methods})


@pytest.fixture(scope="module")
def guarded(worked: Callable[[], str]) -> Iterator[Served]:
    """A site with an account of each role."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(parts.store):
        for role in UserRole:
            parts.store.add_account(f"the-{role}", role, kept_password(), "root", parts.clock())
        with serving(parts) as site:
            yield site


def client_of(site: Served, role: UserRole) -> httpx.Client:
    """A client with a token of somebody of this role."""
    _, header = token_of(site, f"the-{role}")
    return httpx.Client(base_url=site.url, headers=header, timeout=60, trust_env=False)


@pytest.mark.parametrize("path", sent())
def test_a_route_is_closed_to_lesser_roles(guarded: Served, path: str) -> None:
    needed = UserRole.READ if path in FOR_READERS else UserRole.JUDGE if path in FOR_JUDGES else UserRole.ADMIN
    address = re.sub(r"\{(\w+)(:path)?\}", lambda found: "7" if found[1] in ("number", "feed_id") else "own", path)
    for role in UserRole:
        with client_of(guarded, role) as client:
            status = client.post(address, data={}).status_code
        assert (status == 403) == (not role.may(needed)), (role, status)


def test_whoever_reads_sees_no_form_that_changes_anything(guarded: Served) -> None:
    with client_of(guarded, UserRole.READ) as client:
        for path in ("/subjects/own:s-1", "/lists/own", "/lists", "/feeds", "/status", "/status/channels", "/screen"):
            reply = client.get(path)
            assert reply.status_code == 200, path
            forms = [each for each in html.document_fromstring(reply.text).forms if each.get("method") == "post"]
            assert {each.get("action") for each in forms} <= {"/screen", "/logout"}, path
        for path in ("/lists/own/new", "/lists/own/import", "/lists/own/entities/s-1", "/feeds/export.opml"):
            assert client.get(path).status_code == 403, path
