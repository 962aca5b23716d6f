"""Words a message: a subject, plain text, and HTML that mail programs show without fetching anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from watchlist.alerts.explain import KIND_WORDS, ORIGIN_WORDS, Reason, namesakes, reasons
from watchlist.delivery.clean import country, fill, listing, moment, one_line, quote_parts, shorten, web_link
from watchlist.delivery.digest import FEW_ARTICLES, make_digest
from watchlist.model import AlertDetail, Entity, Mention, NameKind, Notice, NoticeKind, Schema
from watchlist.ports import Message, Missed

#: The longest subject, in characters.
SUBJECT_LENGTH = 120

_NOTICES = {
    NoticeKind.FAULT: "Fault",
    NoticeKind.RECOVERY: "Works again",
    NoticeKind.LIST_CHANGE: "List changed",
}
_SCHEMAS = {Schema.LEGAL_ENTITY: "Company or organisation"}
_KINDS = KIND_WORDS | {NameKind.PREVIOUS: "previous name"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words."""

    #: One line, safe as a header.
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _AlertView:
    """One alert as the templates show it; every text is cleaned."""

    id: int
    caption: str
    #: Schema, lists, programs, countries, namesakes.
    facts: tuple[tuple[str, str], ...]
    before: str
    mention: str
    after: str
    #: Which listed name was found, and how often.
    matched: str
    score: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    entity_url: str | None


@dataclass(frozen=True, slots=True)
class _MissedView:
    """Alerts of earlier messages that never came, as the templates show them."""

    title: str
    reason: str
    lines: tuple[str, ...]
    #: Alerts that are not shown.
    more: int


@dataclass(frozen=True, slots=True)
class _ArticleView:
    """One article with its alerts."""

    title: str
    #: Feed and time of publication, as far as they are known.
    source: str
    url: str | None
    #: An address that must not become a link.
    plain_url: str | None
    alerts: tuple[_AlertView, ...]


def render(message: Message) -> Rendered:
    """Word a message about alerts or notices; the alerts of an article stand together, the highest score first.

    Every text of a feed or a list is foreign: it is cleaned of control and hidden characters, bounded in length, and
    escaped in HTML; only http and https addresses become links. Raises ValueError for a message about nothing.
    """
    missed = _missed_view(message.missed)
    if not message.alerts:
        return _render_notices(message.notices, missed)
    if message.digest and len({each.alert.article_id for each in message.alerts}) > FEW_ARTICLES:
        return _render_digest(message.alerts, missed)
    articles = tuple(_article_view(alerts) for alerts in _by_article(message.alerts))
    values = {"title": _title(len(message.alerts), len(articles)), "articles": articles, "missed": missed}
    return _rendered("alerts", _subject(message.alerts, len(articles)), values)


def _render_digest(alerts: tuple[AlertDetail, ...], missed: _MissedView | None) -> Rendered:
    title = _title(len(alerts), len({each.alert.article_id for each in alerts}))
    digest = make_digest(alerts, title)
    intro = (
        "The first reading of a feed brings all that it still has, most of it old. These are the listed entities named"
        " in it, with a few of the articles each. What is new in these feeds comes by itself, as ever."
    )
    subject = shorten(f"[watchlist] First reading: {title} – {digest.names}", SUBJECT_LENGTH)
    return _rendered("digest", subject, {"digest": digest, "intro": intro, "missed": missed})


def _render_notices(notices: tuple[Notice, ...], missed: _MissedView | None) -> Rendered:
    if not notices:
        raise ValueError("a message needs at least one alert or notice")
    lines = tuple((_NOTICES[each.kind], one_line(_notice_text(each), 500)) for each in notices)
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    subject = shorten(f"[watchlist] {lines[0][0]}: {lines[0][1]}{more}", SUBJECT_LENGTH)
    return _rendered("notices", subject, {"lines": lines, "missed": missed})


def _rendered(template: str, subject: str, values: Mapping[str, object]) -> Rendered:
    environment = _environment()
    return Rendered(
        subject=subject,
        text=environment.get_template(f"{template}.txt").render(values),
        html=environment.get_template(f"{template}.html").render(values),
    )


