"""Answers of the API, held to what it says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from tests.cli.conftest import call_main
from tests.web.conftest import Served
from watchlist.web import application

#: Calls a command on the site's database; gives what it printed.
Printed = Callable[..., str]
#: Asks the API and holds the answer to the shape that `/openapi.json` tells.
Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def ask(served: Served) -> Ask:
    """Asks as a program on this machine, and checks the shape of what comes."""
    routes = [each for router in application._API for each in router.routes if isinstance(each, APIRoute)]

    def asked(method: str, path: str, body: Any = None, *, status: int | None = None, **more: Any) -> httpx.Response:
        reply = httpx.request(method, served.url + path, json=body, trust_env=False, timeout=60, **more)
        if status is not None:
            assert reply.status_code == status, reply.text
        bare = path.partition("?")[0]
        route = next(each for each in routes if method in each.methods and each.path_regex.fullmatch(bare))
        if reply.is_success and route.response_model is not None:
            TypeAdapter(route.response_model).validate_json(reply.content)
        elif reply.is_error:
            assert reply.headers["content-type"] == "application/problem+json"
            assert reply.json()["status"] == reply.status_code
        return reply

    return asked


@pytest.fixture
def printed(served: Served, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Calls a command on the site's database."""

    def call(*arguments: str, stdin: bytes = b"") -> str:
        found = call_main(capsys, "--database", served.parts.config.database.url, *arguments, stdin=stdin)
        assert found.code == 0, found.err
        return found.out

    return call
