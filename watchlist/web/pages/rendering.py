"""From a template to a page: everything that comes from elsewhere is escaped."""

from __future__ import annotations

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

from watchlist.model import User
from watchlist.web.security.forgery import csrf_token, hidden_field

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
_UTC: Final = "UTC"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("watchlist.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"csrf": hidden_field, "csrf_token": csrf_token}
    made.globals |= {"places": PLACES, "is_here": _is_here, "zone_name": zone_name}
    made.filters |= {"moment": _moment, "words": _words}
    return made


def page(request: Request, user: User | None, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page made of a template, for somebody; ``values`` are what the template names."""
    html = _templates().get_template(template).render(request=request, user=user, **values)
    return HTMLResponse(html, status)


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


def _words(value: str) -> str:
    """A word of the program in words: true_match is "true match"."""
    return value.replace("_", " ")


def _is_here(request: Request, path: str) -> bool:
    """Whether a page is at a place of the menu, or below it."""
    here = request.url.path
    if path == "/":
        return here == "/" or here.startswith(_OF_INBOX)
    return here == path or here.startswith(f"{path}/")
