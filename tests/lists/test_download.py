from __future__ import annotations

import gzip
import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from watchlist.config import FetchConfig
from watchlist.errors import ListFetchError
from watchlist.http.exchange import Validators
from watchlist.lists.download import Downloaded, DownloadOptions, FileUnchanged, download

NONE = Validators()
OPTIONS = DownloadOptions("Mozilla/5.0 (compatible; test)", deadline=50.0, max_bytes=1_000_000, backoff=0.01)
BODY = b"<sdnList/>" * 100

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(key.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return send


def in_turn(*answers: Answer) -> Answer:
    waiting = list(answers)

    def send(request: BaseHTTPRequestHandler) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(request)

    return send


def fetch(url: str, into: Path, options: DownloadOptions = OPTIONS, validators: Validators = NONE) -> Downloaded:
    got = download("mine", url, validators, options, into)
    assert isinstance(got, Downloaded)
    return got


def refused(url: str, into: Path, options: DownloadOptions = OPTIONS) -> str:
    with pytest.raises(ListFetchError) as caught:
        download("mine", url, NONE, options, into)
    assert caught.value.list_id == "mine"
    assert list(into.iterdir()) == []
    return str(caught.value)


def test_a_file_is_stored_with_its_digest_and_validators(server: Any, tmp_path: Path) -> None:
    url = server("/exports/SDN.XML", answer(200, BODY, ETag='W/"\xe9 1"', Last_Modified="yesterday, more or less"))
    got = fetch(url, tmp_path)
    assert got.path == tmp_path / "SDN.XML"
    assert got.path.read_bytes() == BODY
    assert (got.url, got.size, got.sha256) == (url, len(BODY), hashlib.sha256(BODY).hexdigest())
    assert got.validators == Validators('W/"\xe9 1"', "yesterday, more or less")
    assert server.asked("/exports/SDN.XML")[0]["user-agent"] == OPTIONS.user_agent
    assert [path.name for path in tmp_path.iterdir()] == ["SDN.XML"]


def test_validators_go_back_byte_for_byte_and_304_is_a_value(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(304))
    validators = Validators('W/"\xe9 1"', "yesterday, more or less")
    assert download("mine", url, validators, OPTIONS, tmp_path) == FileUnchanged(url, validators)
    asked = server.asked("/SDN.XML")[0]
    assert (asked["if-none-match"], asked["if-modified-since"]) == (validators.etag, validators.last_modified)
    assert list(tmp_path.iterdir()) == []


def test_without_validators_nothing_conditional_is_asked(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(304))
    assert "304 Not Modified although no validators were sent" in refused(url, tmp_path)
    assert not {"if-none-match", "if-modified-since"} & set(server.asked("/SDN.XML")[0])


def test_a_redirect_is_followed_and_its_target_forgotten(server: Any, tmp_path: Path) -> None:
    server("/signed/blob?sig=abc", answer(200, BODY))
    url = server("/exports/SDN.XML", answer(302, Location="/signed/blob?sig=abc"))
    got = fetch(url, tmp_path)
    assert (got.url, got.path.name) == (url, "SDN.XML")
    assert "signed" not in repr(got)


def test_a_redirect_loop_ends(server: Any, tmp_path: Path) -> None:
    url = server("/loop", answer(302, Location="/loop"))
    assert refused(url, tmp_path).endswith("/loop: Exceeded maximum allowed redirects.")


@pytest.mark.parametrize(
    ("status", "advice"), [(404, "404 Not Found; the list may have moved"), (403, "set fetch.user_agent")]
)
def test_a_refusal_is_reported_at_once_with_advice(server: Any, tmp_path: Path, status: int, advice: str) -> None:
    url = server("/SDN.XML", answer(status, b"no"))
    assert advice in refused(url, tmp_path)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_passing_failure_is_tried_again(server: Any, tmp_path: Path, status: int) -> None:
    url = server("/SDN.XML", in_turn(answer(status), answer(status), answer(200, BODY)))
    assert fetch(url, tmp_path).size == len(BODY)
    assert len(server.requests) == 3


def test_a_lasting_failure_is_given_up_after_the_tries(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(503))
    assert "the server answered 503 Service Unavailable" in refused(url, tmp_path)
    assert len(server.requests) == 3


def test_the_servers_wait_is_kept(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", in_turn(answer(429, Retry_After="1"), answer(200, BODY)))
    started = time.monotonic()
    fetch(url, tmp_path)
    assert time.monotonic() - started >= 1.0


def test_a_wait_given_as_a_date_is_read_against_the_servers_clock(server: Any, tmp_path: Path) -> None:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response_only(429)
        request.send_header("Date", "Tue, 01 Jan 2030 00:00:00 GMT")
        request.send_header("Retry-After", "Tue, 01 Jan 2030 01:00:00 GMT")
        request.end_headers()

    assert "asks to wait 3600 s" in refused(server("/SDN.XML", send), tmp_path)


@pytest.mark.parametrize(("wait", "message"), [("500", "asks to wait 500 s"), ("60", "answered 429")])
def test_a_wait_that_is_too_long_is_not_waited(server: Any, tmp_path: Path, wait: str, message: str) -> None:
    url = server("/SDN.XML", answer(429, Retry_After=wait))
    started = time.monotonic()
    assert message in refused(url, tmp_path)
    assert time.monotonic() - started < OPTIONS.deadline
    assert len(server.requests) == 1


def test_a_dead_host_is_reported(tmp_path: Path) -> None:
    assert "the connection failed" in refused("http://127.0.0.1:9/SDN.XML", tmp_path)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/SDN.XML", "http://[::1", "nonsense"])
def test_an_address_that_cannot_be_fetched_is_reported(tmp_path: Path, url: str) -> None:
    assert url in refused(url, tmp_path)


def test_a_truncated_body_is_tried_again_and_then_reported(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(200, BODY, Content_Length=str(len(BODY) + 1)))
    assert "the connection failed" in refused(url, tmp_path)
    assert len(server.requests) == 3
    server("/SDN.XML", in_turn(answer(200, BODY, Content_Length=str(len(BODY) + 1)), answer(200, BODY)))
    assert fetch(url, tmp_path).size == len(BODY)


def test_a_content_encoding_is_undone(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(200, gzip.compress(BODY), Content_Encoding="gzip"))
    assert fetch(url, tmp_path).path.read_bytes() == BODY


def test_a_gzip_file_that_is_the_body_stays_packed(server: Any, tmp_path: Path) -> None:
    packed = gzip.compress(BODY)
    url = server("/SDN.XML.gz", answer(200, packed, Content_Type="application/gzip"))
    assert fetch(url, tmp_path).path.read_bytes() == packed


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("gzip", gzip.compress(BODY)[:-12], "the compressed answer is cut off before its end"),
        (
            "gzip",
            b"plain",
            "the compressed answer is damaged: Error -3 while decompressing data: incorrect header check",
        ),
        ("br", b"x", "the server sent content encoding 'br', which was not asked for"),
    ],
)
def test_a_damaged_encoding_is_reported(server: Any, tmp_path: Path, encoding: str, body: bytes, message: str) -> None:
    assert message in refused(server("/SDN.XML", answer(200, body, Content_Encoding=encoding)), tmp_path)


