"""Downloads one list file over HTTP: conditional where the server offers it, bounded in bytes and in wall clock time.

httpx has no total deadline and inflates without bound, so the clock and the inflating are kept here. Redirects are
followed and forgotten: OFAC's lead to a signed address that expires, and only the address asked for is ever stored.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import unquote, urlsplit

import httpx
import tenacity

from watchlist.config import FetchConfig
from watchlist.errors import ListFetchError
from watchlist.lists.deadline import Deadline, DeadlineError
from watchlist.lists.inflate import BodyError, Inflater
from watchlist.lists.retry import RetryableError, retry_after, wait_before_retry

_REDIRECTS = 5
#: The longest silence on the wire, in seconds; the deadline bounds the whole.
_SILENCE = 60.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave with the last copy, to be sent back byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Limits and manners of a download; times in seconds, sizes in bytes."""

    user_agent: str
    #: Wall clock for one file, from connecting to the last byte, all tries together.
    deadline: float
    #: The most a file may have, on the wire and after decompression.
    max_bytes: int
    #: Tries in all, when the network fails or the server answers 429 or 5xx.
    attempts: int = 3
    #: The wait before the second try; it doubles for each further one.
    backoff: float = 2.0
    #: A server that asks for a longer wait than this is not waited for.
    max_retry_after: float = 120.0

    @classmethod
    def from_config(cls, fetch: FetchConfig) -> Self:
        """The options of the configuration's ``fetch`` section."""
        return cls(user_agent=fetch.user_agent, deadline=fetch.list_deadline, max_bytes=fetch.list_max_bytes)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that was downloaded in full."""

    #: The address that was asked for, not where it led.
    url: str
    path: Path
    #: SHA-256 of the file as stored.
    sha256: str
    size: int
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that the last copy is current."""

    url: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a body goes, and until when."""

    path: Path
    deadline: Deadline


def download(
    list_id: str, url: str, validators: Validators, options: DownloadOptions, into: Path
) -> Downloaded | NotModified:
    """Fetch ``url`` into the folder ``into``, under the file name of the address.

    ``validators`` are those of the last copy of this very address; pass empty ones to get the file in any case. Network
    failures, 429 and 5xx are tried again within ``options``. Raises ListFetchError when there is no complete file at
    last; then nothing is left in ``into``.
    """
    deadline = Deadline.after(options.deadline)
    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(options.attempts),
        retry=tenacity.retry_if_exception_type(RetryableError),
        wait=lambda state: wait_before_retry(state, options.backoff),
        sleep=time.sleep,
        before_sleep=lambda state: _give_up_if_late(state, deadline),
        reraise=True,
    )
    try:
        return retrying(_attempt, url, validators, options, into, deadline)
    except RetryableError as error:
        raise ListFetchError(list_id, f"{url}: {error}; the next sync tries again") from error
    except DeadlineError as error:
        raise ListFetchError(
            list_id, f"{url}: not done within {options.deadline:g} s; raise fetch.list_deadline if the server is slow"
        ) from error
    except (BodyError, httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise ListFetchError(list_id, f"{url}: {error or type(error).__name__}") from error


def _attempt(
    url: str, validators: Validators, options: DownloadOptions, into: Path, deadline: Deadline
) -> Downloaded | NotModified:
    timeout = httpx.Timeout(min(_SILENCE, deadline.remaining()))
    # Connections are not reused: each try is one file on one fresh connection, which the deadline can cut.
    with (
        httpx.Client(follow_redirects=True, max_redirects=_REDIRECTS, timeout=timeout) as client,
        deadline.watch() as watch,
    ):
        request = client.build_request(
            "GET", url, headers=_headers(validators, options), extensions={"trace": watch.trace}
        )
        try:
            response = client.send(request, stream=True)
            try:
                return _take(response, url, validators, options, _Target(into / _file_name(url), deadline))
            finally:
                response.close()
        except httpx.UnsupportedProtocol:
            raise
        except httpx.TransportError as error:
            deadline.remaining()
            raise RetryableError(f"the connection failed: {error or type(error).__name__}") from error


def _give_up_if_late(state: tenacity.RetryCallState, deadline: Deadline) -> None:
    error = state.outcome.exception() if state.outcome else None
    if error is not None and state.upcoming_sleep >= deadline.remaining():
        raise error


def _take(
    response: httpx.Response, url: str, validators: Validators, options: DownloadOptions, target: _Target
) -> Downloaded | NotModified:
    if urlsplit(url).scheme == "https" and response.url.scheme != "https":
        raise BodyError("the server redirects from https to an address that is not; the file could be anybody's")
    if response.status_code == httpx.codes.NOT_MODIFIED:
        if validators == Validators():
            raise BodyError("answered 304 Not Modified although no validators were sent")
        return NotModified(url, validators)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.status_code >= 500:
        wait = retry_after(response)
        message = f"the server answered {_status(response)}"
        if wait is not None and wait > options.max_retry_after:
            raise BodyError(f"{message} and asks to wait {wait:.0f} s; the next sync tries again")
        raise RetryableError(message, wait)
    if response.status_code != httpx.codes.OK:
        raise BodyError(f"the server answered {_status(response)}{_advice(response.status_code)}")
    partial = target.path.with_name(target.path.name + ".part")
    try:
        with partial.open("wb") as file:
            sha256, size = _copy(response, file, options)
        # A connection cut at the deadline can look like the end of a body that declared no length.
        target.deadline.remaining()
        partial.replace(target.path)
    finally:
        partial.unlink(missing_ok=True)
    received = Validators(_raw_header(response, b"etag"), _raw_header(response, b"last-modified"))
    return Downloaded(url, target.path, sha256, size, received)


def _copy(response: httpx.Response, file: BinaryIO, options: DownloadOptions) -> tuple[str, int]:
    digest = hashlib.sha256()
    inflater = Inflater(response.headers.get("content-encoding", ""), options.max_bytes)
    for chunk in response.iter_raw():
        for piece in inflater.feed(chunk):
            digest.update(piece)
            file.write(piece)
    inflater.finish()
    return digest.hexdigest(), inflater.size


def _headers(validators: Validators, options: DownloadOptions) -> list[tuple[bytes, bytes]]:
    # As bytes, because a validator goes back exactly as it came, whatever is in it.
    headers = [
        (b"User-Agent", options.user_agent.encode("latin-1")),
        (b"Accept", b"*/*"),
        (b"Accept-Encoding", b"gzip"),
    ]
    if validators.etag:
        headers.append((b"If-None-Match", validators.etag.encode("latin-1")))
    if validators.last_modified:
        headers.append((b"If-Modified-Since", validators.last_modified.encode("latin-1")))
    return headers


def _raw_header(response: httpx.Response, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in response.headers.raw if key.lower() == name), None)


def _status(response: httpx.Response) -> str:
    return f"{response.status_code} {response.reason_phrase}".strip()


def _advice(status: int) -> str:
    if status in (401, 403):
        return "; it may refuse the user agent: set fetch.user_agent"
    if status in (404, 410):
        return "; the list may have moved: set its url in the configuration, or sync from a file with --from"
    return ""


def _file_name(url: str) -> str:
    """The last part of the address as a safe file name."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", unquote(urlsplit(url).path).rpartition("/")[2]).lstrip(".")
    return name[-100:] or "list"
