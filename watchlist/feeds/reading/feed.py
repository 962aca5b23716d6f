"""BYTES -> ENTRIES: RSS, Atom and JSON Feed, read to the end however damaged.

Reading may take as long as the document likes to make it: call `parse.parse_feed`, which runs this in the sandbox.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXParseException

import feedparser

from watchlist.errors import FeedParseError
from watchlist.feeds.hints import read_hints
from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.dates import read_date
from watchlist.feeds.reading.document import MOST_ENTRIES, ParsedFeed, Source, windowed
from watchlist.feeds.reading.extract import clean, html_to_text, html_to_words, one_line, unescape
from watchlist.feeds.reading.jsonfeed import JsonFeed, read_json_feed
from watchlist.feeds.reading.language import lang_tag, settled_langs
from watchlist.feeds.reading.plain import PlainEntry, PlainFeed, is_readable, read_plain
from watchlist.feeds.reading.repair import mend
from watchlist.feeds.reading.sitemap import is_sitemap, read_sitemap
from watchlist.http.inflate import DamagedError, TooLargeError, read_bounded
from watchlist.news.entry import ParsedEntry
from watchlist.news.joined import distinct, joined
from watchlist.text.markup import first_tag, is_html, last_tag

#: The outermost tags of feeds. A document that ends with one, save comments and white space, ends as it should.
_ROOTS = frozenset({"rss", "feed", "rdf"})
#: What expat says of tags that don't pair.
_TAGS_BROKEN = frozenset({"mismatched tag", "no element found", "unclosed token", "unclosed CDATA section"})
#: All of the document was read before this; hosts append scripts and advertisements.
_AFTER_ROOT = "junk after document element"
#: A channel by itself, as CDF has it, may be without entries too.
_CHANNEL = "channel"
#: The most that a body which is a gzip file may become.
_MAX_INFLATED = 50_000_000
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
#: The long form of the relation of a link to the page itself (RFC 4287, 4.2.7.2).
_ALTERNATE = "http://www.iana.org/assignments/relation/alternate"
#: Addresses that hide the article's own, which the feed names beside them.
_HIDING = re.compile(
    r"https?://(?:feedproxy\.google\.com|feeds\.feedburner\.com|rss\.feedsportal\.com)/", re.IGNORECASE
)
#: A link that everybody reads as a host, not as a page of the feed's own site.
_HOST = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:[/?#]|\Z)", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")


def read_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The sandbox's side of `parse_feed`: plain values in, plain values out."""
    now = datetime.fromisoformat(arguments["now"])
    try:
        feed = read_feed(body, Source(arguments["url"], arguments["content_type"], now))
    except FeedParseError as error:
        return {"error": error.reason}
    entries = [
        {
            **asdict(entry),
            "capture": None,
            "lang": lang,
            "published_at": entry.published_at and entry.published_at.isoformat(),
        }
        for entry, lang in zip(feed.entries, settled_langs(feed.entries), strict=True)
    ]
    return {
        "title": feed.title,
        "form": feed.form,
        "home": feed.home,
        "entries": entries,
        "damage": feed.damage,
        "children": feed.children,
        "hints": asdict(feed.hints),
    }


def read_feed(body: bytes, source: Source) -> ParsedFeed:
    """Read a feed in any of the formats; links are resolved against ``source.url``.

    The text of an entry is all that it says, each thing once: see `news.joined`. Broken XML gives the entries that can
    be made out, and at most MOST_ENTRIES are read. Raises FeedParseError for what is no feed.
    """
    text = clean(decode(_inflated(body, source.url), source.content_type)).lstrip("\ufeff \t\r\n")
    if not text:
        raise FeedParseError(source.url, "the answer is empty")
    if text.startswith("{"):
        if (found := read_json_feed(text)) is None:
            raise FeedParseError(source.url, "JSON, but not a JSON Feed")
        return _from_json(found, source)
    mended = mend(text)
    return read_sitemap(mended, source) if is_sitemap(mended) else _from_xml(mended, source)


