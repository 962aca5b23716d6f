"""What pages share: where they lead after something was done, what they then say, and how fields of forms are read."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Form, Request
from fastapi.responses import RedirectResponse

from watchlist.errors import UsageError
from watchlist.web.kept import Job, Saying
from watchlist.web.site import Site, site_of

#: A field of a form: text, empty where it was left so, and bounded, as everything that comes from outside is.
MOST_TEXT = 20_000
Text = Annotated[str, Form(max_length=MOST_TEXT)]
Ticked = Annotated[bool, Form()]
_SEE_OTHER = 303


def done(site: Site, path: str, title: str, *lines: str, is_bad: bool = False) -> RedirectResponse:
    """Lead to a page that says what was done; asked for again it does nothing again."""
    word = site.kept.told.put(Saying(title, lines, is_bad))
    separator = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{separator}{urlencode({'told': word})}", _SEE_OTHER)


def lead(path: str) -> RedirectResponse:
    """Lead to a page."""
    return RedirectResponse(path, _SEE_OTHER)


def told(request: Request) -> Saying | None:
    """What the page before did, where this one was led to by it."""
    word = request.query_params.get("told", "")
    return site_of(request).kept.told.get(word) if word else None


def subject_path(entity_id: str) -> str:
    """The address of an entity's card."""
    return f"/subjects/{quote(entity_id, safe=':')}"


def list_path(list_id: str) -> str:
    """The address of a list's page."""
    return f"/lists/{quote(list_id, safe='')}"


def one_line(text: str) -> str | None:
    """A field of one line, without what stands around it; None where nothing was written."""
    return " ".join(text.split()) or None


def several(text: str) -> list[str]:
    """A field with a value on each line."""
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def numbers(given: list[int]) -> list[int]:
    """What was ticked; raises UsageError where nothing was."""
    if not given:
        raise UsageError("nothing was ticked: tick what is meant, and send it again")
    return given


def newest(*jobs: Job | None) -> Job | None:
    """The last that was begun of these."""
    known = [each for each in jobs if each is not None]
    return max(known, key=lambda each: each.started_at, default=None)
