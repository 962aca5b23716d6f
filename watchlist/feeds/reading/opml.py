"""Lists of feeds as other readers write and read them: OPML 2.0 (http://opml.org/spec2.opml), with folders. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.extract import clean, one_line
from watchlist.feeds.reading.repair import mend, read_xml

#: Outlines within outlines; what is deeper is no folder of anybody's.
_DEPTH = 50
#: Between folders; within a folder's name it stands behind a backslash.
_BETWEEN = re.compile(r"(?<!\\)/")


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """One subscription; ``folder`` is a path with "/" between its parts."""

    url: str
    title: str | None
    folder: str | None


@dataclass(frozen=True, slots=True)
class Opml:
    """A file of subscriptions: those that can be polled, and what is wrong with others, by line."""

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[str, ...]


def read_opml(body: bytes, name: str) -> Opml:
    """The subscriptions of a file, also of one with stray ampersands or without its end.

    Raises FeedParseError with the ``name`` of the file for what is no OPML.
    """
    text = mend(clean(decode(body, None)).lstrip("\ufeff \t\r\n"))
    root, _ = read_xml(text)
    if root is None or _name(root) != "opml":
        raise FeedParseError(name, "no OPML file: export one from your feed reader, it begins with <opml>")
    feeds: list[OpmlFeed] = []
    problems: list[str] = []
    for outline, folders in _outlines(root, ()):
        attributes = {key.lower(): one_line(value) for key, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "")
        title = attributes.get("title") or attributes.get("text") or None
        if _is_http(url):
            feeds.append(OpmlFeed(url, title if title != url else None, _path(folders) or _category(attributes)))
        elif url or attributes.get("type", "").lower() == "rss":
            what = f"{url!r} is no http or https address" if url else "no address (xmlUrl)"
            problems.append(f"line {outline.sourceline}: {title or 'a feed'}: {what}")
    return Opml(tuple(feeds), tuple(problems))


def write_opml(feeds: Iterable[OpmlFeed], title: str, now: datetime) -> bytes:
    """A file of these subscriptions, folders as nested outlines, in the order in which they come."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now, usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        path = tuple(part.replace("\\/", "/") for part in _BETWEEN.split(clean(feed.folder or "")) if part)
        for depth in range(1, len(path) + 1):
            if path[:depth] not in folders:
                name = path[depth - 1]
                folders[path[:depth]] = etree.SubElement(folders[path[: depth - 1]], "outline", text=name, title=name)
        caption = clean(feed.title or feed.url)
        etree.SubElement(folders[path], "outline", type="rss", text=caption, title=caption, xmlUrl=clean(feed.url))
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _outlines(
    element: etree._Element, folders: tuple[str, ...], depth: int = 0
) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """The outlines with their folders; an outline without an address is a folder."""
    if depth > _DEPTH:
        return
    for child in element:
        if _name(child) != "outline":
            yield from _outlines(child, folders, depth + 1)
            continue
        yield child, folders
        attributes = {key.lower(): value for key, value in child.attrib.items()}
        label = clean(one_line(attributes.get("text") or attributes.get("title") or ""))
        inside = (*folders, label) if label and "xmlurl" not in attributes else folders
        yield from _outlines(child, inside, depth + 1)


def _path(folders: Sequence[str]) -> str | None:
    return "/".join(folder.replace("/", "\\/") for folder in folders) or None


def _category(attributes: dict[str, str]) -> str | None:
    """The first of the categories, which stand for folders where there are none."""
    return attributes.get("category", "").partition(",")[0].strip().strip("/") or None


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and url.isprintable()
    except ValueError:
        return False


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
