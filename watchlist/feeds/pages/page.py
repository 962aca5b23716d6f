"""BYTES -> PAGE in bounded time: `page_in_sandbox` does the work, in a process of the `sandbox`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.errors import ExtractionError
from watchlist.feeds.reading.document import Source
from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
from watchlist.http.failures import Failure, HttpError
from watchlist.http.inflate import Packed


@dataclass(frozen=True, slots=True)
class Page:
    """The page of an article as read, in plain text; what it lacks is None or empty."""

    title: str
    #: The headline as it stands above the text; empty where none does.
    headline: str
    #: The article's text, without its headline and what surrounds it; empty if none could be made out.
    text: str
    #: All the words of the page, where there is no article's text.
    all_text: str
    lang: str | None
    #: As the page declares it for machines; never guessed from its words.
    published_at: datetime | None
    #: What the page declares: whether everybody may read the article.
    free: bool | None
    #: Whether the text is plainly the whole article, for those that are not free.
    whole: bool
    #: Whether it asks for a password.
    password: bool


_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"PK\x03\x04", "a file"),
)
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
_LOOK = 1024


def what_it_is(body: bytes, content_type: str | None) -> str | None:
    """What this is instead of an HTML page, in words; None for what may be one."""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return f"{name}, not a page"
    kind = (content_type or "").partition(";")[0].strip().lower()
    # Servers that name no type, or the type of unknown bytes, mean nothing by it.
    if kind not in _HTML_TYPES and not (kind == "application/octet-stream" and b"<" in body[:_LOOK]):
        return f"{kind[:60]}, not a page"
    return "the answer is empty" if not body[:_LOOK].strip() and not body.strip() else None


def read_page(body: bytes | Packed, source: Source, sandbox: Sandbox, deadline: float) -> Page:
    """Read an HTML page, however damaged, within ``deadline`` seconds and bounded memory.

    Raises ExtractionError for what is no page, and for one that cannot be read within these bounds; HttpError for one
    that came damaged, and may come whole another time.
    """
    arguments = {"url": source.url, "content_type": source.content_type, "now": source.now.isoformat()}
    outcome = sandbox.run("article", arguments, body, deadline)
    if isinstance(outcome, Failed) and outcome.passing:
        raise HttpError(Failure.BODY, outcome.reason)
    if isinstance(outcome, Failed):
        raise ExtractionError(source.url, outcome.reason)
    if "error" in outcome:
        raise ExtractionError(source.url, outcome["error"])
    published = outcome["published_at"]
    return Page(**{**outcome, "published_at": published and datetime.fromisoformat(published)})
