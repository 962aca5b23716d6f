"""Is this article new? What becomes of the articles that a feed holds, given what is stored. Pure.

The id of an article comes of its address (`news.identity`); here the guid and the words have their say. Nothing is new
twice, and nothing is lost: what differs in words is screened, once. Whoever stores articles asks in three steps: which
of them are not as they were (`reworded`), what of the stored ones bears on those (`facts_needed`), and what is to be
written (`decide`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from watchlist.model import Article
from watchlist.news.edits import Edited, Met, after, settle
from watchlist.news.facts import ChangedArticle, Decided, FactsNeeded, FeedWords, Known, NewArticle
from watchlist.news.wording import alike, words_hash
from watchlist.text.sites import is_one_site

#: For how long the same words are the same story. After that somebody brings it up again, which is news.
SAME_STORY = timedelta(days=30)
#: A title and text of fewer characters may well be that of two articles: "Update", "Markets at noon".
MIN_REPUBLISHED = 60
#: The text that copies of an agency's article share; what is shorter may be a notice that stands under everything.
MIN_STORY_TEXT = 200
#: An article is compared with so many of those that have its guid or its words.
_MOST_BEARERS = 50


def reworded(found: Iterable[Article], said: Mapping[str, str]) -> tuple[Article, ...]:
    """The articles that are not as they were last found: most of a poll is.

    ``said`` holds the hash of the words that the feed last had of each stored article, by its id.
    """
    return tuple(article for article in found if said.get(article.id) != article.content_hash)


def facts_needed(found: Sequence[Article], stored_ids: Collection[str]) -> FactsNeeded:
    """Which stored articles must be known to decide what becomes of these; ``stored_ids`` are known to be stored."""
    unknown = [article for article in found if article.id not in stored_ids]
    guids: defaultdict[int, set[str]] = defaultdict(set)
    for article in unknown:
        if article.guid is not None and article.feed_id is not None:
            guids[article.feed_id].add(article.guid)
    times = [article.fetched_at for article in unknown if article.fetched_at is not None]
    return FactsNeeded(
        ids=tuple(article.id for article in found if article.id in stored_ids),
        guids={feed_id: frozenset(some) for feed_id, some in guids.items()},
        wordings=frozenset(words_hash(each.title, each.text) for each in unknown),
        since=min(times) - SAME_STORY if times else None,
    )


def decide(found: Iterable[Article], stored: Iterable[Known], wanted: Collection[str] = ()) -> Decided:
    """What becomes of found articles, given the stored ones that they may be (`facts_needed`), the oldest first.

    Of the articles that ``wanted`` names, those that are new or reworded by their own feed get their page in the queue.
    Raises ValueError for one without the time it was fetched.
    """
    poll = _Poll(stored)
    for article in found:
        poll.take(article)
    return poll.decided(wanted)


def same_article(found: Article, stored: Iterable[Known]) -> Known | None:
    """The stored article that this one is although its id is another, for the guid and the words say so; or None.

    Of the same feed only. A guid alone says nothing, since there are feeds that count their entries anew each time: the
    words must be largely the same too. The same words at another address of the site are the same article published
    again; at another site, in a feed that gathers several, they are its copy.
    """
    words = (found.title, found.text)
    wording = words_hash(*words)
    enough = len(found.title) + len(found.text) >= MIN_REPUBLISHED
    for known in stored:
        if known.feed_id != found.feed_id or known.id == found.id:
            continue
        if enough and wording in known.seen and _lately(found, known) and is_one_site(found.url, known.url):
            return known
        if (
            found.guid is not None
            and known.guid == found.guid
            and alike((found.title, found.text), (known.title, known.text))
        ):
            return known
    return None


def same_story(found: Article, stored: Iterable[Known]) -> str | None:
    """The story of which this new article is a copy, such as an agency's text in another paper; or None."""
    if len(found.text) < MIN_STORY_TEXT:
        return None
    wording = words_hash(found.title, found.text)
    for known in stored:
        if wording in known.seen and _lately(found, known):
            return known.story_id or known.id
    return None


@dataclass(slots=True)
class _Becoming:
    """What is to be written of one article so far."""

    known: Known
    #: As it was found first, where it is new.
    new: Article | None = None
    edit: Article | None = None


class _Poll:
    """The articles known so far, those of the same poll among them, and what becomes of each."""

    def __init__(self, stored: Iterable[Known]) -> None:
        self._known: dict[str, Known] = {}
        #: Ids by guid within a feed, and by words.
        self._by_guid: defaultdict[tuple[int | None, str | None], dict[str, None]] = defaultdict(dict)
        self._by_words: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._becoming: dict[str, _Becoming] = {}
        #: What their own feed says now of articles that are new or that it has reworded.
        self._said: dict[str, Article] = {}
        for known in stored:
            self._put(known)

    def take(self, article: Article) -> None:
        """Decide what becomes of a found article."""
        wording = words_hash(article.title, article.text)
        copies = [self._known[id] for id in self._by_words[wording]]
        same_guid = [self._known[id] for id in self._by_guid[article.feed_id, article.guid]] if article.guid else []
        known = self._known.get(article.id) or same_article(article, (*copies, *same_guid))
        if known is not None:
            change = settle(article, known)
            if change.wording is not None and known.feed_id in (None, article.feed_id):
                self._said[known.id] = article
            self._change(article, change)
            return
        new = _first(article, same_story(article, copies), wording)
        self._put(new)
        self._becoming[new.id] = _Becoming(new, new=article)
        self._said[new.id] = article

    def decided(self, wanted: Collection[str]) -> Decided:
        becoming = self._becoming.values()
        new = tuple(NewArticle(each.new, each.known) for each in becoming if each.new is not None)
        fresh = {each.known.id for each in new}
        return Decided(
            new=new,
            changed=tuple(ChangedArticle(each.known, each.edit) for each in becoming if each.new is None),
            feed_words=tuple(
                FeedWords(id, article.content_hash, article.fetched_at, wants_page=article.id in wanted)
                for id, article in self._said.items()
                # A new article has no page yet, and most get none.
                if article.id in wanted or id not in fresh
            ),
        )

    def _change(self, article: Article, change: Met | Edited) -> None:
        known = after(change)
        if known == change.known:
            return
        self._put(known)
        planned = self._becoming.setdefault(known.id, _Becoming(known))
        planned.known = known
        if isinstance(change, Edited):
            planned.edit = article

    def _put(self, known: Known) -> None:
        self._known[known.id] = known
        _keep(self._by_guid[known.feed_id, known.guid], known.id)
        for wording in known.seen:
            _keep(self._by_words[wording], known.id)


def _keep(bearers: dict[str, None], id: str) -> None:
    """Add to those that share a guid or a wording; of very many, which only a broken feed has, the latest."""
    bearers[id] = None
    if len(bearers) > _MOST_BEARERS:
        del bearers[next(iter(bearers))]


def _first(article: Article, story: str | None, wording: str) -> Known:
    if article.fetched_at is None:
        raise ValueError("an article without the time it was fetched cannot be stored")
    return Known(
        id=article.id,
        feed_id=article.feed_id,
        guid=article.guid,
        title=article.title,
        text=article.text,
        fetched_at=article.fetched_at,
        story_id=story,
        seen=(wording,),
        url=article.url,
    )


def _lately(found: Article, known: Known) -> bool:
    return found.fetched_at is None or found.fetched_at - known.fetched_at <= SAME_STORY