def _inflated(body: bytes, url: str) -> bytes:
    """A body that is a gzip file, as sitemaps are by custom and other feeds by accident, unpacked within bounds."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return read_bounded((body,), "gzip", _MAX_INFLATED)
    except TooLargeError:
        raise FeedParseError(url, f"is larger than {_MAX_INFLATED:,} bytes when unpacked") from None
    except DamagedError as error:
        raise FeedParseError(url, str(error)) from error


def _from_json(found: JsonFeed, source: Source) -> ParsedFeed:
    entries = tuple(
        ParsedEntry(
            guid=_guid(entry.id),
            # An id is often the address of the entry.
            url=_link(entry.url or (entry.id if _ABSOLUTE.match(entry.id or "") else None), source.url),
            title=(title := one_line(unescape(entry.title or ""))),
            text=_text(
                title,
                (entry.html or "",),
                (unescape(entry.summary or ""), unescape(entry.text or "")),
                map(unescape, entry.tags),
            ),
            lang=lang_tag(entry.lang or found.lang),
            published_at=read_date(entry.published, source.now),
        )
        for entry in found.entries
    )
    title = one_line(unescape(found.title or ""))
    return ParsedFeed(
        title=title or None,
        form=f"json{found.version.replace('.', '')}",
        home=_link(found.home, source.url),
        entries=entries,
    )


def _from_xml(whole: str, source: Source) -> ParsedFeed:
    text, count = windowed(whole)
    found, failure = _feedparser(text)
    # What it could not begin to read has neither.
    form, about = found.get("version") or "", found.get("feed") or feedparser.FeedParserDict()
    damage = _damage(found.get("bozo_exception"), text)
    entries = found.get("entries", ())
    plain = read_plain(text)
    if plain is not None and len(plain.entries) > len(entries) and (failure or not entries):
        damage = failure and f"damaged XML ({failure}): entries may be missing"
        return _from_plain(plain, source, damage or _too_many(count))
    if failure is not None:
        raise FeedParseError(source.url, failure)
    if not entries and (is_html(text) or not (form or first_tag(text) == _CHANNEL)):
        what = "an HTML page, not a feed" if is_html(text) else "neither RSS, Atom nor JSON Feed"
        raise FeedParseError(source.url, what)
    # Where both see the same entries, each of one is that of the other.
    same = plain is not None and len(plain.entries) == len(entries) and _is_paired(found.get("bozo_exception"))
    own: Iterable[PlainEntry | None] = plain.entries if plain is not None and same else (None,) * len(entries)
    pairs = islice(zip(entries, own, strict=True), MOST_ENTRIES)
    return ParsedFeed(
        title=one_line(_plain(about.get("title_detail"))) or None,
        form=form or "unknown",
        # In damaged documents feedparser loses the ends of "&amp;" here.
        home=_link(not entries and plain and plain.link, source.url) or _link(about.get("link"), source.url),
        entries=tuple(_from_feedparser(entry, also, form, about.get("language"), source) for entry, also in pairs),
        damage=damage or _too_many(max(count, len(entries))),
        hints=read_hints(text),
    )


def _feedparser(text: str) -> tuple[Any, str | None]:
    """What feedparser reads, or nothing and why it could not."""
    # The text goes in as UTF-8 and is labelled so; the declaration inside is then of no account. No address goes in:
    # against that of the feed, any word that stands for an address would become one.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # Always a stream: given bytes or a string, feedparser would open the file or address it may name.
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8")), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        ), None
    except MemoryError:
        raise
    except RecursionError:
        return feedparser.FeedParserDict(), "nested too deeply to be read"
    except Exception as error:
        # It raises whatever its insides meet (AssertionError, KeyError, ValueError, ...) on some damaged documents.
        return feedparser.FeedParserDict(), f"too damaged to be read ({type(error).__name__})"


def _from_plain(found: PlainFeed, source: Source, damage: str | None) -> ParsedFeed:
    entries = tuple(
        ParsedEntry(
            guid=_guid(entry.guid),
            url=_link(entry.link, source.url),
            title=(title := one_line(html_to_text(entry.title))),
            text=_text(title, entry.texts, (), entry.keywords),
            lang=None,
            published_at=read_date(entry.date, source.now),
        )
        for entry in found.entries[:MOST_ENTRIES]
    )
    title = one_line(html_to_text(found.title or ""))
    return ParsedFeed(
        title=title or None,
        form="unknown",
        home=_link(found.link, source.url),
        entries=entries,
        damage=damage or _too_many(len(found.entries)),
    )


def _too_many(count: int) -> str | None:
    return f"has {count:,} entries: only the first {MOST_ENTRIES:,} are read" if count > MOST_ENTRIES else None


def _is_paired(error: object) -> bool:
    """Whether the tags of the document pair, so that it can be seen which element stands in which."""
    return not isinstance(error, SAXParseException) or error.getMessage() not in _TAGS_BROKEN


def _damage(error: object, text: str) -> str | None:
    """Whether entries may have been lost. A stray "&" costs nothing; tags that do not pair, or no end, do."""
    if not isinstance(error, SAXParseException):
        return None
    reason = error.getMessage()
    if reason == _AFTER_ROOT or (last_tag(text) in _ROOTS and reason not in _TAGS_BROKEN):
        return None
    return f"damaged XML ({reason} at line {error.getLineNumber()}): entries may be missing"


def _from_feedparser(
    entry: Mapping[str, Any], own: PlainEntry | None, form: str, feed_lang: object, source: Source
) -> ParsedEntry:
    contents = [each for each in entry.get("content") or () if is_readable(_string(each.get("type")) or "")]
    summary = _detail(entry, "summary")
    # Where there is no summary, feedparser gives the content once more, and may call it another kind of text.
    is_copy = summary is not None and any(summary.get("value") == each.get("value") for each in contents)
    parts = [None if is_copy else summary, *contents]
    # Asked for by "in" first: feedparser answers for "updated" with "published", and warns about it.
    dates = (read_date(_string(entry[key]), source.now) for key in ("published", "updated", "created") if key in entry)
    title = _detail(entry, "title")
    languages = (part.get("language") for part in (title, *parts) if part)
    wanted = (entry.get("language"), *languages, feed_lang)
    caption = _own_title(one_line(_plain(title)), own)
    return ParsedEntry(
        guid=_guid(entry.get("id")),
        url=_address(entry, own, form, source.url),
        title=caption,
        text=_text(
            caption,
            (*(own.texts if own else ()), *_pictures(parts)),
            [_plain(part) for part in parts],
            own.keywords if own else (),
        ),
        lang=next(filter(None, (lang_tag(_string(lang)) for lang in wanted)), None),
        published_at=next(filter(None, dates), None),
    )


def _own_title(title: str, own: PlainEntry | None) -> str:
    """The entry's title; where feedparser took that of something inside the entry, it has other words."""
    said = one_line(html_to_text(own.title)) if own else ""
    return said if said and _words(unescape(said)) != _words(unescape(title)) else title


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _text(title: str, marked_up: Iterable[str], plain: Iterable[str], keywords: Iterable[str]) -> str:
    """All that an entry says: its texts, what its pictures show, its keywords."""
    read = [html_to_words(each) for each in distinct(marked_up)]
    pictures = (each for _, pictures in read for each in pictures)
    texts = (*plain, *(text for text, _ in read), *pictures, *(one_line(html_to_text(each)) for each in keywords))
    return joined(title, distinct(texts))


