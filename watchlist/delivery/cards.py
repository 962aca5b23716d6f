"""One alert as messages show it, in full or in a line; every text is cleaned. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from watchlist.alerts.explain import KIND_WORDS, ORIGIN_WORDS, Reason, namesakes, reasons
from watchlist.delivery.clean import listing, moment, one_line, quote_parts, web_link
from watchlist.delivery.links import AlertLinks
from watchlist.model import AlertDetail, Mention, NameKind, Severity

_KINDS = KIND_WORDS | {NameKind.PREVIOUS: "previous name"}
#: Sources of a story that are named.
_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One alert in full."""

    id: int
    title: str
    #: Feed and time of publication, as far as they are known.
    source: str
    url: str | None
    #: An address that must not become a link.
    plain_url: str | None
    before: str
    mention: str
    after: str
    #: Why now, the story's articles and sources, namesakes.
    facts: tuple[tuple[str, str], ...]
    #: Which listed name was found, and how often.
    matched: str
    score: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    #: What can be done with it on the page, and where.
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in a line."""

    id: int
    title: str
    #: Feed, time of publication, further articles, score.
    source: str
    url: str | None
    #: Where it is shown on the page.
    page: str | None = None


def is_severe(detail: AlertDetail) -> bool:
    """Whether an alert is told in full where not all can be."""
    return detail.alert.severity is Severity.HIGH and not detail.alert.rolled_up


def card(detail: AlertDetail, links: AlertLinks | None = None) -> Card:
    """An alert in full."""
    id = detail.alert.id
    mention = detail.mention
    before, surface, after = quote_parts(mention.quote)
    supporting, opposing = reasons(mention.features)
    url = web_link(detail.article_url)
    published = detail.article_published_at
    source = (one_line(detail.feed_title or "", 100), f"published {moment(published)}" if published else "")
    facts = (
        ("Severity", one_line("; ".join((detail.alert.severity, *detail.alert.severity_why)), 300)),
        ("Why now", one_line(detail.alert.note or "", 200)),
        ("Story", _story(detail)),
        ("Namesakes", one_line(namesakes(mention.features), 500)),
    )
    return Card(
        id=id,
        title=one_line(detail.article_title) or "(no title)",
        source=" · ".join(part for part in source if part),
        url=url,
        plain_url=one_line(detail.article_url) if detail.article_url and not url else None,
        before=before,
        mention=surface,
        after=after,
        facts=tuple((label, value) for label, value in facts if value),
        matched=_matched(mention),
        score=f"{mention.score:.2f}",
        supporting=tuple(map(_words, supporting)),
        opposing=tuple(map(_words, opposing)),
        links=(("Open", links.page(id)), *links.judging(id)) if links else (),
    )


def line(detail: AlertDetail, links: AlertLinks | None = None) -> Line:
    """An alert in a line."""
    published, articles = detail.article_published_at, len(detail.story.articles)
    source = (
        one_line(detail.feed_title or "", 60),
        f"published {moment(published)}" if published else "without a date",
        f"{articles} articles" if articles > 1 else "",
        detail.alert.severity if detail.alert.severity is not Severity.NORMAL else "",
        f"score {detail.mention.score:.2f}",
    )
    return Line(
        id=detail.alert.id,
        title=one_line(detail.article_title, 160) or "(no title)",
        source=" · ".join(part for part in source if part),
        url=web_link(detail.article_url),
        page=links.page(detail.alert.id) if links else None,
    )


def _story(detail: AlertDetail) -> str:
    articles, sources = detail.story.articles, detail.story.sources
    if len(articles) < 2:
        return ""
    return f"{len(articles)} articles, from {listing(sources, _SOURCES)}" if sources else f"{len(articles)} articles"


def _words(reason: Reason) -> str:
    return one_line(reason.words) or reason.feature.replace("_", " ")


def _matched(mention: Mention) -> str:
    kind, origin = _KINDS[mention.name.kind], ORIGIN_WORDS.get(mention.name.origin)
    strength = "weak " if mention.name.weak else ""
    name = f"{strength}{kind} “{one_line(mention.name.text, 200)}”{f', {origin}' if origin else ''}"
    places = f"; {len(mention.spans)} places in the article" if len(mention.spans) > 1 else ""
    return f"“{one_line(mention.surface, 200)}” for the {name}{places}"
