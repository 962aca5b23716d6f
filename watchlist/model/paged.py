"""The pages of articles: which are fetched, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchlist.model.triage.captured import Capture


class FullText(StrEnum):
    """Whether the pages of a feed's articles are fetched."""

    #: Where the feed has little text, and pages of this feed have been worth it.
    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class PageStatus(StrEnum):
    """Where the page of an article stands."""

    WAITING = "waiting"
    #: Its text is in the article.
    READ = "read"
    #: It had no words that the feed lacked.
    PLAIN = "plain"
    #: Not to be had, and not tried again until the feed edits the article.
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageForFetch:
    """What fetching a page needs to know of its article."""

    article_id: str
    url: str
    title: str
    #: The article's text as it stands, and the hash that it is known by.
    text: str
    content_hash: str
    #: How often it was tried in vain.
    tries: int = 0
    #: Where in ``text`` the words of the page begin; None if it has none yet.
    start: int | None = None
    #: The address of the feed, as the operator wrote it.
    feed_url: str = ""
    feed_id: int | None = None

    @property
    def summary(self) -> str:
        """The text that the feed has."""
        return self.text if self.start is None else self.text[: self.start].rstrip("\n")


@dataclass(frozen=True, slots=True)
class PageIntent:
    """What fetching a page came to, to be stored in one transaction."""

    page: PageForFetch
    at: datetime
    status: PageStatus
    #: The words of the page, with the status ``read``.
    text: str = ""
    lang: str | None = None
    published_at: datetime | None = None
    reason: str | None = None
    #: When to try again, with the status ``waiting``.
    next_at: datetime | None = None
    #: The bytes of the page, where it is the article's and evidence is kept.
    capture: Capture | None = None


class Access(StrEnum):
    """What the robots.txt of a site came to."""

    #: It has rules, which decide.
    RULES = "rules"
    #: It has none: everything may be fetched.
    OPEN = "open"
    #: It could not be had, which for now means nothing may be fetched.
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PageHost:
    """A site whose pages are fetched: its robots.txt, and until when it is left alone."""

    origin: str
    access: Access
    rules: str
    checked_at: datetime
    expires_at: datetime
    reason: str | None = None
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageState:
    """The page of an article as it is shown."""

    status: PageStatus
    reason: str | None
    tries: int
    next_at: datetime
    fetched_at: datetime | None
    #: Where in the article's text the page's begins; None while it has none of it.
    start: int | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """How the pages of a feed have turned out lately."""

    tried: int = 0
    #: How many had words that the feed lacked.
    useful: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageCounts:
    """How all pages stand."""

    by_status: dict[PageStatus, int]
    #: The most frequent reasons why there is no text, with how many pages each stopped.
    reasons: tuple[tuple[str, int], ...] = ()
