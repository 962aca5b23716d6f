"""All lists, and how to add one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from watchlist.app import App
from watchlist.health.states import list_state
from watchlist.lists.forms import published_lists
from watchlist.lists.schedule import is_stale, next_check
from watchlist.model import WatchedList
from watchlist.steps.asked.listed.lists import add_official
from watchlist.steps.asked.listed.own import create_list
from watchlist.web.pages.lists.sync import begin_sync
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done, list_path, one_line, told
from watchlist.web.security.current import Admin, Reader
from watchlist.web.site import TheSite

router = APIRouter()


class ListForm(BaseModel):
    """An authority's list to add: the id it is known by, or an id, a title and an address."""

    known: str = Field(default="", max_length=100)
    id: str = Field(default="", max_length=100)
    title: str = Field(default="", max_length=1000)
    url: str = Field(default="", max_length=2000)


@router.get("/lists")
def overview(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """Every list with its state, as ``watchlist lists`` has it."""
    now, held = site.parts.clock(), site.parts.store.watched_lists()
    there = {each.id for each in held}
    return page(
        request,
        account,
        "lists/overview.html",
        lists=[(each, *standing(site.parts, each, now)) for each in held],
        known=[each for id, each in sorted(published_lists().items()) if id not in there],
        running={each.key.partition(" ")[2] for each in site.kept.work.jobs("list ") if each.is_running},
        told=told(request),
    )


def standing(parts: App, watched: WatchedList, now: datetime) -> tuple[str, bool, datetime | None]:
    """A list's state in words, whether it is stale, and when it is checked next."""
    schedule = parts.config.schedule
    stale = is_stale(watched, timedelta(seconds=schedule.list_max_age), now)
    return list_state(watched, stale=stale), stale, next_check(watched, timedelta(seconds=schedule.lists))


@router.post("/lists/add")
def add(site: TheSite, account: Admin, form: Annotated[ListForm, Form()]) -> RedirectResponse:
    """Have an authority's list kept in sync, and fetch it at once; by the id it is known by, or by an address."""
    wanted = one_line(form.known) or one_line(form.id) or ""
    list_id = add_official(site.parts.store, wanted, one_line(form.title), one_line(form.url))
    begin_sync(site, list_id, account.name)
    return done(site, list_path(list_id), f"{list_id} is added", "It is fetched now; what comes of it stands below.")


@router.post("/lists/create")
def create(site: TheSite, account: Admin, id: Text, title: Text = "") -> RedirectResponse:
    """Make a list of the user's."""
    list_id = one_line(id) or ""
    create_list(site.parts.store, list_id, one_line(title))
    return done(site, list_path(list_id), f"{list_id} is made", "Put somebody on it, or import a file.")
