"""From a template to a page: everything that comes from elsewhere is escaped."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from watchlist.alerts.triage import DONE
from watchlist.delivery.clean import country, one_line, quote_parts, web_link
from watchlist.errors import NotFoundError, WatchlistError
from watchlist.model import Reach, User
from watchlist.text.masked import without_logins
from watchlist.text.shown import harmless
from watchlist.web.security.forgery import csrf_token, hidden_field
from watchlist.web.security.refusals import local_path

#: The menu.
PLACES: Final = (
    ("/", "Inbox"),
    ("/subjects", "Subjects"),
    ("/lists", "Lists"),
    ("/feeds", "Feeds"),
    ("/screen", "Screen"),
    ("/report", "Report"),
    ("/status", "Status"),
)
#: Where alerts are shown, which the inbox leads to.
_OF_INBOX: Final = ("/alerts", "/review")
#: What a dismissal of each reach holds back.
_SCOPES: Final = {
    Reach.SURFACE: "the same words in the same kind of context",
    Reach.SUBJECT: "the subject altogether",
    Reach.FEED: "the subject in this feed",
    Reach.STORY: "the subject in this story",
}
_UTC: Final = "UTC"
_LANG: Final = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
#: Languages that are written from right to left.
_FROM_THE_RIGHT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("watchlist.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    made.globals |= {
        "csrf": hidden_field,
        "csrf_token": csrf_token,
        "places": PLACES,
        "is_here": _is_here,
        "zone_name": zone_name,
        "done_words": DONE,
        "scope_words": _SCOPES,
    }
    made.filters |= {
        "moment": _moment,
        "words": _words,
        "one_line": one_line,
        "web_link": web_link,
        "capitalize_first": _capitalize_first,
        "country": country,
        "in_lang": _in_lang,
        "quoted": quote_parts,
    }
    return made


def page(request: Request, user: User | None, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page made of a template, for somebody; ``values`` are what the template names."""
    html = _templates().get_template(template).render(request=request, user=user, **values)
    return HTMLResponse(html, status)


def bare_page(request: Request, template: str, *, status: int, **values: Any) -> HTMLResponse:
    """A page for whoever asks, which says nothing of who that is: as of an error."""
    html = _templates().get_template(template).render(request=request, user=None, **values)
    return HTMLResponse(html, status)


def _seen(value: object) -> object:
    """What is shown of a text: nothing that turns or hides what stands around it, and no log-in of an address."""
    return harmless(without_logins(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def refused(request: Request, user: User, error: WatchlistError, back: str = "/") -> HTMLResponse:
    """A page that says why something can't be done, and leads back."""
    status = 404 if isinstance(error, NotFoundError) else 400
    return page(request, user, "triage/refused.html", status=status, error=str(error), back=local_path(back))


def zone_name(request: Request) -> str:
    """The reader's time zone as their browser told it in a cookie; UTC as long as it has not, or is not known."""
    return _zone(unquote(request.cookies.get("zone", _UTC))).key


@cache
def _zone(name: str) -> ZoneInfo:
    # A name is a path below the data of the system: what is none is refused with ValueError, or by the file system.
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(_UTC)


@pass_context
def _moment(context: Context, at: datetime | None, never: str = "") -> Markup | str:
    """A time, in the reader's zone and readable by programs."""
    if at is None:
        return never
    zone = _zone(zone_name(context["request"]))
    told = f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    suffix = " UTC" if zone.key == _UTC else ""
    return Markup('<time datetime="{}" data-moment>{}</time>').format(f"{at:%Y-%m-%dT%H:%M:%SZ}", told + suffix)


def _in_lang(lang: str | None) -> Markup:
    """The attributes of an element with foreign text: its language where it is known, and how it runs."""
    if lang is None or not _LANG.fullmatch(lang):
        return Markup('dir="auto"')
    direction = "rtl" if lang.partition("-")[0].lower() in _FROM_THE_RIGHT else "auto"
    return Markup('lang="{}" dir="{}"').format(lang, direction)


def _capitalize_first(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _words(value: str) -> str:
    """A word of the program in words: true_match is "true match"."""
    return value.replace("_", " ")


def _is_here(request: Request, path: str) -> bool:
    """Whether a page is at a place of the menu, or below it."""
    here = request.url.path
    if path == "/":
        return here == "/" or here.startswith(_OF_INBOX)
    return here == path or here.startswith(f"{path}/")
