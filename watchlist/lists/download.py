"""Downloads one list file over HTTP: conditional where the server offers it, tried again, stored whole or not at all.

Redirects are followed and forgotten: OFAC's lead to a signed address that expires, and only the address asked for is
ever stored.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

import httpx

from watchlist.config import FetchConfig
from watchlist.errors import ListFetchError
from watchlist.http.addresses import Guard
from watchlist.http.client import make_client
from watchlist.http.exchange import Answer, Validators
from watchlist.http.failures import Failure, HttpError
from watchlist.http.get import Wanted, get
from watchlist.http.inflate import BodyError, DamagedError, TooLargeError, UnknownEncodingError
from watchlist.http.limits import Limits
from watchlist.http.retry import Tries, may_pass, retrying

#: The longest that a connection may take, in seconds. Once it stands only the deadline counts: some authorities make
#: their file when it is asked for, and are silent for minutes before its first byte.
_CONNECTING = 60.0


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
    #: Hosts, addresses and networks that are not public and may be connected to all the same.
    allow: tuple[str, ...] = ()

    @classmethod
    def from_config(cls, fetch: FetchConfig) -> Self:
        """The options of the configuration's ``fetch`` section."""
        return cls(
            user_agent=fetch.user_agent,
            deadline=fetch.list_deadline,
            max_bytes=fetch.list_max_bytes,
            allow=fetch.allow,
        )


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
class FileUnchanged:
    """The server says that the last copy is current."""

    url: str
    validators: Validators


def download(
    list_id: str, url: str, validators: Validators, options: DownloadOptions, into: Path
) -> Downloaded | FileUnchanged:
    """Fetch ``url`` into the folder ``into``, under the file name of the address.

    ``validators`` are those of the last copy of this very address; pass empty ones to get the file in any case. Network
    failures, 429 and 5xx are tried again within ``options``. Raises ListFetchError when there is no complete file at
    last; then nothing is left in ``into``.
    """
    limits = Limits.starting_now(options.deadline, options.max_bytes, connecting=_CONNECTING)
    tries = Tries(options.attempts, options.backoff, options.max_retry_after)
    # Lists are few and configured: one on a server of the operator's own is meant so, by whatever name.
    wanted = Wanted(url, validators=validators, trusted_by_name=True)
    guard = Guard.allowing(options.allow)
    try:
        with make_client(options.user_agent, deadline=options.deadline, guard=guard) as client:
            return retrying(lambda: _attempt(client, wanted, limits, into), tries, limits)
    except HttpError as error:
        raise ListFetchError(list_id, f"{url}: {_reason(error, options)}") from error
    except (OSError, UnicodeError) as error:
        raise ListFetchError(list_id, f"{url}: {error}") from error


def _attempt(client: httpx.Client, wanted: Wanted, limits: Limits, into: Path) -> Downloaded | FileUnchanged:
    def stay_encrypted(url: str) -> None:
        if urlsplit(wanted.url).scheme == "https" and urlsplit(url).scheme != "https":
            raise HttpError(
                Failure.REDIRECT,
                "the server redirects from https to an address that is not; the file could be anybody's",
            )

    with get(client, wanted, limits, before_hop=stay_encrypted) as answer:
        if answer.not_modified:
            return FileUnchanged(wanted.url, wanted.validators)
        path = into / _file_name(wanted.url)
        sha256, size = _store(answer, path)
        return Downloaded(url=wanted.url, path=path, sha256=sha256, size=size, validators=answer.validators)


def _store(answer: Answer, path: Path) -> tuple[str, int]:
    """Write the body to a file that is there only when it is whole; its digest and size."""
    partial = path.with_name(path.name + ".part")
    digest, size = hashlib.sha256(), 0
    try:
        with partial.open("wb") as file:
            for piece in answer.pieces(forgiving=False):
                digest.update(piece)
                size += file.write(piece)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _reason(error: HttpError, options: DownloadOptions) -> str:
    """What went wrong, in the words for a list, with what to do about it."""
    again = "; the next sync tries again" if may_pass(error) else ""
    match error.kind:
        case Failure.LATE:
            return f"not done within {options.deadline:g} s; raise fetch.list_deadline if the server is slow"
        case Failure.CONNECTION:
            return f"the connection failed: {error.reason}{again}"
        case Failure.STATUS:
            wait = error.retry_after or 0.0
            asked = f" and asks to wait {wait:.0f} s" if again and wait > options.max_retry_after else ""
            return f"the server answered {error.detail}{asked}{again}{_advice(error.status)}"
        case Failure.UNASKED:
            return "answered 304 Not Modified although no validators were sent"
        case Failure.BODY if isinstance(error.__cause__, BodyError):
            return _unread(error.__cause__, options)
        case Failure.ADDRESS | Failure.REDIRECT:
            return error.detail
        case _:
            return error.reason


def _unread(error: BodyError, options: DownloadOptions) -> str:
    if isinstance(error, TooLargeError):
        return f"the file has more than {options.max_bytes:,} bytes (fetch.list_max_bytes)"
    if isinstance(error, DamagedError):
        if error.detail is None:
            return "the compressed answer is cut off before its end"
        return f"the compressed answer is damaged: {error.detail}"
    if isinstance(error, UnknownEncodingError):
        return f"the server sent content encoding {error.encoding!r}, which was not asked for"
    return str(error)


def _advice(status: int | None) -> str:
    if status in (401, 403):
        return "; it may refuse the user agent: set fetch.user_agent"
    if status in (404, 410):
        return "; the list may have moved: set its url in the configuration, or sync from a file with --from"
    return ""


def _file_name(url: str) -> str:
    """The last part of the address as a safe file name."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", unquote(urlsplit(url).path).rpartition("/")[2]).lstrip(".")
    return name[-100:] or "list"
