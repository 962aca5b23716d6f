"""A second, plainer reader: by the names of tags alone, whatever their case, prefix or namespace.

It knows what is an entry's own, since it sees which element stands in which: the title of a picture, of a search field
or of a related article inside an entry is none of it. `feed` asks it for that, for words that feedparser passes over,
and for everything where feedparser gives up on a document or finds no entry in it. lxml closes what is left open, so
that titles and links come out of documents in which nothing else is right.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from watchlist.feeds.reading.repair import read_xml

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ENTRIES = frozenset({"item", "entry"})
_TEXTS = frozenset(
    {"description", "summary", "content", "encoded", "abstract", "subtitle", "text", "body", "fulltext", "full-text"}
)
#: What says what an entry is about, a word or two each.
_KEYWORDS = frozenset({"category", "subject", "keywords", "tag"})
#: Of media (https://www.rssboard.org/media-rss), which may stand in groups.
_MEDIA_TEXTS = frozenset({"title", "description", "text", "subtitle"})
_MEDIA = re.compile(r"\{https?://search\.yahoo\.com/mrss/?\}|media:", re.IGNORECASE)
_DATES = frozenset({"pubdate", "published", "date", "issued", "updated", "modified"})
_ATOM = "{http://www.w3.org/2005/Atom}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_HTTP = ("http://", "https://")
#: What is written as text, and no sound, picture or program.
_READABLE = re.compile(r"(?:text|html|xhtml|plain|text/.{1,40}|application/xhtml\+xml)", re.IGNORECASE)
#: Deeper than any feed nests.
_DEPTH = 200


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """What an entry says of itself, title and texts as HTML, addresses as they stand but for their base."""

    guid: str | None
    #: Where it can be read, the best first.
    links: tuple[str, ...]
    title: str
    texts: tuple[str, ...]
    #: Plain text.
    keywords: tuple[str, ...]
    date: str | None

    @property
    def link(self) -> str | None:
        """Where it can be read."""
        return self.links[0] if self.links else None


@dataclass(frozen=True, slots=True)
class PlainFeed:
    """What a document says; ``root`` is the name of its outermost tag."""

    root: str
    title: str | None
    link: str | None
    entries: tuple[PlainEntry, ...]


def read_plain(text: str) -> PlainFeed | None:
    """The feed, or None where there is no tag that could begin one. Takes bounded depth and never raises."""
    root, _ = read_xml(text)
    if root is None or _name(root) not in _ROOTS:
        return None
    found = [each for each in _descend(root) if _name(each) in _ENTRIES]
    channel = next((each for each in root if _name(each) == "channel"), root)
    about = _fields(channel)
    links = _links(channel)
    return PlainFeed(
        _name(root), about.get("title"), links[0] if links else None, tuple(_entry(each) for each in found)
    )


def _descend(element: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The elements in the order of the document, not into entries."""
    for child in element:
        yield child
        if _name(child) not in _ENTRIES and depth < _DEPTH:
            yield from _descend(child, depth + 1)


def _entry(element: etree._Element) -> PlainEntry:
    fields = _fields(element)
    own = [each for each in element if not _is_media(each)]
    media = [each for each in element.iterdescendants() if _is_media(each)]
    texts = [_markup(each) for each in own if _name(each) in _TEXTS]
    texts += [_markup(each) for each in media if _name(each) in _MEDIA_TEXTS]
    # Another title of the entry's, such as that of a podcast.
    texts += [_markup(each) for each in own if _name(each) == "title" and not _is_of(element, each)]
    return PlainEntry(
        guid=fields.get("guid"),
        links=_links(element),
        title=fields.get("title", ""),
        texts=tuple(filter(None, texts)),
        keywords=tuple(word for each in (*own, *media) if _name(each) in _KEYWORDS for word in _keywords(each)),
        date=next((_markup(each) for each in element if _name(each) in _DATES), None),
    )


def _fields(element: etree._Element) -> Mapping[str, str]:
    """Title and guid: of each the first that is not empty, of the element's own vocabulary before another's."""
    fields: dict[str, str] = {}
    for child in sorted(element, key=lambda child: not _is_of(element, child)):
        name = _name(child)
        if name == "title" and not _is_media(child) and (title := _markup(child)):
            fields.setdefault("title", title)
        elif name in ("guid", "id") and (guid := "".join(child.itertext()).strip()):
            fields.setdefault("guid", guid)
    return fields


def _links(element: etree._Element) -> tuple[str, ...]:
    """The addresses of an entry's or a feed's own links to a page; a guid that is one where there is no link."""
    found = [link for child in element if _name(child) == "link" and not _is_media(child) and (link := _link(child))]
    if not found:
        found = [guid for child in element if _name(child) == "guid" and (guid := _permanent(child))]
    # What is an address as it stands goes before what becomes one.
    return tuple(dict.fromkeys(sorted(found, key=lambda link: not link.lower().startswith(_HTTP))))


def _permanent(guid: etree._Element) -> str:
    text = "".join(guid.itertext()).strip()
    may_be = guid.get("isPermaLink", "true").strip().lower() != "false"
    return text if may_be and text.lower().startswith(_HTTP) else ""


def _link(element: etree._Element) -> str:
    relation = (element.get("rel") or "alternate").strip().lower()
    if relation.rpartition("/")[2] != "alternate":
        return ""
    href, text = (element.get("href") or "").strip(), "".join(element.itertext()).strip()
    link = text if text.lower().startswith(_HTTP) and not href.lower().startswith(_HTTP) else href or text
    for each in (element, *element.iterancestors()):
        if base := each.get(_BASE):
            link = _join(base.strip(), link)
    return link


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _markup(element: etree._Element) -> str:
    """What stands between the tags as HTML, where escaped markup is markup and tags are tags; nothing for sounds."""
    kind = (element.get("type") or "").strip()
    if (element.get("mode") or "").lower() == "base64" or not is_readable(kind):
        return ""
    if len(element):
        inner: str = etree.tostring(element, encoding="unicode", with_tail=False)
        return inner[inner.find(">") + 1 : inner.rfind("</")].strip()
    text = (element.text or "").strip()
    # What Atom calls text is no markup.
    is_text = element.tag.startswith(_ATOM) and kind.lower() in ("", "text", "plain", "text/plain")
    return html.escape(text, quote=False) if is_text else text


def is_readable(kind: str) -> bool:
    """Whether a type is one of text, and not of sounds, pictures or programs; most feeds do not name one."""
    return not kind or _READABLE.fullmatch(kind) is not None


def _keywords(element: etree._Element) -> list[str]:
    words = "".join(element.itertext()).strip() or element.get("label") or element.get("term") or ""
    parts = words.split(",") if _name(element) == "keywords" else [words]
    # Addresses of vocabularies, as programs have them.
    return [part.strip() for part in parts if part.strip() and "://" not in part]


def _is_media(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and _MEDIA.match(element.tag) is not None


def _is_of(parent: etree._Element, child: etree._Element) -> bool:
    """Whether a child is of its parent's own vocabulary."""
    return _vocabulary(parent) == _vocabulary(child)


def _vocabulary(element: etree._Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    namespace, _, rest = tag.rpartition("}")
    return namespace + rest.rpartition(":")[0]


def _name(element: etree._Element) -> str:
    """The name without namespace or prefix, in lower case; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
