"""The fields of an article as archives have them, made of one row: id, words, date and source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from watchlist.model import Article
from watchlist.model.ids import content_hash

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])")
_DATES: Final = ("published_at", "date", "published")
_SOURCES: Final = ("source", "feed")
#: A date is as old as it says; this only lets every one pass that is read in words.
_ANY_TIME: Final = datetime(9000, 1, 1, tzinfo=UTC)


class BadFieldError(ValueError):
    """A row that is no article; the text says why."""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One article of an archive."""

    article: Article
    #: The day it was published, where it says so.
    day: date | None
    #: Who published it: as the row says, else the host of its address.
    source: str | None


def row_of(value: Mapping[str, Any]) -> ArchiveRow:
    """The article of a row; raises BadFieldError where its words are no words or there are none.

    Without an id it is known by its address, and without that by its words.
    """
    title, text = value.get("title"), value.get("text")
    if not (isinstance(title, str | None) and isinstance(text, str | None)):
        raise BadFieldError('"title" and "text" must be strings')
    title, text = title or "", text or ""
    if not title and not text:
        raise BadFieldError("has neither title nor text")
    url, id = _string(value.get("url")), value.get("id")
    if isinstance(id, dict | list):
        raise BadFieldError('"id" must be a string or a number')
    moment = next(filter(None, (_moment(value.get(key)) for key in _DATES)), None)
    article = Article(
        id=str(id) if id not in (None, "") else url or content_hash(title, text)[:32],
        title=title,
        text=text,
        url=url,
        lang=_string(value.get("lang")),
        published_at=moment,
    )
    source = next(filter(None, (_string(value.get(key)) for key in _SOURCES)), None)
    return ArchiveRow(article, None if moment is None else moment.date(), source or _host(url))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _moment(value: object) -> datetime | None:
    """A time in UTC; what states none counts as UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, str) or not value:
        return None
    if _ISO.match(value):
        try:
            return _moment(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            return None
    # Here, since most rows state a date as above.
    from watchlist.feeds.reading.dates import read_date

    return read_date(value, _ANY_TIME)


def _host(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
