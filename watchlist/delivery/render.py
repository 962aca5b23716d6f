"""Words a message: a subject, plain text, and HTML that mail programs show without fetching anything."""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.sandbox import SandboxedEnvironment

from watchlist.delivery.bulletin import ROOMS, Room, by_subject, caption_of, make_bulletin, rank, title_of
from watchlist.delivery.clean import fill, moment, one_line, shorten
from watchlist.delivery.links import links_of
from watchlist.errors import ConfigError
from watchlist.log import Log
from watchlist.model import Notice, NoticeKind
from watchlist.ports import Message, Missed

_log = Log(__name__)

#: The longest subject, in characters.
SUBJECT_LENGTH = 120
#: The most bytes of the two parts on the wire. Large providers cut mails off at about 100,000.
MOST_BYTES = 90_000

_NOTICES = {
    NoticeKind.FAULT: "Fault",
    NoticeKind.RECOVERY: "Works again",
    NoticeKind.LIST_CHANGE: "List changed",
}
#: The most notices that are shown, and fewer where they are long.
_MOST_NOTICES = (100, 30, 5)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words."""

    #: One line, safe as a header.
    subject: str
    text: str
    html: str

    @property
    def size(self) -> int:
        """The bytes of both parts as they go over the wire."""
        return sum(len(quopri.encodestring(part.encode("utf-8", "replace"))) for part in (self.text, self.html))


@dataclass(frozen=True, slots=True)
class _MissedView:
    """Alerts of earlier messages that never came, as the templates show them."""

    title: str
    reason: str
    lines: tuple[str, ...]
    #: Alerts that are not shown.
    more: int


def render(message: Message, templates: Path | None = None) -> Rendered:
    """Word a message about alerts or notices: by subject, the severest first, under 100 KB however many there are.

    Every text of a feed or a list is foreign: it is cleaned of control and hidden characters, bounded in length, and
    escaped in HTML; only http and https addresses become links. Templates in the folder ``templates`` go before the
    program's own; what they can do is bounded. Raises ValueError for a message about nothing, and ConfigError for a
    template that cannot be used.
    """
    return _render(message, templates, "")


def render_anyhow(message: Message, templates: Path | None = None) -> Rendered:
    """The same, but where the operator's templates cannot be used in the program's own form, with a line that says so.

    Nobody is to miss an alert for a slip in a template.
    """
    try:
        return _render(message, templates, "")
    except ConfigError as error:
        _log.error("templates cannot be used", error=str(error))
        return _render(message, None, f"This is the program's own form. {error}")


def _render(message: Message, templates: Path | None, trouble: str) -> Rendered:
    missed = _missed_view(message.missed)
    if not message.alerts:
        return _render_notices(message.notices, {"missed": missed, "trouble": trouble}, templates)
    values = {"missed": missed, "intro": _intro(message), "trouble": trouble}
    subject, links = _subject(message), links_of(message)

    def shown_in(room: Room) -> Rendered:
        with_alerts = values | {"bulletin": make_bulletin(message.alerts, room, links)}
        return _rendered("alerts", subject, with_alerts, templates)

    # Most messages fit as a whole. Of the others the most that fits is looked for by halves: wording one takes a while.
    rendered, low, high = shown_in(ROOMS[0]), 1, len(ROOMS) - 1
    if rendered.size <= MOST_BYTES:
        return rendered
    fitting = None
    while low < high or fitting is None:
        middle = (low + high) // 2
        rendered = shown_in(ROOMS[middle])
        if rendered.size <= MOST_BYTES or middle == len(ROOMS) - 1:
            fitting, high = rendered, middle
        else:
            low = middle + 1
    return fitting


def _intro(message: Message) -> str:
    if message.test:
        return "This is a test of the channel: nothing has happened, and nothing is to be done."
    if message.digest:
        return (
            "The first reading of a feed brings all that it still has, most of it old. These are the listed subjects"
            " named in it. What is new in these feeds comes by itself, as ever."
        )
    if message.gathered_by:
        return f"What the route {message.gathered_by} has gathered until {moment(message.created_at)}."
    if message.folded:
        return (
            f"{message.folded + 1} messages that could not be handed over, the oldest of {moment(message.created_at)},"
            " come as this one."
        )
    return ""


def _render_notices(notices: tuple[Notice, ...], known: Mapping[str, object], templates: Path | None) -> Rendered:
    if not notices:
        raise ValueError("a message needs at least one alert or notice")
    lines = tuple((_NOTICES[each.kind], one_line(_notice_text(each), 500)) for each in notices)
    more = f" and {len(notices) - 1} more" if len(notices) > 1 else ""
    subject = shorten(f"[watchlist] {lines[0][0]}: {lines[0][1]}", SUBJECT_LENGTH - len(more)) + more
    for most in _MOST_NOTICES:
        values = {"lines": lines[:most], "more": max(0, len(lines) - most), **known}
        rendered = _rendered("notices", subject, values, templates)
        if rendered.size <= MOST_BYTES:
            break
    return rendered


def _rendered(template: str, subject: str, values: Mapping[str, object], templates: Path | None) -> Rendered:
    from css_inline import CSSInliner

    environment = _environment(templates)
    # What is for dark screens can't be written at the elements, and stays in the head.
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    try:
        text = environment.get_template(f"{template}.txt").render(values)
        html = environment.get_template(f"{template}.html").render(values)
    except Exception as error:
        if templates is None:
            raise
        # Of jinja2, or whatever an expression of the operator's comes to.
        hint = "'watchlist channels preview email' tries them"
        said = one_line(f"{type(error).__name__}: {error}", 300)
        raise ConfigError(
            f"the template of {template} cannot be used: {said}; {hint}", path=templates, key="email.templates"
        ) from error
    return Rendered(subject, text, inliner.inline(html))


def _missed_view(missed: Missed | None) -> _MissedView | None:
    if missed is None:
        return None
    first, last = missed.deliveries[0], missed.deliveries[-1]
    what = f"{missed.count} alert{'s' if missed.count > 1 else ''}" if missed.count else "Notices"
    return _MissedView(
        title=f"{what} could not be mailed between {moment(first.created_at)} and {moment(last.created_at)}",
        reason=one_line(last.last_error or "", 300),
        lines=tuple(
            f"{each.alert.id}: {one_line(each.entity.caption, 40)} – {one_line(each.article_title, 60)}"
            for each in missed.alerts
        ),
        more=missed.count - len(missed.alerts),
    )


def _notice_text(notice: Notice) -> str:
    return f"{notice.subject}: {notice.text}" if notice.kind is NoticeKind.LIST_CHANGE else notice.text


@cache
def _environment(templates: Path | None) -> Environment:
    own = PackageLoader("watchlist.delivery")
    # Templates of the operator's see the values and nothing behind them.
    environment = SandboxedEnvironment(
        loader=own if templates is None else ChoiceLoader([FileSystemLoader(templates), own]),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["fill"] = fill
    return environment


def _subject(message: Message) -> str:
    """Who is named, on which list, and where: in the headline of which source, or in how many."""
    best = sorted(message.alerts, key=lambda each: (each.alert.rolled_up, *rank(each)))
    groups = by_subject(best)
    named = [f"{caption_of(group[0], 40)} ({group[0].entity.list_id})" for group in groups]
    sources = list(dict.fromkeys(one_line(each.feed_title, 30) for each in best if each.feed_title))
    where = "".join(f" – {source}" for source in sources[:1])
    if len(sources) > 1:
        where += f" and {len(sources) - 1} more"
    first = "Test: " if message.test else "First reading: " if message.digest else ""
    articles = {each.alert.article_id for each in best}
    if len(articles) == 1 and len(named) <= 2:
        head = f"[watchlist] {first}{' and '.join(named)}: "
        return _filled(head, one_line(best[0].article_title) or "(no title)", where)
    head = f"[watchlist] {first}{title_of(best)}: "
    told, tail = named[:2], ""
    while True:
        more = len(named) - len(told)
        tail = (f" and {more} more" if more else "") + where
        # A name that would be cut away is one of those that are counted.
        if len(told) == 1 or len(head) + len("; ".join(told)) + len(tail) <= SUBJECT_LENGTH:
            return _filled(head, "; ".join(told), tail)
        told = told[:1]


def _filled(head: str, middle: str, tail: str) -> str:
    room = SUBJECT_LENGTH - len(head) - len(tail)
    return shorten(head + shorten(middle, max(room, 20)) + tail, SUBJECT_LENGTH)