def test_a_gzip_bomb_stops_at_the_limit(server: Any, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < OPTIONS.max_bytes
    url = server("/SDN.XML", answer(200, bomb, Content_Encoding="gzip"))
    assert "more than 1,000,000 bytes (fetch.list_max_bytes)" in refused(url, tmp_path)


def test_a_body_without_end_stops_at_the_limit(server: Any, tmp_path: Path) -> None:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(bytes(65536))

    assert "more than 1,000,000 bytes" in refused(server("/SDN.XML", send), tmp_path)


def drip(where: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if where == "body":
            request.wfile.write(b"Connection: close\r\n\r\n")
        for _ in range(3000):
            request.wfile.write(b"X")
            time.sleep(0.05)

    return send


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_dripping_server_is_cut_at_the_deadline(server: Any, tmp_path: Path, where: str) -> None:
    started = time.monotonic()
    message = refused(server("/SDN.XML", drip(where)), tmp_path, replace(OPTIONS, deadline=0.5))
    assert "not done within 0.5 s" in message
    assert time.monotonic() - started < 60


def after(seconds: float, then: Answer) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        then(request)

    return send


def test_an_authority_that_is_silent_before_the_first_byte_is_waited_for(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Sixty times as fast as in life: 90 s of silence, where a connection may take 60 s and the list 10 minutes.
    monkeypatch.setattr("watchlist.lists.download._CONNECTING", 1.0)
    url = server("/content", after(1.5, answer(200, BODY)))
    assert fetch(url, tmp_path, replace(OPTIONS, deadline=10.0)).size == len(BODY)
    assert len(server.requests) == 1, "no try is thrown away"


@pytest.mark.thorough
def test_nor_is_one_that_is_silent_and_then_fails_and_then_is_silent_again(server: Any, tmp_path: Path) -> None:
    url = server("/content", in_turn(after(0.5, answer(500)), after(0.5, answer(500)), after(1.5, answer(200, BODY))))
    assert fetch(url, tmp_path, replace(OPTIONS, deadline=10.0)).size == len(BODY)
    assert len(server.requests) == 3


def test_one_that_stays_silent_is_left_at_the_deadline(server: Any, tmp_path: Path) -> None:
    url = server("/content", after(3.0, answer(200, BODY)))
    message = refused(url, tmp_path, replace(OPTIONS, deadline=0.5))
    assert "not done within 0.5 s; raise fetch.list_deadline if the server is slow" in message
    assert len(server.requests) == 1


def test_a_folder_that_cannot_be_written_is_reported(server: Any, tmp_path: Path) -> None:
    url = server("/SDN.XML", answer(200, BODY))
    with pytest.raises(ListFetchError, match="No such file or directory"):
        download("mine", url, NONE, OPTIONS, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("path", "name"), [("/a/..%2f..%2fetc%2fpasswd", "passwd"), ("/", "list"), ("/x/content?token=1", "content")]
)
def test_the_file_name_stays_inside_the_folder(server: Any, tmp_path: Path, path: str, name: str) -> None:
    assert fetch(server(path, answer(200, BODY)), tmp_path).path == tmp_path / name


def test_the_options_come_from_the_configuration() -> None:
    options = DownloadOptions.from_config(
        FetchConfig(user_agent="me", list_deadline=7, list_max_bytes=9, allow=("10.0.0.0/8",))
    )
    assert (options.user_agent, options.deadline, options.max_bytes) == ("me", 7, 9)
    assert options.allow == ("10.0.0.0/8",)


def test_a_redirect_to_an_address_that_is_not_public_is_refused(server: Any, tmp_path: Path) -> None:
    elsewhere = server.url.replace("127.0.0.1", "127.0.0.2")
    url = server("/SDN.XML", answer(302, Location=f"{elsewhere}/inside"))
    told = refused(url, tmp_path)
    assert f"{url}: not fetched: 127.0.0.2, this machine itself; if that is meant, put 127.0.0.2 into 'allow'" in told
    assert len(server.requests) == 1, "asking again would not help"


def test_but_not_where_the_configuration_allows_it(server: Any, tmp_path: Path) -> None:
    server("/inside", answer(200, BODY))
    url = server("/SDN.XML", answer(302, Location=server.url.replace("127.0.0.1", "localhost") + "/inside"))
    assert "put localhost into 'allow'" in refused(url, tmp_path)
    assert fetch(url, tmp_path, replace(OPTIONS, allow=("localhost",))).size == len(BODY)


def test_the_systems_proxy_is_used(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    url = "http://lists.invalid/SDN.XML"
    server.answers[url] = answer(200, BODY)
    assert fetch(url, tmp_path).size == len(BODY)
    assert server.asked(url)[0]["host"] == "lists.invalid"


def test_from_https_to_http_no_redirect_is_followed(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = server("/plain", answer(200, BODY))
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    into = tmp_path / "lists"
    into.mkdir()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(302, Location=plain)(self)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as https:
        https.socket = context.wrap_socket(https.socket, server_side=True)
        thread = threading.Thread(target=https.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            told = refused(f"https://127.0.0.1:{https.server_address[1]}/SDN.XML", into)
        finally:
            https.shutdown()
            thread.join()
    assert told.endswith("redirects from https to an address that is not; the file could be anybody's")
    assert server.requests == []
