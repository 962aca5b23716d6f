"""An article's own page: which are fetched, when one is tried again, and what its words add to the article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from watchlist.model import Article, FullText, PageRecord

#: A text shorter than this is a summary.
SHORT = 600
#: A page is tried so often before it is given up.
MAX_TRIES = 3
#: The first and each further failure is followed by a longer wait.
_WAITS = (timedelta(minutes=30), timedelta(hours=6))
#: The longest wait a server is granted.
_LONGEST_WAIT = timedelta(hours=24)

#: How pages turned out within this time decides whether more of the feed's are fetched: sites change.
RECENT = timedelta(days=30)
#: So many are fetched before that is asked, and from then on one in so many must have had words that the feed lacked.
_TRIAL = 5
_WORTH = 5
#: A feed whose pages were not worth it is given another chance with one page after this time.
_CHANCE = timedelta(days=1)

#: What ends a text that goes on elsewhere.
_CUT = re.compile(
    r"(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])]"
    r"|\b(?:read|view|see|show|learn|find out|continue)\s+(?:the\s+)?(?:more|full\s+(?:story|article|text)|reading)"
    r"|\bfull (?:story|article)|\bthe post .{1,300} appeared first on .{1,100}"
    r"|\b(?:lire la suite|en savoir plus|weiterlesen|mehr lesen|zum artikel|leer más|seguir leyendo|ler mais|leia mais"
    r"|leggi (?:tutto|di più)|lees (?:meer|verder)|czytaj (?:więcej|dalej)|läs mer|les mer|læs mere|devamını oku)"
    r"|читать (?:далее|дальше|полностью)|подробнее|далее|читати далі|докладніше|اقرأ المزيد|ادامه مطلب"
    r"|阅读(?:全文|更多)|查看全文|続きを読む|더 ?보기)[\s.»>→:)\]…]*\Z",
    re.IGNORECASE | re.DOTALL,
)
#: Of the words of an article and of its page, at least this share is common to both.
_SHARED = 0.4
_LONG_WORD = 4
_WORD = re.compile(r"\w+")


def choose_pages(
    articles: Iterable[Article], setting: FullText, record: PageRecord, now: datetime, *, oldest: datetime | None
) -> frozenset[str]:
    """The ids of a feed's articles whose pages are to be fetched, should they turn out new.

    ``oldest`` is given with the first reading of a feed, which brings old articles too: of those only the ones dated
    since then. With ``auto`` it is those with little text or a text that breaks off, unless the pages of this feed were
    not worth it: then one in a while.
    """
    if setting is FullText.NEVER:
        return frozenset()
    found = [
        article
        for article in articles
        if article.url is not None
        and (oldest is None or (article.published_at is not None and article.published_at >= oldest))
        and (setting is FullText.ALWAYS or is_summary(article.text))
    ]
    if setting is FullText.AUTO and not _worth(record):
        chance = record.last_at is None or now - record.last_at >= _CHANCE
        found = found[:1] if chance else []
    return frozenset(article.id for article in found)


def is_summary(text: str) -> bool:
    """Whether a text looks like the beginning of one that goes on elsewhere."""
    return len(text) < SHORT or _CUT.search(text[-500:]) is not None


def next_try(now: datetime, tries: int, retry_after: float | None) -> datetime | None:
    """When to try a page again that failed for a passing reason; None to give it up. ``tries`` counts this one."""
    if tries >= MAX_TRIES:
        return None
    wait = _WAITS[min(tries, len(_WAITS)) - 1]
    if retry_after is not None:
        wait = max(wait, hold(retry_after))
    return now + wait


def hold(retry_after: float) -> timedelta:
    """How long to leave a server alone that asked for so many seconds of patience."""
    return min(timedelta(seconds=min(retry_after, 1e9)), _LONGEST_WAIT)


def is_same_article(title: str, summary: str, page: str) -> bool:
    """Whether a page's words can be those of the article: it has a good part of the title's and summary's.

    Where the page is the shorter of the two, a good part of its words counts. An article without words of its own is
    whatever its address leads to.
    """
    known, found = _telling(f"{title} {summary}"), _telling(page)
    return not known or len(known & found) >= max(1, _SHARED * min(len(known), len(found)))


def has_more(title: str, summary: str, page: str) -> bool:
    """Whether a page has words to screen that the feed does not have."""
    return len(page) > len(summary) and not _words(page) <= _words(f"{title}\n{summary}")


def join_page(title: str, summary: str, page: str) -> tuple[str, int]:
    """The text of an article that has a page's words, and where those begin.

    What the feed says stays in front, unless it has no word that the title and the page lack: then it is a copy of the
    page's beginning.
    """
    if not summary or _words(summary) <= _words(f"{title}\n{page}"):
        return page, 0
    return f"{summary}\n{page}", len(summary) + 1


def _worth(record: PageRecord) -> bool:
    return record.tried < _TRIAL or record.useful * _WORTH >= record.tried


def _words(text: str) -> frozenset[str]:
    """The words of a text without letter case, each once."""
    return frozenset(_WORD.findall(text.casefold()))


def _telling(text: str) -> frozenset[str]:
    """Words long enough to tell articles apart; in scripts without spaces, pairs of characters."""
    found: set[str] = set()
    for word in _words(text):
        if any(character >= "\u2e80" for character in word):
            found.update(word[n : n + 2] for n in range(len(word) - 1))
        elif len(word) >= _LONG_WORD:
            found.add(word)
    return frozenset(found)
