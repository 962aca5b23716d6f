"""A digest: many alerts at once in short, those of one entity together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchlist.delivery.clean import listing, moment, one_line, quote_parts, web_link
from watchlist.model import AlertDetail

#: Alerts in up to so many articles are told in full although they come as a digest.
FEW_ARTICLES = 10
#: The most entities that are shown, and the most articles of each.
_ENTITIES = 100
_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class _Line:
    """One article that names the entity."""

    alert: int
    title: str
    #: Feed, time of publication, score.
    source: str
    url: str | None


@dataclass(frozen=True, slots=True)
class _Group:
    """One entity with the articles that name it, the highest score first."""

    caption: str
    entity_id: str
    facts: str
    before: str
    mention: str
    after: str
    lines: tuple[_Line, ...]
    #: Articles that are not shown.
    more: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as the templates show it; every text is cleaned."""

    #: Such as "212 alerts in 180 articles".
    title: str
    #: The first names, for the subject.
    names: str
    groups: tuple[_Group, ...]
    #: Entities that are not shown.
    more: int


def make_digest(alerts: tuple[AlertDetail, ...], title: str) -> Digest:
    """Group alerts by entity, the one named in most articles first; what is too much to show is counted."""
    grouped = sorted(_by_entity(alerts), key=lambda group: (-len(group), -group[0].mention.score))
    captions = [_caption(group[0]) for group in grouped]
    separator = "; " if any("," in caption for caption in captions[:2]) else ", "
    groups = tuple(_group(alerts) for alerts in grouped[:_ENTITIES])
    return Digest(title, listing(captions, 2, separator), groups, len(grouped) - len(groups))


def _by_entity(alerts: Iterable[AlertDetail]) -> list[tuple[AlertDetail, ...]]:
    groups: dict[str, list[AlertDetail]] = {}
    for detail in alerts:
        groups.setdefault(detail.entity.id, []).append(detail)
    return [tuple(sorted(group, key=lambda detail: -detail.mention.score)) for group in groups.values()]


def _group(alerts: tuple[AlertDetail, ...]) -> _Group:
    best = alerts[0]
    before, mention, after = quote_parts(best.mention.quote, 120)
    also = listing([other.list_id for other in best.also], 4)
    facts = (
        best.entity.schema.value,
        one_line(best.list_title, 100),
        listing(best.entity.programs, 4),
        f"also on {also}" if also else "",
    )
    return _Group(
        caption=_caption(best),
        entity_id=best.entity.id,
        facts=" · ".join(part for part in facts if part),
        before=before,
        mention=mention,
        after=after,
        lines=tuple(_line(detail) for detail in alerts[:_ARTICLES]),
        more=max(0, len(alerts) - _ARTICLES),
    )


def _line(detail: AlertDetail) -> _Line:
    published = detail.article_published_at
    source = (
        one_line(detail.feed_title or "", 60),
        f"published {moment(published)}" if published else "without a date",
        f"score {detail.mention.score:.2f}",
    )
    return _Line(
        alert=detail.alert.id,
        title=one_line(detail.article_title, 160) or "(no title)",
        source=" · ".join(part for part in source if part),
        url=web_link(detail.article_url),
    )


def _caption(detail: AlertDetail) -> str:
    return one_line(detail.entity.caption, 60) or detail.entity.id
