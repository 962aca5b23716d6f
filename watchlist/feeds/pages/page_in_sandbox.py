"""BYTES -> PAGE: the text of an article out of the page around it.

Reading may take as long as the page likes to make it: call `page.read_page`, which runs this in the sandbox. Only there
is it imported, for trafilatura takes longer to import than a feed to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from lxml import etree, html

from watchlist.feeds.pages.article.text import article_of, cut
from watchlist.feeds.pages.page import Page, what_it_is
from watchlist.feeds.pages.whole import Told, is_plainly_whole
from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.dates import read_date
from watchlist.feeds.reading.extract import clean, html_to_text, one_line, page_to_text
from watchlist.feeds.reading.language import lang_tag
from watchlist.news.full_text import is_same_article
from watchlist.news.joined import joined

#: Deeper than any page that people made; libraries that walk a tree by recursion would not come back.
_DEEPEST = 200
_LONGEST_JSON = 500_000
_MOST_NODES = 2000
_LONGEST_TAG = 16
#: All the words of a page are kept only to see what kind of page it is.
_ALL_TEXT = 5000
#: A text for machines is as long as this, and so much of its words is missing where it is of use.
_LEAST_BODY, _MISSED = 600, 0.25
#: The classes and ids of a selector of style sheets.
_SELECTED = re.compile(r"[.#][\w-]{1,80}")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "parsely-pub-date")


def read_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The sandbox's side of `page.read_page`: plain values in, plain values out."""
    if (other := what_it_is(body, arguments["content_type"])) is not None:
        return {"error": other}
    page = read(decode(body, arguments["content_type"]), arguments["url"], datetime.fromisoformat(arguments["now"]))
    return {**asdict(page), "published_at": page.published_at and page.published_at.isoformat()}


def read(source: str, url: str, now: datetime) -> Page:
    """Title and text of an article, with what its page declares of it."""
    source = clean(source)
    title, all_text = page_to_text(source)
    tree = _tree(source)
    if tree is None:
        return Page(
            title=title,
            headline="",
            text="",
            all_text=all_text[:_ALL_TEXT],
            lang=None,
            published_at=None,
            free=None,
            whole=False,
            password=False,
        )
    declared = [*_declared(tree)]
    metas = _metas(tree)
    dates = (
        read_date(text, now) for text in (*(metas.get(name) for name in _DATES), *_strings(declared, "datePublished"))
    )
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("og:locale")
    free = [value for node in declared if (value := _truth(node.get("isAccessibleForFree"))) is not None]
    password = bool(tree.xpath("boolean(//input[@type='password'])"))
    told = _told(tree, declared)
    title = one_line(clean(metas.get("og:title") or title))
    article = article_of(tree, url, title)
    text = _with_declared(article.text, told.body)
    return Page(
        title=title,
        headline=article.headline,
        text=text,
        all_text="" if text else all_text[:_ALL_TEXT],
        lang=(lang_tag(lang) or "")[:_LONGEST_TAG] or None,
        published_at=next(filter(None, dates), None),
        free=all(free) if free else None,
        whole=is_plainly_whole(text, told),
        password=password,
    )


def _tree(source: str) -> Any:
    # A declaration of an encoding would go before what was found out; lxml refuses it in a string.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree if _depth(tree) <= _DEEPEST else None


def _depth(tree: Any) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _with_declared(text: str, body: str) -> str:
    """The text with what the page tells machines of it, where the extraction has missed a good part of that."""
    if len(body) < _LEAST_BODY or not is_same_article("", body, text):
        return text
    words = set(body.casefold().split())
    missing = len(words - set(text.casefold().split()))
    return cut(joined("", (body, text))) if missing > _MISSED * len(words) else text


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, meta.get("content"))
    return found


def _declared(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD (schema.org), whatever it stands in."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST_JSON:
            continue
        try:
            waiting = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield node
                waiting += [value for value in node.values() if isinstance(value, dict | list)]
            elif isinstance(node, list):
                waiting += [value for value in node if isinstance(value, dict | list)]


def _told(tree: Any, declared: list[dict[str, Any]]) -> Told:
    """What the page tells of the length of its article."""
    counts = [int(str(node["wordCount"])[:7]) for node in declared if str(node.get("wordCount", "")).isdecimal()]
    bodies = [one_line(html_to_text(body)) for body in _strings(declared, "articleBody")]
    closed = [node for node in declared if _truth(node.get("isAccessibleForFree")) is False]
    names = {name for selector in _strings(closed, "cssSelector") for name in _SELECTED.findall(selector[:1000])}
    return Told(
        words=max(counts, default=None),
        body=max(bodies, key=len, default=""),
        closed=_letters_in(tree, names) if names else None,
    )


def _letters_in(tree: Any, names: set[str]) -> int:
    """How much stands in the elements of these classes and ids."""
    longest = 0
    for element in tree.iter(etree.Element):
        called = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        if called & names:
            longest = max(longest, len(one_line("".join(element.itertext()))))
            if longest > _ALL_TEXT:
                break
    return longest


def _strings(nodes: list[dict[str, Any]], key: str) -> list[str]:
    return [node[key] for node in nodes if isinstance(node.get(key), str)]


def _truth(value: object) -> bool | None:
    """Schema.org's Boolean: true and false, as such, as words, or as addresses (``http://schema.org/False``)."""
    if isinstance(value, bool):
        return value
    word = value.strip().rpartition("/")[2].lower() if isinstance(value, str) else ""
    return {"true": True, "false": False}.get(word)
