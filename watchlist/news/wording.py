"""What is new about an article, given what is stored: pure decisions over words, guids and addresses.

The id of an article comes of its address (`news.identity`); here the guid and the words have their say. Nothing is new
twice, and nothing is lost: what differs in words is screened, once.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watchlist.model.paged import join_page
from watchlist.model.screened import Article

#: For how long the same words are the same story. After that somebody brings it up again, which is news.
SAME_STORY = timedelta(days=30)
#: A title and text of fewer characters may well be that of two articles: "Update", "Markets at noon".
MIN_REPUBLISHED = 60
#: The text that copies of an agency's article share; what is shorter may be a notice that stands under everything.
MIN_STORY_TEXT = 200
#: Two wordings of one article have at least so many words in common.
MIN_SHARED = 4
#: Wordings of an article that are remembered, so that none of them comes as new again.
MAX_SEEN = 32
#: The longest text that is still added to.
_MAX_JOINED = 200_000

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\W*\w*\W*\Z")
#: "…", "[...]" and the like.
_MARK = re.compile(r"\W+\Z")
#: More characters than the last word has.
_TAIL = 200


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
    #: Where in ``text`` the words of its page begin, where those are there (`model.paged`).
    page: int | None = None


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


def words_hash(title: str, text: str) -> str:
    """A short hash over the words alone: the same for another kind of quotes, dashes, spaces or invisible marks."""
    return hashlib.sha256(f"{_plain(title)}\x1f{_plain(text)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_story(text: str) -> bool:
    """Whether the same words elsewhere are a copy, and no coincidence."""
    return len(text) >= MIN_STORY_TEXT


def same_article(found: Article, stored: Iterable[Known]) -> Known | None:
    """The stored article that this one is although its id is another, for the guid and the words say so; or None.

    Of the same feed only. A guid alone says nothing, since there are feeds that count their entries anew each time: the
    words must be largely the same too. The same words at another address are the same article published again.
    """
    wording = words_hash(found.title, found.text)
    enough = len(found.title) + len(found.text) >= MIN_REPUBLISHED
    for known in stored:
        if known.feed_id != found.feed_id or known.id == found.id:
            continue
        if enough and wording in known.seen and _lately(found, known):
            return known
        if found.guid is not None and known.guid == found.guid and _alike(found, known):
            return known
    return None


def same_story(found: Article, stored: Iterable[Known]) -> str | None:
    """The story of which this new article is a copy, such as an agency's text in another paper; or None."""
    if not is_story(found.text):
        return None
    wording = words_hash(found.title, found.text)
    for known in stored:
        if wording in known.seen and _lately(found, known):
            return known.story_id or known.id
    return None


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
        cut = _plain(found.title) == _plain(known.title) and _begins(known.text, found.text)
        return Met(known, wording) if cut else Edited(known, found.feed_id, *new, wording)
    if len(found.text) > len(known.text):
        return Edited(known, found.feed_id, *_join(new, old), wording)
    return Edited(known, known.feed_id, *_join(old, new), wording) if _adds(new, old) else Met(known, wording)


def _beside_page(found: Article, known: Known, start: int, wording: str) -> Met | Edited:
    """As `settle`, for an article that has its page's words: those stay until the page itself was fetched again.

    Its own feed's words take the place of what it said before; another's are added if they say what is nowhere yet.
    """
    said = (known.title, known.text[:start].rstrip("\n"))
    if known.feed_id is None or known.feed_id == found.feed_id:
        said = (found.title, found.text)
    elif _adds((found.title, found.text), (known.title, known.text)):
        said = _join(said, (found.title, found.text))
    text, start = join_page(*said, known.text[start:])
    if (said[0], text) == (known.title, known.text):
        return Met(known, wording)
    return Edited(known, known.feed_id, said[0], text, wording, start)


def after(change: Met | Edited) -> Known:
    """The article as it is stored when the change is made."""
    known = change.known
    if change.wording is not None:
        known = replace(known, seen=(*known.seen, change.wording)[-MAX_SEEN:])
    if isinstance(change, Edited):
        known = replace(known, feed_id=change.feed_id, title=change.title, text=change.text, page=change.page)
    return known


def _lately(found: Article, known: Known) -> bool:
    return found.fetched_at is None or found.fetched_at - known.fetched_at <= SAME_STORY


def _alike(found: Article, known: Known) -> bool:
    """Whether two thirds of the words of the shorter stand in the longer, and not only a few that do so by chance."""
    one, other = _words(found.title, found.text), _words(known.title, known.text)
    shared = len(one & other)
    return shared >= MIN_SHARED and 3 * shared >= 2 * min(len(one), len(other))


def _begins(longer: str, shorter: str) -> bool:
    """Whether the shorter text is the longer one cut off, with or without a mark where."""
    plain = _plain(shorter)
    return _plain(longer).startswith(plain[:-_TAIL] + _MARK.sub("", plain[-_TAIL:]))


def _adds(shorter: tuple[str, str], longer: tuple[str, str]) -> bool:
    """Whether there are words in the one that are not in the other; the last may be cut off, and does not count."""
    return not _words(shorter[0], _without_end(shorter[1])) <= _words(*longer)


def _join(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    """The first wording, with what only the second says after it."""
    title, text = first
    if not _adds(second, first) or len(text) > _MAX_JOINED:
        return title, text
    added: Sequence[str] = [part for part in second if part and part not in (title, text)]
    return title, "\n".join(filter(None, (text, *added)))


def _words(*texts: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_plain(" ".join(texts))))


def _without_end(text: str) -> str:
    """The text up to its last word, which may be cut off, and what marks the place."""
    plain = _plain(text)
    return plain[:-_TAIL] + _LAST_WORD.sub("", plain[-_TAIL:])


def _plain(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return " ".join(text.split())
