"""An article with the mentions in it marked: its words in pieces, each with what it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watchlist.model import Article, Field, Mention


@dataclass(frozen=True, slots=True)
class ArticlePiece:
    """A stretch of an article: plain words, or a mention."""

    text: str
    #: Whose mention it is; empty for plain words.
    caption: str = ""
    #: The number of a mention of the subject in question, counted through the article; 0 for others and plain words.
    number: int = 0


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's title and text in pieces."""

    title: tuple[ArticlePiece, ...]
    text: tuple[ArticlePiece, ...]
    #: How many mentions of the subject are marked.
    count: int
    #: Whether the article has other words by now than those the subject was found in.
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class _MarkedPlace:
    start: int
    end: int
    caption: str
    own: bool


def marked(article: Article, mention: Mention, others: Iterable[Mention]) -> MarkedArticle:
    """An article with all places of a mention marked, and of the ``others`` those that lie beside them."""
    words: dict[Field, str] = {"title": article.title, "text": article.text}
    reworded = words[mention.field][mention.start : mention.end] != mention.surface
    beside = [each for each in others if each.id != mention.id]
    found: dict[Field, tuple[ArticlePiece, ...]] = {}
    count = 0
    for field in words:
        own = [] if reworded else _places(mention, field, own=True)
        taken = _apart([*own, *(place for each in beside for place in _places(each, field, own=False))])
        found[field] = tuple(_pieces(words[field], taken, count))
        count += sum(place.own for place in taken)
    return MarkedArticle(found["title"], found["text"], count, reworded)


def _places(mention: Mention, field: Field, *, own: bool) -> list[_MarkedPlace]:
    return [_MarkedPlace(span.start, span.end, mention.caption, own) for span in mention.spans if span.field == field]


def _apart(places: Sequence[_MarkedPlace]) -> list[_MarkedPlace]:
    """Those of these places that don't overlap, in order; the subject's own go first, then the longer."""
    taken: list[_MarkedPlace] = []
    for place in sorted(places, key=lambda each: (not each.own, each.start - each.end, each.start)):
        if all(place.end <= other.start or place.start >= other.end for other in taken):
            taken.append(place)
    return sorted(taken, key=lambda each: each.start)


def _pieces(text: str, places: Sequence[_MarkedPlace], before: int) -> Iterator[ArticlePiece]:
    at, number = 0, before
    for place in places:
        if place.end > len(text):
            break
        if place.start > at:
            yield ArticlePiece(text[at : place.start])
        number += place.own
        yield ArticlePiece(text[place.start : place.end], place.caption, number if place.own else 0)
        at = place.end
    if at < len(text):
        yield ArticlePiece(text[at:])
