"""What a decision about arrivals is made from, and what comes of it: stored facts in, intents out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watchlist.model import Article, content_hash
from watchlist.news.wording import words_hash


@dataclass(frozen=True, slots=True)
class Known:
    """An article as it is stored."""

    id: str
    feed_id: int | None
    guid: str | None
    title: str
    text: str
    fetched_at: datetime
    story_id: str | None
    #: `words_hash` of the wordings that have been met, the present one included.
    seen: tuple[str, ...]
    #: Where in ``text`` the words of its page begin, where those are there (`news.full_text`).
    page: int | None = None
    url: str | None = None

    @property
    def words_hash(self) -> str:
        """What copies of it are known by: the words of feeds alone, without those of a page."""
        return words_hash(self.title, self.text) if self.page is None else self.seen[-1]

    @property
    def content_hash(self) -> str:
        """Hash of all its words: a change means that it must be screened again."""
        return content_hash(self.title, self.text)


@dataclass(frozen=True, slots=True)
class FactsNeeded:
    """The stored articles that found ones may be: those to which any of this applies."""

    ids: tuple[str, ...]
    #: Guids by feed.
    guids: Mapping[int, frozenset[str]]
    #: `words_hash` of what was said, where that was fetched at or after ``since``; None means whenever.
    wordings: frozenset[str]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to be stored; it waits to be screened."""

    found: Article
    #: Its words, which another entry of the same poll may have changed, and its story.
    known: Known


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """A stored article as it is to be from now on."""

    known: Known
    #: What it was found as where its words are edited: then it waits to be screened again.
    edit: Article | None


@dataclass(frozen=True, slots=True)
class FeedWords:
    """What an article's own feed says now, by which its page is known to be out of date."""

    article_id: str
    content_hash: str
    at: datetime | None
    #: Whether its page is to be fetched.
    wants_page: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be written of the articles that were found."""

    new: tuple[NewArticle, ...]
    changed: tuple[ChangedArticle, ...]
    feed_words: tuple[FeedWords, ...]

    @property
    def waiting(self) -> int:
        """How many articles wait to be screened for it."""
        return len(self.new) + sum(each.edit is not None for each in self.changed)
