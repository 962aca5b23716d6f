"""An article, as a feed has it and as it is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from watchlist.model import Article
from watchlist.news.facts import Known
from watchlist.news.wording import words_hash

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TITLE = "Tanker held in port"
SUMMARY = "A tanker of Grey Harbour Shipping was held in port on Monday after a search."
FULL = (
    SUMMARY + " The owner, Ilya Marrow, said that the papers were in order and that the ship would sail again soon." * 2
)


def found(title: str = TITLE, text: str = SUMMARY, **changes: object) -> Article:
    plain = Article("a", title, text, url="https://x.example/1", feed_id=1, guid="g1", fetched_at=NOW)
    return replace(plain, **changes)


def stored(title: str = TITLE, text: str = SUMMARY, **changes: object) -> Known:
    plain = Known("a", 1, "g1", title, text, NOW, None, (words_hash(title, text),), url="https://x.example/1")
    return replace(plain, **changes)
