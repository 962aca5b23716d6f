"""News sitemaps (https://www.sitemaps.org, with Google's news tags), read as feeds of titles.

A sitemap index has no titles itself: it names the sitemaps that do, which `ParsedFeed.children` hands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.dates import read_date
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.reading.extract import clean, one_line
from watchlist.feeds.reading.language import lang_tag
from watchlist.feeds.reading.repair import read_xml
from watchlist.news.entry import ParsedEntry
from watchlist.text.markup import first_tag

#: The sitemaps of an index that are read: those changed last, for that is where news is.
MAX_CHILDREN = 5
_ROOTS = frozenset({"urlset", "sitemapindex"})
#: When nothing says when a sitemap changed, it comes last.
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_sitemap(text: str) -> bool:
    """Whether the document is a sitemap or an index of sitemaps."""
    return first_tag(text) in _ROOTS


def read_sitemap(text: str, source: Source) -> ParsedFeed:
    """The articles of a news sitemap, newest first as they stand; of an index, the sitemaps to read next.

    Raises FeedParseError for a sitemap without news: it has addresses, but no titles to be screened.
    """
    root, cut_off = read_xml(text)
    if root is None:
        raise FeedParseError(source.url, "a sitemap too damaged to be read")
    home = urljoin(source.url, "/")
    if _name(root) == "sitemapindex":
        return ParsedFeed(title=None, form="sitemap_index", home=home, entries=(), children=_children(root, source))
    pages = [each for each in root if _name(each) == "url"]
    entries = tuple(entry for page in pages for entry in _entries(page, source))
    if pages and not entries:
        raise FeedParseError(source.url, "a sitemap without news: it has addresses, but no titles")
    publication = next((title for page in pages if (title := _text(page, "publication", "name"))), None)
    return ParsedFeed(
        title=publication,
        form="sitemap_news",
        home=home,
        entries=entries,
        damage=f"damaged XML ({cut_off}): entries may be missing" if cut_off is not None else None,
    )


def _entries(page: etree._Element, source: Source) -> Iterator[ParsedEntry]:
    address = _address(_text(page, "loc"), source.url)
    for news in page:
        if _name(news) == "news" and (title := _text(news, "title")):
            yield ParsedEntry(
                guid=None,
                url=address,
                title=title,
                text=_text(news, "keywords") or "",
                lang=lang_tag(_text(news, "language")),
                published_at=read_date(_text(news, "publication_date"), source.now),
            )


def _children(root: etree._Element, source: Source) -> tuple[str, ...]:
    """The addresses of the index's sitemaps, the last changed first, news before others."""
    found = []
    for each in root:
        if _name(each) == "sitemap" and (address := _address(_text(each, "loc"), source.url)):
            changed = read_date(_text(each, "lastmod"), source.now) or _NEVER
            found.append(("news" in address.lower(), changed, address))
    # Where some are named for news, the others are archives of pages.
    named = [each for each in found if each[0]] or found
    named.sort(key=lambda each: each[1], reverse=True)
    return tuple(dict.fromkeys(address for _, _, address in named if address != source.url))[:MAX_CHILDREN]


def _text(element: etree._Element, *names: str) -> str | None:
    """The text of the first descendant that has the last of these names, within one that has the one before."""
    for child in element.iter():
        if _name(child) == names[0]:
            return _text(child, *names[1:]) if names[1:] else clean(one_line("".join(child.itertext()))) or None
    return None


def _address(link: str | None, base: str) -> str | None:
    try:
        absolute = urljoin(base, link or "")
        parts = urlsplit(absolute)
        return absolute if link and parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