def _pictures(parts: Iterable[Mapping[str, Any] | None]) -> Iterator[str]:
    """Of feedparser's texts those that are HTML with pictures."""
    values = (_string(part.get("value")) or "" for part in parts if part and part.get("type") != "text/plain")
    return (value for value in values if "alt=" in value)


def _address(entry: Mapping[str, Any], own: PlainEntry | None, form: str, base: str) -> str | None:
    """Where the entry can be read: its link, else its guid where that is an address by the format's own rules."""
    link, guid = _string(entry.get("link")) or "", _string(entry.get("id")) or ""
    # A guid that stands in for the link, as RSS allows, must be one: "17" is not the page 17 of the site.
    if link == guid and not _ABSOLUTE.match(link):
        link = ""
    if own is not None and own.links and link not in own.links:
        # That of something inside the entry, or an attribute of the link that is none.
        link = own.links[0]
    if _HIDING.match(link):
        link = _string(entry.get("feedburner_origlink")) or link
    if not link:
        named = (each.get("href") for each in entry.get("links") or () if each.get("rel") == _ALTERNATE)
        # An empty <link> beside a guid; the item's name in RDF is its address.
        link = next(filter(None, named), None) or (guid if _ABSOLUTE.match(guid) and _is_rss(form, entry) else "")
    return _link(link, base)


def _is_rss(form: str, entry: Mapping[str, Any]) -> bool:
    return form in ("rss10", "rss090") or (form.startswith("rss") and "link" in entry)


def _plain(part: Mapping[str, Any] | None) -> str:
    """The text of one of feedparser's text constructs. What it calls plain was checked for tags by it."""
    if not part:
        return ""
    value = _string(part.get("value")) or ""
    if part.get("type") != "text/plain":
        return html_to_text(value)
    # In XML a line break is as a rule that of the file; paragraphs are set apart by an empty line.
    return unescape("\n".join(one_line(paragraph) for paragraph in _EMPTY_LINE.split(value)))


def _detail(entry: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """A text construct of an entry. After some damage feedparser keeps the words, but no longer what they are."""
    found: Mapping[str, Any] | None = entry.get(f"{name}_detail")
    if found:
        return found
    value = _string(entry.get(name))
    return {"value": value} if value else None


def _link(value: object, base: str) -> str | None:
    """The absolute address, or None if there is none that a reader could open."""
    if not (link := clean(one_line(_string(value) or ""))):
        return None
    if _HOST.match(link):
        link = f"http://{link}"
    try:
        absolute = urljoin(base, link)
        parts = urlsplit(absolute)
        return absolute if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _guid(value: object) -> str | None:
    return clean(one_line(_string(value) or "")) or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
