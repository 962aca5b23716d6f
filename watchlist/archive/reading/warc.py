"""Records of the web to articles: pages read as text, and texts as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final, Protocol

from watchlist.archive.reading.fields import ArchiveRow, BadFieldError, row_of
from watchlist.errors import UsageError

_PAGES: Final = ("text/html", "application/xhtml+xml")
_TEXT: Final = "text/plain"


class RecordHeaders(Protocol):
    """What is asked of a record's headers."""

    def get_header(self, name: str) -> str | None:
        """One field, None where it is not there."""


def rows_of_warc(stream: IO[bytes]) -> Iterator[ArchiveRow | str | None]:
    """The article of each record, None where it holds none, and a complaint where it cannot be read.

    A record is known by its own id: an address may have been fetched many times.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise UsageError("reading WARC files needs pip install 'watchlist[archive]'") from error
    try:
        for record in ArchiveIterator(stream):
            headers, http = record.rec_headers, record.http_headers
            stated = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
            form = (stated or "").partition(";")[0].strip().lower()
            if http is not None and http.get_statuscode() != "200":
                yield None
            elif form in _PAGES or form == _TEXT:
                yield _article(record.content_stream().read(), form, stated, headers)
            else:
                yield None
    except (ArchiveLoadFailed, ValueError, OSError, EOFError) as error:
        yield f"damaged: {error}"


def _article(body: bytes, form: str, stated: str | None, headers: RecordHeaders) -> ArchiveRow | str | None:
    from watchlist.feeds.reading.charset import decode
    from watchlist.feeds.reading.extract import page_to_text

    words = decode(body, stated)
    title, text = page_to_text(words) if form in _PAGES else ("", words)
    get = headers.get_header
    id = (get("WARC-Record-ID") or "").strip("<>")
    try:
        return row_of(
            {
                "id": id,
                "title": title,
                "text": text,
                "url": get("WARC-Target-URI"),
                "published_at": get("WARC-Date"),
            }
        )
    except BadFieldError:
        # A page without words is no article, and nothing that could be mended.
        return None
