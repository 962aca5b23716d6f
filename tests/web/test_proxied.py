"""The very files of ``deploy/`` for proxies, at work with TLS before ``watchlist serve``, on loopback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import trustme

from tests.web.conftest import csrf_of
from tests.web.security.conftest import PASSWORD, field_of, kept_password
from tests.web.test_serve import running, wait_for
from watchlist.app import App, make_app
from watchlist.delivery.transports import full_config
from watchlist.model import AccessKind, AccessToken, UserRole
from watchlist.web.security.secrets import START, known_by, new_token

pytestmark = pytest.mark.thorough

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "watchlist.example.org"
_OWN_PORT = 8765


@dataclass(frozen=True)
class Proxied:
    """A site behind a proxy."""

    #: Asks over TLS by the name that the file has.
    client: httpx.Client
    parts: App
    port: int
    plain_port: int
    authority: trustme.CA


class _ByName(httpx.HTTPTransport):
    """Goes to loopback for a name that no server of names knows."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        named = {**request.extensions, "sni_hostname": request.url.host}
        here = request.url.copy_with(host="127.0.0.1")
        # Another one: cookies are of the name.
        return super().handle_request(
            httpx.Request(request.method, here, headers=request.headers, stream=request.stream, extensions=named)
        )


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    """The file with what is of another machine replaced; each has to stand there."""
    for old, new in pairs:
        assert old in text, f"{old} no longer stands in the file"
        text = text.replace(old, new)
    return text


@contextmanager
def _nginx(folder: Path, server: int, port: int, plain_port: int) -> Iterator[None]:
    site = _replaced(
        (DEPLOY / "nginx.conf").read_text(),
        (f"/etc/letsencrypt/live/{NAME}/", f"{folder}/"),
        # Without IPv6 on every machine that tests run on.
        ("listen [::]:443", f"listen 127.0.0.2:{port}"),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen [::]:80", f"listen 127.0.0.2:{plain_port}"),
        ("listen 80", f"listen 127.0.0.1:{plain_port}"),
        (f"127.0.0.1:{_OWN_PORT}", f"127.0.0.1:{server}"),
    )
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    # Its own user may not go where only we may.
    user = "user root; " if os.getuid() == 0 else ""
    whole = f"{user}pid {folder}/pid; events {{}} http {{ access_log off; {places} include {folder}/site.conf; }}"
    (folder / "nginx.conf").write_text(whole)
    command = ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", "stderr"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "emerg" not in checked.stderr
    with _at_work([*command, "-g", "daemon off;"], folder, port):
        yield


