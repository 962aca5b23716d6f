"""PAGE -> FEEDS: the addresses of feeds that a page, or a site's robots.txt, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.extract import clean, one_line

#: Content types of feeds, and what they are called here.
_KINDS = {
    "application/rss+xml": "rss",
    "application/x-rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/rss+xml": "rss",
    "text/rss": "rss",
}
#: What the path of a feed looks like, for links that do not say what they lead to.
_LOOKS_LIKE = re.compile(r"(?:^|[/._-])(?:feeds?|rss\d*|atom|index\.xml)(?:[/._-]|$)", re.IGNORECASE)
#: Paths under which many sites have a feed though their pages do not say so.
_COMMON = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_COMMENTS = re.compile(r"\bcomments?\b|kommentare|comentarios|commentaires", re.IGNORECASE)
_FORMATS = re.compile(r"\b(?:rss|atom|rdf|json|xml|feed|[012]\.\d+|v\d)\b|[^\w]+", re.IGNORECASE)
#: More than any honest page names.
MAX_CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """An address at which there is, or may be, a feed."""

    url: str
    title: str | None
    #: ``rss``, ``atom``, ``json``, ``xml``, ``sitemap``; ``unknown`` for what only looks like one.
    kind: str
    #: ``page`` where the page declares it, ``link`` where it only links to it, ``robots`` for robots.txt, ``guess``.
    source: str


def discover_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> list[dict[str, Any]]:
    """The sandbox's side: plain values in, plain values out."""
    page = decode(body, arguments["content_type"])
    return [asdict(each) for each in find_candidates(page, arguments["url"])]


def find_candidates(page: str, url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that an HTML page names, those it declares first; where it names none, what it links to.

    Never raises; takes time in proportion to the length of ``page``.
    """
    target = _LinkTarget(url)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(clean(page).encode("utf-8"))
        parser.close()
    except etree.LxmlError:
        # What was read so far is all there is.
        pass
    return _distinct(target.declared) or _distinct(target.linked)


def robots_sitemaps(robots: str, url: str) -> tuple[LinkedFeed, ...]:
    """The sitemaps that a robots.txt names; only those called news, if any is."""
    found = _distinct(
        LinkedFeed(address, None, "sitemap", "robots")
        for line in _SITEMAP.findall(robots)
        if (address := _absolute(line, url))
    )
    return tuple(each for each in found if "news" in each.url.lower()) or found


def guesses(url: str) -> tuple[LinkedFeed, ...]:
    """Where a feed often is; nobody has looked."""
    return tuple(LinkedFeed(urljoin(url, path), None, "unknown", "guess") for path in _COMMON)


def main_candidate(candidates: Iterable[LinkedFeed]) -> LinkedFeed | None:
    """The one feed that a page means: the only one, or the first of those that differ in format alone; else None.

    Feeds of comments do not count.
    """
    named = [each for each in candidates if each.source in ("page", "link")]
    news = [each for each in named if not _COMMENTS.search(f"{each.title or ''} {each.url}")] or named
    titles = {_FORMATS.sub("", (each.title or "").casefold()) for each in news}
    return news[0] if len(news) == 1 or (news and len(titles) == 1 and news[0].source == "page") else None


class _LinkTarget:
    """Collects links as lxml's parser goes through the tags."""

    def __init__(self, url: str) -> None:
        self.declared: list[LinkedFeed] = []
        self.linked: list[LinkedFeed] = []
        self._base = url

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        href = attributes.get("href")
        if not href or len(self.declared) + len(self.linked) > MAX_CANDIDATES:
            return
        if tag == "base":
            self._base = _absolute(href, self._base) or self._base
        elif tag in ("link", "a") and (address := _absolute(href, self._base)):
            self._take(tag, address, attributes)

    def _take(self, tag: str, address: str, attributes: Mapping[str, str]) -> None:
        relations = (attributes.get("rel") or "").lower().split()
        kind = _KINDS.get((attributes.get("type") or "").partition(";")[0].strip().lower())
        title = clean(one_line(attributes.get("title") or "")) or None
        path = urlsplit(address).path
        if tag == "link" and ("feed" in relations or ("alternate" in relations and kind)):
            # Sites declare other documents as XML alternates too; those are not called feeds.
            if kind != "xml" or _LOOKS_LIKE.search(path):
                self.declared.append(LinkedFeed(address, title, kind or "unknown", "page"))
        elif tag == "a" and (kind or _LOOKS_LIKE.search(path)):
            self.linked.append(LinkedFeed(address, title, kind or "unknown", "link"))

    def end(self, tag: str) -> None:
        """Called by lxml."""

    def data(self, text: str) -> None:
        """Called by lxml."""

    def close(self) -> None:
        """Called by lxml."""


def _distinct(candidates: Iterable[LinkedFeed]) -> tuple[LinkedFeed, ...]:
    return tuple(_first_of_each(candidates))[:MAX_CANDIDATES]


def _first_of_each(candidates: Iterable[LinkedFeed]) -> Iterator[LinkedFeed]:
    met = set()
    for each in candidates:
        if each.url not in met:
            met.add(each.url)
            yield each


def _absolute(href: str, base: str) -> str | None:
    try:
        # feed: is how browsers once marked feeds.
        address = urljoin(base, re.sub(r"^feed:(?://)?(?=https?:)", "", href.strip(), flags=re.IGNORECASE))
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and parts.hostname and address.isprintable() and " " not in address
        return parts._replace(fragment="").geturl() if fits else None
    except ValueError:
        return None
