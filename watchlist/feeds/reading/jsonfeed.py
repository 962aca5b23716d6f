"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: ``version`` of either, with the number after it.
_VERSION = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """One entry of a JSON Feed; what is absent or of the wrong type is None."""

    id: str | None
    url: str | None
    title: str | None
    #: ``content_html``, ``content_text``, ``summary``: the first is HTML.
    html: str | None
    text: str | None
    summary: str | None
    published: str | None
    lang: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """A JSON Feed as it stands."""

    version: str
    title: str | None
    home: str | None
    lang: str | None
    entries: tuple[JsonEntry, ...]


def read_json_feed(text: str) -> JsonFeed | None:
    """The feed, or None if this is no JSON Feed. An entry that is no object is passed over.

    A document that forgets its version is taken for one by its list of entries.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    version = (_text(document, "version") or "").strip().replace("http:", "https:", 1)
    if not version.startswith(_VERSION) and not _has_entries(document.get("items")):
        return None
    return JsonFeed(
        version=version.removeprefix(_VERSION) if version.startswith(_VERSION) else "",
        title=_text(document, "title"),
        home=_text(document, "home_page_url"),
        lang=_text(document, "language"),
        entries=tuple(_entries(document.get("items"))),
    )


def _has_entries(found: object) -> bool:
    """Whether this is a list of what could not well be anything else than entries."""
    return isinstance(found, list) and any(
        isinstance(each, dict) and _text(each, "title") and (_text(each, "url") or _text(each, "id")) for each in found
    )


def _entries(found: object) -> Iterator[JsonEntry]:
    for entry in found if isinstance(found, list) else ():
        if isinstance(entry, dict):
            yield JsonEntry(
                id=_text(entry, "id"),
                url=_text(entry, "url") or _text(entry, "external_url"),
                title=_text(entry, "title"),
                html=_text(entry, "content_html"),
                text=_text(entry, "content_text"),
                summary=_text(entry, "summary"),
                published=_text(entry, "date_published") or _text(entry, "date_modified"),
                lang=_text(entry, "language"),
                tags=tuple(tag for tag in _list(entry, "tags") if isinstance(tag, str)),
            )


def _list(of: Mapping[str, Any], key: str) -> list[Any]:
    value = of.get(key)
    return value if isinstance(value, list) else []


def _text(of: Mapping[str, Any], key: str) -> str | None:
    value = of.get(key)
    # Version 1.1 asks readers to take a number given as an id for its digits.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None
