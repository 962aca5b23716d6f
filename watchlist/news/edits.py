"""What becomes of a known article that is found with other words: an edit to be screened, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from watchlist.model import Article
from watchlist.news.facts import Known
from watchlist.news.full_text import join_page
from watchlist.news.wording import Wording, adds, is_cut_off, join, words_hash

#: Wordings of an article that are remembered, so that none of them comes as new again.
MAX_SEEN = 32


@dataclass(frozen=True, slots=True)
class Met:
    """A wording of a known article that has nothing to be screened; it is remembered where it was not met before."""

    known: Known
    wording: str | None


@dataclass(frozen=True, slots=True)
class Edited:
    """A known article is to have these words, which are mainly those of this feed, and be screened again."""

    known: Known
    feed_id: int | None
    title: str
    text: str
    wording: str
    page: int | None = None


def settle(found: Article, known: Known) -> Met | Edited:
    """What becomes of a known article's words when it is found with these.

    Every wording is screened once, however often a feed or two feeds go back and forth between them. Its own feed may
    reword an article as it likes, save for cutting off its end. Another feed may lengthen it, which makes it that
    feed's own, or add what it alone says.
    """
    wording = words_hash(found.title, found.text)
    if wording in known.seen:
        return Met(known, None)
    new, old = (found.title, found.text), (known.title, known.text)
    if known.page is not None:
        return _beside_page(found, known, known.page, wording)
    if known.feed_id is None or known.feed_id == found.feed_id:
        return Met(known, wording) if is_cut_off(new, old) else _edited(known, found.feed_id, new, wording)
    if len(found.text) > len(known.text):
        return _edited(known, found.feed_id, join(new, old), wording)
    return _edited(known, known.feed_id, join(old, new), wording) if adds(new, old) else Met(known, wording)


def _edited(known: Known, feed_id: int | None, words: Wording, wording: str) -> Edited:
    title, text = words
    return Edited(known=known, feed_id=feed_id, title=title, text=text, wording=wording)


def _beside_page(found: Article, known: Known, start: int, wording: str) -> Met | Edited:
    """As `settle`, for an article that has its page's words: those stay until the page itself was fetched again.

    Its own feed's words take the place of what it said before; another's are added if they say what is nowhere yet.
    """
    said = (known.title, known.text[:start].rstrip("\n"))
    if known.feed_id is None or known.feed_id == found.feed_id:
        said = (found.title, found.text)
    elif adds((found.title, found.text), (known.title, known.text)):
        said = join(said, (found.title, found.text))
    text, start = join_page(*said, known.text[start:])
    if (said[0], text) == (known.title, known.text):
        return Met(known, wording)
    return Edited(known=known, feed_id=known.feed_id, title=said[0], text=text, wording=wording, page=start)


def after(change: Met | Edited) -> Known:
    """The article as it is stored when the change is made."""
    known = change.known
    if change.wording is not None:
        known = replace(known, seen=(*known.seen, change.wording)[-MAX_SEEN:])
    if isinstance(change, Edited):
        known = replace(known, feed_id=change.feed_id, title=change.title, text=change.text, page=change.page)
    return known