def _missed_view(missed: Missed | None) -> _MissedView | None:
    if missed is None:
        return None
    first, last = missed.deliveries[0], missed.deliveries[-1]
    what = f"{missed.count} alert{'s' if missed.count > 1 else ''}" if missed.count else "Notices"
    return _MissedView(
        title=f"{what} could not be mailed between {moment(first.created_at)} and {moment(last.created_at)}",
        reason=one_line(last.last_error or "", 300),
        lines=tuple(
            f"{each.alert.id}: {one_line(each.entity.caption, 60)} – {one_line(each.article_title, 100)}"
            for each in missed.alerts
        ),
        more=missed.count - len(missed.alerts),
    )


def _notice_text(notice: Notice) -> str:
    return f"{notice.subject}: {notice.text}" if notice.kind is NoticeKind.LIST_CHANGE else notice.text


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("watchlist.delivery"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["fill"] = fill
    return environment


def _by_article(alerts: Iterable[AlertDetail]) -> Iterable[tuple[AlertDetail, ...]]:
    groups: dict[str, list[AlertDetail]] = {}
    for detail in alerts:
        groups.setdefault(detail.alert.article_id, []).append(detail)
    return (tuple(sorted(group, key=lambda detail: -detail.mention.score)) for group in groups.values())


def _title(alerts: int, articles: int) -> str:
    counted = f"{alerts} alert" + ("s" if alerts > 1 else "")
    return f"{counted} in {articles} articles" if articles > 1 else f"{counted} in one article"


def _subject(alerts: tuple[AlertDetail, ...], articles: int) -> str:
    ranked = sorted(alerts, key=lambda detail: -detail.mention.score)
    captions = list(dict.fromkeys(one_line(detail.entity.caption, 40) or detail.entity.id for detail in ranked))
    # "PESKOV, Dmitriy" beside another name wants more than a comma between the two.
    separator = "; " if any("," in caption for caption in captions[:2]) else ", "
    names = separator.join(captions[:2]) if len(captions) != 2 else " and ".join(captions)
    if len(captions) > 2:
        names += f" and {len(captions) - 2} more"
    if articles > 1:
        return shorten(f"[watchlist] {_title(len(alerts), articles)} – {names}", SUBJECT_LENGTH)
    return shorten(f"[watchlist] {names} – {one_line(alerts[0].article_title)}", SUBJECT_LENGTH)


def _article_view(alerts: tuple[AlertDetail, ...]) -> _ArticleView:
    first = alerts[0]
    published = first.article_published_at
    source = (
        one_line(first.feed_title or "", 100),
        f"published {moment(published)}" if published else "",
    )
    url = web_link(first.article_url)
    return _ArticleView(
        title=one_line(first.article_title) or "(no title)",
        source=" · ".join(part for part in source if part),
        url=url,
        plain_url=one_line(first.article_url) if first.article_url and not url else None,
        alerts=tuple(_alert_view(detail) for detail in alerts),
    )


def _alert_view(detail: AlertDetail) -> _AlertView:
    entity, mention = detail.entity, detail.mention
    before, surface, after = quote_parts(mention.quote)
    supporting, opposing = reasons(mention.features)
    facts = (
        ("Kind", _SCHEMAS.get(entity.schema, entity.schema.value)),
        ("Why now", one_line(detail.alert.note or "", 200)),
        ("List", one_line(detail.list_title, 100)),
        ("Also on", listing([_on_list(other) for other in detail.also])),
        ("Programs", listing(entity.programs)),
        ("Countries", listing([country(value) for value in entity.countries])),
        ("Namesakes", one_line(namesakes(mention.features), 500)),
    )
    return _AlertView(
        id=detail.alert.id,
        caption=one_line(entity.caption, 200) or entity.id,
        facts=tuple((label, value) for label, value in facts if value),
        before=before,
        mention=surface,
        after=after,
        matched=_matched(mention),
        score=f"{mention.score:.2f}",
        supporting=tuple(map(_words, supporting)),
        opposing=tuple(map(_words, opposing)),
        entity_url=web_link(entity.url),
    )


def _on_list(entity: Entity) -> str:
    return f"{entity.list_id} ({', '.join(entity.programs)})" if entity.programs else entity.list_id


def _words(reason: Reason) -> str:
    return one_line(reason.words) or reason.feature.replace("_", " ")


def _matched(mention: Mention) -> str:
    kind, origin = _KINDS[mention.name.kind], ORIGIN_WORDS.get(mention.name.origin)
    name = f"{kind} “{one_line(mention.name.text, 200)}”{f', {origin}' if origin else ''}"
    places = f"; {len(mention.spans)} places in the article" if len(mention.spans) > 1 else ""
    return f"“{one_line(mention.surface, 200)}” for the {name}{places}"
