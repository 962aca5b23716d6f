"""One request and its answer, within limits: what fetching and sending have in common. Follows no redirect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from watchlist.http.client import LIMITS, TRUSTED
from watchlist.http.failures import Failure, HttpError, explained
from watchlist.http.inflate import BodyError, Packed, TooLargeError, inflate
from watchlist.http.limits import Limits
from watchlist.http.retry import retry_after

#: Answers after which the same request is pointless. 403 is not among them: bot guards answer it for an hour or a day.
_PERMANENT = frozenset({400, 401, 404, 405, 406, 410, 414, 451})

#: Bodies come in pieces of a kilobyte and more. One in so many pieces, of fewer bytes each on average, is made to keep
#: us busy with putting it together.
_PIECES, _LEAST_PIECE = 10_000, 64

#: A validator longer than this is not kept.
_MAX_VALIDATOR = 1000


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave with the last copy, byte for byte as Latin-1, to be sent back as it came."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status and headers, and a body that is read from the wire once, bounded."""

    response: httpx.Response
    limits: Limits
    #: Where it has moved, if every redirect on the way said so for good (301, 308).
    moved_to: str | None = None

    @property
    def url(self) -> str:
        """The address that was asked, after any redirects."""
        return str(self.response.url)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def not_modified(self) -> bool:
        """Whether nothing has changed since the validators that were sent."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What the next conditional request needs."""
        etag, last_modified = self.header("etag") or "", self.header("last-modified") or ""
        return Validators(
            etag if 0 < len(etag) <= _MAX_VALIDATOR else None,
            last_modified if 0 < len(last_modified) <= _MAX_VALIDATOR else None,
        )

    def header(self, name: str) -> str | None:
        """The header's bytes as Latin-1, which gives the same bytes back; httpx would guess an encoding."""
        wanted = name.lower().encode("ascii")
        return next(
            (value.decode("latin-1") for key, value in self.response.headers.raw if key.lower() == wanted), None
        )

    @property
    def head(self) -> bytes:
        """Status line and headers as they came, with the empty line that ends them."""
        version = self.response.extensions.get("http_version", b"HTTP/1.1")
        first = b"%s %d %s" % (version, self.status, self.response.extensions.get("reason_phrase", b""))
        return b"\r\n".join((first.rstrip(), *(b"%s: %s" % each for each in self.response.headers.raw), b"", b""))

    def pieces(self, *, forgiving: bool) -> Iterator[bytes]:
        """The body as it comes, for what is too large for memory; see `inflate`. Raises HttpError."""
        encoding = self.header("content-encoding") or ""
        try:
            yield from inflate(self._wire(), encoding, self.limits.max_bytes, forgiving=forgiving)
        except BodyError as error:
            raise HttpError(Failure.BODY, str(error), status=self.status) from error

    def packed(self) -> Packed:
        """The whole body as it came, to be unpacked where that can be stopped. Raises HttpError."""
        encoding, most = self.header("content-encoding") or "", self.limits.max_bytes
        # Labelled as what it is, it passes through unchanged and bounded.
        try:
            return Packed(b"".join(inflate(self._wire(), "", most, forgiving=False)), encoding, most)
        except BodyError as error:
            raise HttpError(Failure.BODY, str(error), status=self.status) from error

    def read(self) -> bytes:
        """The whole body, whatever its label says of compression. Raises HttpError.

        For answers of servers that are the operator's word; what strangers send is unpacked in the sandbox.
        """
        return b"".join(self.pieces(forgiving=True))

    def _wire(self) -> Iterator[bytes]:
        """The body's bytes as they come, as long as they come in time and not crumb by crumb."""
        size = 0
        for number, piece in enumerate(self.response.iter_raw()):
            size += len(piece)
            if number >= _PIECES and size < number * _LEAST_PIECE:
                raise TooLargeError(f"comes in more than {_PIECES:,} pieces of hardly any bytes")
            # Each reading from the socket is bounded; what was read at once may still be long to take apart.
            if self.limits.left <= 0:
                raise HttpError(Failure.LATE, f"no complete answer within {self.limits.seconds:g} s")
            yield piece

    def failure(self, now: datetime | None) -> HttpError:
        """The answer as an error; a Retry-After date is counted as `retry_after` does."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = ""
        wait = retry_after(self.header("retry-after"), self.header("date"), now)
        asked = f" and asks to wait {wait:.0f} s" if wait else ""
        return HttpError(
            Failure.STATUS,
            f"answered {self.status} {phrase}".rstrip() + asked,
            detail=f"{self.status} {self.response.reason_phrase}".strip(),
            status=self.status,
            retry_after=wait,
            permanent=self.status in _PERMANENT,
        )


def new_request(
    client: httpx.Client,
    method: str,
    url: str,
    limits: Limits,
    *,
    headers: Sequence[tuple[bytes, bytes]] = (),
    content: bytes | None = None,
) -> httpx.Request:
    """A request to be sent within ``limits``. Raises HttpError for what is no address."""
    with explained(limits):
        return client.build_request(method, url, headers=list(headers), content=content)


@contextmanager
def exchange(
    client: httpx.Client, request: httpx.Request, limits: Limits, *, trusted: bool = False
) -> Iterator[Answer]:
    """Send a request; the answer's body may be read while the block lasts.

    ``client`` comes from `make_client`. ``trusted`` says that the address is the operator's word, so that the guard
    need not be asked. Raises HttpError when no answer comes, or while its body is read; any status is an answer.
    """
    request.extensions = {**request.extensions, LIMITS: limits, TRUSTED: trusted}
    with explained(limits):
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            yield Answer(response, limits)
        finally:
            response.close()
