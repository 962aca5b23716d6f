"""A second, plainer reader: by the names of tags alone, whatever their case, prefix or namespace.

`read_feed` asks it where feedparser gives up on a document or finds no entry in it. lxml closes what is left open, so
that titles and links come out of documents in which nothing else is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from watchlist.feeds.reading.repair import read_xml

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ENTRIES = frozenset({"item", "entry"})
_TEXTS = frozenset({"description", "summary", "content", "encoded", "abstract"})
_DATES = frozenset({"pubdate", "published", "date", "issued", "updated", "modified"})
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: Deeper than any feed nests.
_DEPTH = 200


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """What an entry says, title and texts as HTML, the address as it stands but for its base."""

    guid: str | None
    link: str | None
    title: str
    texts: tuple[str, ...]
    date: str | None


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
    return PlainFeed(_name(root), about.get("title"), about.get("link"), tuple(_entry(each) for each in found))


def _descend(element: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The elements in the order of the document, not into entries."""
    for child in element:
        yield child
        if _name(child) not in _ENTRIES and depth < _DEPTH:
            yield from _descend(child, depth + 1)


def _entry(element: etree._Element) -> PlainEntry:
    fields = _fields(element)
    texts = tuple(_markup(each) for each in element if _name(each) in _TEXTS)
    date = next((_markup(each) for each in element if _name(each) in _DATES), None)
    return PlainEntry(
        guid=fields.get("guid"), link=fields.get("link"), title=fields.get("title", ""), texts=texts, date=date
    )


def _fields(element: etree._Element) -> Mapping[str, str]:
    """Title, link and guid: of each the first that is not empty."""
    fields: dict[str, str] = {}
    permanent = False
    for child in element:
        name = _name(child)
        if name == "title":
            fields.setdefault("title", _markup(child))
        elif name in ("guid", "id"):
            fields.setdefault("guid", "".join(child.itertext()).strip())
            permanent = child.get("isPermaLink", "true").strip().lower() != "false"
        elif name == "link" and (link := _link(child)):
            fields.setdefault("link", link)
    guid = fields.get("guid", "")
    if "link" not in fields and permanent and guid.lower().startswith(("http://", "https://")):
        fields["link"] = guid
    return {name: value for name, value in fields.items() if value}


def _link(element: etree._Element) -> str:
    relation = (element.get("rel") or "alternate").strip().lower()
    if relation.rpartition("/")[2] != "alternate":
        return ""
    link = (element.get("href") or "".join(element.itertext())).strip()
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
    """What stands between the tags, where escaped markup is markup and tags are tags."""
    if not len(element):
        return (element.text or "").strip()
    inner: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return inner[inner.find(">") + 1 : inner.rfind("</")].strip()


def _name(element: etree._Element) -> str:
    """The name without namespace or prefix, in lower case; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
