"""What another site's page has a browser send changes nothing, whichever route it is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from fastapi import Request, UploadFile

from tests.web.conftest import Served, csrf_of, serving_application
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.web.application import make_application
from watchlist.web.site import Site


@pytest.fixture(scope="module")
def served(worked: object) -> Iterator[Served]:
    """A site with routes that think of nothing."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)  # type: ignore[operator]
    application = make_application(Site(parts))

    @application.post("/form")
    async def form(request: Request) -> dict[str, str]:
        return {key: str(value) for key, value in (await request.form()).items()}

    @application.post("/file")
    async def file(file: UploadFile) -> dict[str, int]:
        return {"size": len(await file.read())}

    @application.post("/api/v1/thing")
    async def thing(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    with closing(parts.store), serving_application(application, parts) as site:
        yield site


def test_a_form_with_the_token_reaches_its_route(served: Served) -> None:
    reply = served.client.post("/form", data={"csrf": served.csrf, "why": "a & b = c+d"})
    assert reply.json()["why"] == "a & b = c+d"


def test_a_file_with_the_token_reaches_its_route(served: Served) -> None:
    reply = served.client.post("/file", data={"csrf": served.csrf}, files={"file": ("a.txt", b"x" * 70_000)})
    assert reply.json() == {"size": 70_000}


def test_a_script_sends_the_token_in_a_header(served: Served) -> None:
    reply = served.client.post("/api/v1/thing", headers={"X-CSRF-Token": served.csrf}, content=b"123")
    assert reply.json() == {"size": 3}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("token", [None, "", "0" * 64, "\u00e9"])
def test_a_form_without_the_token_changes_nothing(served: Served, method: str, token: str | None) -> None:
    csrf_of(served.client)
    reply = served.client.request(method, "/form", data={"why": "x"} | ({} if token is None else {"csrf": token}))
    assert reply.status_code == 403
    assert "open the page anew" in reply.text


def test_a_file_without_the_token_changes_nothing(served: Served) -> None:
    csrf_of(served.client)
    assert served.client.post("/file", files={"file": ("a.txt", b"x")}).status_code == 403


def test_the_token_of_another_browser_changes_nothing(served: Served, fresh: httpx.Client) -> None:
    csrf_of(fresh)
    assert fresh.post("/form", data={"csrf": served.csrf}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_is_refused_by_the_browsers_word(served: Served, headers: dict[str, str]) -> None:
    """Even with the token: somebody may have got hold of one."""
    reply = served.client.post("/form", data={"csrf": served.csrf}, headers=headers)
    assert reply.status_code == 403
    assert "page of another site" in reply.text


def test_our_own_page_is_known_by_the_browsers_word(served: Served) -> None:
    headers = {"Origin": served.url, "Sec-Fetch-Site": "same-origin"}
    assert served.client.post("/form", data={"csrf": served.csrf}, headers=headers).status_code == 200


def test_a_program_on_this_machine_needs_no_token_for_what_no_page_can_send(
    served: Served, fresh: httpx.Client
) -> None:
    assert fresh.post("/api/v1/thing", json={"a": 1}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("text/plain", {}),
        ("application/x-www-form-urlencoded", {}),
        ("application/json", {"Origin": "https://elsewhere.example"}),
        ("application/json", {"Sec-Fetch-Mode": "no-cors"}),
        ("application/json", {"Cookie": "watchlist_visit=x"}),
    ],
)
def test_what_a_page_could_send_a_program_sends_with_a_token(
    fresh: httpx.Client, kind: str, headers: dict[str, str]
) -> None:
    reply = fresh.post("/api/v1/thing", content=b"{}", headers={"Content-Type": kind, **headers})
    assert reply.status_code == 403
    assert reply.headers["content-type"] == "application/problem+json"