@contextmanager
def _caddy(folder: Path, server: int, port: int, plain_port: int) -> Iterator[None]:
    site = _replaced(
        (DEPLOY / "Caddyfile").read_text(),
        (f"\n{NAME} {{\n", f"\n{NAME} {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"),
        (f"127.0.0.1:{_OWN_PORT}", f"127.0.0.1:{server}"),
    )
    own = f"{{\n\tadmin off\n\thttp_port {plain_port}\n\thttps_port {port}\n}}\n"
    (folder / "Caddyfile").write_text(own + site)
    with _at_work(["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], folder, port):
        yield


@contextmanager
def _at_work(command: list[str], folder: Path, port: int) -> Iterator[None]:
    log = folder / "proxy.log"
    homes = {each: str(folder) for each in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stderr=stream, stdout=stream, env={"PATH": "/usr/sbin:/usr/bin", **homes})

    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_for(answers)
        yield
    finally:
        process.terminate()
        process.wait(30)


_PROXIES = {"nginx": _nginx, "caddy": _caddy}


@pytest.fixture(scope="module", params=_PROXIES)
def proxied(
    request: pytest.FixtureRequest, worked: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxied]:
    name = request.param
    if shutil.which(name, path="/usr/sbin:/usr/bin") is None:
        pytest.skip(f"{name} is not installed, so deploy/ has a file for it that is not tried here")
    folder = tmp_path_factory.mktemp(name)
    # Its workers may be of another user.
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    authority = trustme.CA()
    issued = authority.issue_cert(NAME)
    issued.private_key_pem.write_to_path(folder / "privkey.pem")
    for part in issued.cert_chain_pems:
        part.write_to_path(folder / "fullchain.pem", append=True)
    port, plain_port = _free_ports(2)
    database, public = worked(), f"https://{NAME}:{port}"
    config = {"database": {"url": database}, "logging": {"level": "info"}}
    # As docs/deploying.md says.
    config["web"] = {"public_url": public, "trusted_proxies": ["127.0.0.1"]}
    (folder / "config.yaml").write_text(json.dumps(config))
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    parts = make_app(full_config()(database=database), declares=False, creates=False)
    with closing(parts.store), ExitStack() as stack:
        parts.store.add_account("ada", UserRole.ADMIN, kept_password(), "root", parts.clock())
        _, url, _ = stack.enter_context(running(folder))
        stack.enter_context(_PROXIES[name](folder, int(url.rpartition(":")[2]), port, plain_port))
        client = httpx.Client(base_url=public, transport=_ByName(verify=trusting), timeout=60, trust_env=False)
        yield Proxied(stack.enter_context(client), parts, port, plain_port, authority)


@pytest.fixture(scope="module")
def token(proxied: Proxied) -> dict[str, str]:
    secret, store = new_token(), proxied.parts.store
    kept = AccessToken(0, "ada", "test", secret[:START], datetime.now(UTC), None)
    store.add_token(store.account("ada"), kept, known_by(secret), "root")
    return {"Authorization": f"Bearer {secret}"}


def test_somebody_logs_in_and_judges(proxied: Proxied) -> None:
    client = proxied.client
    sent = client.get("/alerts/1")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=/alerts/1")
    login = client.get("/login")
    assert "max-age" in login.headers["strict-transport-security"]
    form = {"csrf": field_of(login.text), "name": "ada", "password": PASSWORD, "next": "/alerts/1"}
    entered = client.post("/login", data=form, headers={"Origin": str(client.base_url).rstrip("/")})
    assert entered.status_code == 303, entered.text
    assert entered.headers["location"] == "/alerts/1"
    cookies = entered.headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in each and "HttpOnly" in each for each in cookies)
    assert "Confirm" in client.get("/alerts/1").text
    judged = client.post(
        "/api/v1/alerts/1/judgements", json={"action": "confirm", "seen": 0}, headers={"X-CSRF-Token": csrf_of(client)}
    )
    assert judged.status_code == 200, judged.text
    assert proxied.parts.store.alert_details((1,))[0].judgements[-1].by == "ada"
    client.cookies.clear()


def test_what_a_browser_says_of_its_address_is_not_believed(proxied: Proxied) -> None:
    refused = proxied.client.get(
        "/api/v1/status", headers={"Authorization": "Bearer wlt_wrong", "X-Forwarded-For": "203.0.113.9"}
    )
    assert refused.status_code == 401
    event = proxied.parts.store.access_log(1)[0]
    assert (event.kind, event.address) == (AccessKind.TOKEN_REFUSED, "127.0.0.1")


def test_a_program_hands_in_what_is_large_and_gets_all_of_what_is_long(proxied: Proxied, token: dict[str, str]) -> None:
    lines = "".join(json.dumps({"title": f"Article {n}", "text": "It rained. " * 1_000}) + "\n" for n in range(600))
    assert len(lines) > 6_000_000
    given = {**token, "Content-Type": "application/x-ndjson"}
    taken = proxied.client.post("/api/v1/articles?feed=wire", content=lines, headers=given)
    assert taken.status_code == 200, taken.text
    assert taken.text.count("\n") >= 600 or taken.json()["accepted"] == 600
    screened = proxied.client.post(
        "/api/v1/screen", json={"text": "Grey Harbour Shipping Co. said so. " * 2_000}, headers=token
    )
    assert screened.json()[0]["entity"] == "own:s-1"
    too_large = proxied.client.post("/api/v1/articles", content=b" " * 34_000_000, headers=given)
    assert too_large.status_code == 413


def test_another_name_and_the_open_line_get_nothing(proxied: Proxied) -> None:
    with httpx.Client(trust_env=False, timeout=60) as open_line:
        moved = open_line.get(f"http://127.0.0.1:{proxied.plain_port}/alerts/1", headers={"Host": NAME})
    assert moved.status_code in (301, 308)
    assert moved.headers["location"].startswith(f"https://{NAME}")
    assert moved.headers["location"].endswith("/alerts/1")
    other = proxied.client.get("/login", headers={"Host": "evil.example"})
    assert other.status_code in (421, 404) or not other.content


def test_http_2_is_spoken(proxied: Proxied) -> None:
    context = ssl.create_default_context()
    proxied.authority.configure_trust(context)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", proxied.port), timeout=60) as line,
        context.wrap_socket(line, server_hostname=NAME) as safe,
    ):
        assert safe.selected_alpn_protocol() == "h2"
