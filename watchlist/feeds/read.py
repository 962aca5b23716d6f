"""BYTES -> ENTRIES: RSS, Atom and JSON Feed, read to the end however damaged.

Reading may take as long as the document likes to make it: call `parse.parse_feed`, which runs this in the sandbox.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXParseException

import feedparser

from watchlist.errors import FeedParseError
from watchlist.feeds.charset import decode
from watchlist.feeds.dates import read_date
from watchlist.feeds.extract import clean, html_to_text, one_line, unescape
from watchlist.feeds.jsonfeed import JsonFeed, read_json_feed
from watchlist.feeds.parse import ParsedEntry, ParsedFeed, Source

#: A document that ends as it should, save comments and white space.
_ROOT_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.{0,2000}?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)
#: What expat says of tags that don't pair.
_TAGS_BROKEN = frozenset({"mismatched tag", "no element found", "unclosed token", "unclosed CDATA section"})
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def read_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The sandbox's side of `parse_feed`: plain values in, plain values out."""
    now = datetime.fromisoformat(arguments["now"])
    try:
        feed = read_feed(body, Source(arguments["url"], arguments["content_type"], now))
    except FeedParseError as error:
        return {"error": error.reason}
    entries = [
        {**asdict(entry), "published_at": entry.published_at and entry.published_at.isoformat()}
        for entry in feed.entries
    ]
    return {"title": feed.title, "form": feed.form, "home": feed.home, "entries": entries, "damage": feed.damage}


def read_feed(body: bytes, source: Source) -> ParsedFeed:
    """Read a feed in any of the formats; links are resolved against ``source.url``.

    The text of an entry is the longest of its content parts and its summary. Broken XML gives the entries that can be
    made out. Raises FeedParseError for what is no feed.
    """
    text = clean(decode(body, source.content_type)).lstrip("\ufeff \t\r\n")
    if not text:
        raise FeedParseError(source.url, "the answer is empty")
    if text.startswith("{"):
        if (found := read_json_feed(text)) is None:
            raise FeedParseError(source.url, "JSON, but not a JSON Feed")
        return _from_json(found, source)
    return _from_xml(text, source)


def _from_json(found: JsonFeed, source: Source) -> ParsedFeed:
    entries = tuple(
        ParsedEntry(
            guid=_guid(entry.id),
            # An id is often the address of the entry.
            url=_link(entry.url or entry.id, source.url),
            title=one_line(unescape(entry.title or "")),
            text=_longest((html_to_text(entry.html or ""), unescape(entry.text or ""), unescape(entry.summary or ""))),
            lang=_lang(entry.lang or found.lang),
            published_at=read_date(entry.published, source.now),
        )
        for entry in found.entries
    )
    title = one_line(unescape(found.title or ""))
    return ParsedFeed(title or None, f"json{found.version.replace('.', '')}", _link(found.home, source.url), entries)


def _from_xml(text: str, source: Source) -> ParsedFeed:
    # The text goes in as UTF-8 and is labelled so; the declaration inside is then of no account.
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": source.url}
    try:
        # Always a stream: given bytes or a string, feedparser would open the file or address it may name.
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8")), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except RecursionError:
        raise FeedParseError(source.url, "nested too deeply to be read") from None
    except Exception as error:
        # It raises whatever its insides meet (AssertionError, KeyError, ValueError, ...) on some damaged documents.
        raise FeedParseError(source.url, f"too damaged to be read ({type(error).__name__})") from error
    if not found.entries and (not found.version or _HTML.match(text)):
        if _HTML.match(text):
            raise FeedParseError(source.url, "an HTML page, not a feed")
        raise FeedParseError(source.url, "neither RSS, Atom nor JSON Feed")
    feed_lang = found.feed.get("language")
    return ParsedFeed(
        title=_plain(found.feed.get("title_detail")) or None,
        form=found.version or "unknown",
        home=_link(found.feed.get("link"), source.url),
        entries=tuple(_from_feedparser(entry, feed_lang, source) for entry in found.entries),
        damage=_damage(found.get("bozo_exception"), text),
    )


def _damage(error: object, text: str) -> str | None:
    """Whether entries may have been lost. A stray "&" costs nothing; tags that do not pair, or no end, do."""
    if not isinstance(error, SAXParseException):
        return None
    reason = error.getMessage()
    if _ROOT_CLOSED.search(text) and reason not in _TAGS_BROKEN:
        return None
    return f"damaged XML ({reason} at line {error.getLineNumber()}): entries may be missing"


def _from_feedparser(entry: Mapping[str, Any], feed_lang: object, source: Source) -> ParsedEntry:
    parts = [*(entry.get("content") or ()), entry.get("summary_detail")]
    # Asked for by "in" first: feedparser answers for "updated" with "published", and warns about it.
    dates = (read_date(_string(entry[key]), source.now) for key in ("published", "updated", "created") if key in entry)
    languages = (part.get("language") for part in (entry.get("title_detail"), *parts) if part)
    return ParsedEntry(
        guid=_guid(entry.get("id")),
        url=_link(entry.get("link"), source.url),
        title=one_line(_plain(entry.get("title_detail"))),
        text=_longest(_plain(part) for part in parts),
        lang=next(filter(None, (_lang(lang) for lang in (entry.get("language"), *languages, feed_lang))), None),
        published_at=next(filter(None, dates), None),
    )


def _plain(part: Mapping[str, Any] | None) -> str:
    """The text of one of feedparser's text constructs. What it calls plain was checked for tags by it."""
    if not part:
        return ""
    value = _string(part.get("value")) or ""
    if part.get("type") != "text/plain":
        return html_to_text(value)
    # In XML a line break is as a rule that of the file; paragraphs are set apart by an empty line.
    return unescape("\n".join(one_line(paragraph) for paragraph in _EMPTY_LINE.split(value)))


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=len, default="")


def _link(value: object, base: str) -> str | None:
    """The absolute address, or None if there is none that a reader could open."""
    if not (link := clean(one_line(_string(value) or ""))):
        return None
    try:
        absolute = urljoin(base, link)
        parts = urlsplit(absolute)
        return absolute if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _guid(value: object) -> str | None:
    return clean(one_line(_string(value) or "")) or None


def _lang(value: object) -> str | None:
    text = (_string(value) or "").strip()
    return text.replace("_", "-").lower() if _LANG.fullmatch(text) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
