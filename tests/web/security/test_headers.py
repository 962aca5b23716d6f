"""Every answer says what a browser may do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest

from tests.web.conftest import Served, serving_application
from tests.web.security.conftest import MakeSite
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.web.application import make_application
from watchlist.web.site import Site


@pytest.fixture(scope="module")
def served(worked: Callable[[], str]) -> Iterator[Served]:
    """A site with a route that breaks."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    application = make_application(Site(parts))

    @application.get("/broken")
    def broken() -> None:
        secret = "hunter2"
        raise RuntimeError(f"no {secret} here")

    @application.get("/api/v1/broken")
    def broken_too() -> None:
        raise RuntimeError("hunter2")

    with closing(parts.store), serving_application(application, parts) as site:
        yield site


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/static/site.css", 200),
        ("GET", "/static/site.css", 200),
        ("GET", "/healthz", 200),
        ("GET", "/login", 200),
        ("GET", "/no/such/page", 404),
        ("GET", "/api/v1/no/such", 404),
        ("POST", "/", 403),
        ("POST", "/static/site.css", 403),
        ("GET", "/broken", 500),
        ("GET", "/api/v1/broken", 500),
        ("GET", "/m/nonsense", 404),
    ],
)
def test_every_answer_has_them(served: Served, method: str, path: str, status: int) -> None:
    reply = served.client.request(method, path)
    assert reply.status_code == status
    policy = dict(each.split(" ", 1) for each in reply.headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert reply.headers["permissions-policy"].startswith("camera=()")
    assert reply.headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert "strict-transport-security" not in reply.headers
    assert "server" not in reply.headers


def test_a_fault_of_the_program_is_told_without_its_words(served: Served) -> None:
    for path in ("/broken", "/api/v1/broken"):
        reply = served.client.get(path)
        assert "hunter2" not in reply.text
        assert "Traceback" not in reply.text
    assert reply.headers["content-type"] == "application/problem+json"


def test_behind_https_browsers_come_by_no_other_way(site_with: MakeSite) -> None:
    site = site_with(public_url="https://watch.example")
    for path in ("/login", "/static/site.css", "/no/such", "/api/v1/x"):
        reply = site.client.get(path, headers={"Host": "watch.example"})
        assert reply.headers["strict-transport-security"] == "max-age=31536000"


def test_no_page_has_a_script_or_a_style_in_it(served: Served) -> None:
    """The policy forbids them, so they would do nothing."""
    for path in ("/", "/login", "/no/such", "/m/nonsense"):
        page = served.client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/static/../application.py",
        "/static/..%2fapplication.py",
        "/static/%2e%2e/application.py",
        "/static/..%5capplication.py",
        "/static//etc/passwd",
        "/static/%2fetc/passwd",
        "/static/site.css%00.py",
        "/static/....//application.py",
        "/static/",
        "/static/.",
    ],
)
def test_no_path_leads_out_of_what_is_served(served: Served, path: str) -> None:
    from urllib.parse import urlsplit

    host, port = urlsplit(served.url).hostname, urlsplit(served.url).port
    import http.client

    connection = http.client.HTTPConnection(str(host), port, timeout=60)
    # As it stands: a client would make it plain first.
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", f"{host}:{port}")
    connection.endheaders()
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    assert reply.status in (303, 400, 404, 405)
    assert b"make_application" not in body
    assert b"root:" not in body


def test_a_header_is_never_made_of_two_lines(served: Served) -> None:
    for wanted in ("/a%0d%0aSet-Cookie:%20evil=1", "/a\r\nSet-Cookie: evil=1"):
        reply = served.client.get("/login", params={"next": wanted})
        assert "evil" not in str(reply.headers)
    with httpx.Client(base_url=served.url) as client:
        assert "evil" not in str(client.get("/m/%0d%0aSet-Cookie:%20evil=1").headers)


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/api/v1/alerts", "/login", "/static/site.css", "/no/such"]
)
def test_the_head_of_an_answer_is_that_of_the_whole(served: Served, path: str) -> None:
    """Monitors and checkers of links ask for no more."""
    whole, head = served.client.get(path), served.client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]
    # The connection is good for the next.
    assert served.client.get("/healthz").status_code == 200
