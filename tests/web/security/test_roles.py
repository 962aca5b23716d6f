"""What a route is open to is said by the route, and nothing is open that says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from tests.web.conftest import Served, serving_application
from tests.web.security.conftest import enter, kept_password, token_of
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.model import UserRole
from watchlist.web.application import make_application
from watchlist.web.security.current import Admin, Judge, Reader
from watchlist.web.security.gate import _OPEN
from watchlist.web.site import Site

Visit = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def guarded(worked: Callable[[], str]) -> Iterator[Served]:
    """A site with accounts, and a route for each role."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    application = make_application(Site(parts))

    def add(role: str, needed: object) -> None:
        def answer(user) -> dict[str, str]:  # type: ignore[no-untyped-def]
            return {"name": user.name}

        answer.__annotations__["user"] = needed
        application.add_api_route(f"/api/v1/{role}", answer, methods=["GET", "POST", "DELETE"], response_model=None)

    add("read", Reader)
    add("judge", Judge)
    add("admin", Admin)

    @application.get("/forgotten")
    def forgotten() -> str:
        return "whatever"

    with closing(parts.store):
        for role in UserRole:
            parts.store.add_account(f"the-{role}", role, kept_password(), "root", parts.clock())
        with serving_application(application, parts) as site:
            yield site


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("role", UserRole)
def test_each_role_may_what_it_may(guarded: Served, visit: Visit, role: UserRole, method: str) -> None:
    _, header = token_of(guarded, f"the-{role}")
    client = visit(guarded, headers=header)
    for needed in UserRole:
        reply = client.request(method, f"/api/v1/{needed}")
        assert reply.status_code == (200 if role.may(needed) else 403), needed
        if reply.status_code == 403:
            assert reply.json()["detail"] == f"this needs the role {needed}; the-{role} has {role}"
            assert reply.headers["content-type"] == "application/problem+json"


def test_a_judge_who_is_logged_in_calls_no_route_of_admins(guarded: Served, visit: Visit) -> None:
    client = visit(guarded)
    assert enter(client, "the-judge").status_code == 303
    assert client.get("/api/v1/judge").status_code == 200
    assert client.get("/api/v1/admin").status_code == 403
    guarded.parts.store.set_role("the-judge", UserRole.READ, "root", guarded.parts.clock())
    assert client.get("/api/v1/judge").status_code == 403
    guarded.parts.store.set_role("the-judge", UserRole.JUDGE, "root", guarded.parts.clock())


@pytest.mark.parametrize(
    "path", ["/forgotten", "/no/such/page", "/metrics", "/openapi.json", "/loginx", "/m/a/b", "/healthzz"]
)
def test_a_route_that_says_nothing_is_closed(guarded: Served, visit: Visit, path: str) -> None:
    reply = visit(guarded).get(path)
    assert reply.status_code in (303, 401)


def test_every_route_says_whom_it_is_for(served: Served) -> None:
    """One that changes something, that is; what only shows is closed to whoever is not logged in."""
    changing = [
        (path, route) for path, route in _routes(make_application(Site(served.parts))) if _changes(route) and path
    ]
    assert len(changing) > 40
    silent = {path for path, route in changing if _needed(route) is None and not _OPEN.fullmatch(path)}
    assert silent == set()


@pytest.mark.parametrize("role", [UserRole.READ, UserRole.JUDGE])
def test_nobody_calls_a_route_that_is_for_others(guarded: Served, visit: Visit, role: UserRole) -> None:
    """Of all routes there are, with a token and so past what holds browsers."""
    _, header = token_of(guarded, f"the-{role}")
    client = visit(guarded, headers=header)
    allowed, tried = [], 0
    for path, route in _routes(make_application(Site(guarded.parts))):
        needed = _needed(route)
        if needed is None or role.may(needed):
            continue
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}:
            tried += 1
            reply = client.request(method, path)
            if reply.status_code != 403 or f"needs the role {needed}" not in reply.text:
                allowed.append((method, path, reply.status_code))
    assert tried > 10
    assert allowed == []


def _routes(application: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    """All routes, each with an address that it answers."""
    left: list[object] = list(application.routes)
    while left:
        route = left.pop()
        if isinstance(route, APIRoute):
            yield re.sub(r"{[^}]*}", "1", route.path), route
        elif not isinstance(route, Mount):
            left += getattr(getattr(route, "original_router", None), "routes", [])


def _changes(route: APIRoute) -> bool:
    return bool((route.methods or set()) - {"GET", "HEAD", "OPTIONS"})


def _needed(route: APIRoute) -> UserRole | None:
    """The role that a route says it needs."""
    left = [route.dependant]
    while left:
        each = left.pop()
        if getattr(each.call, "__qualname__", "").startswith("_with."):
            return next(cell.cell_contents for cell in each.call.__closure__)
        left += each.dependencies
    return None
