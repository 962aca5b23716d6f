"""A list switched, checked, read from a file, or taken away."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, UploadFile
from fastapi.responses import RedirectResponse

from watchlist.errors import ConflictError, UsageError
from watchlist.web.pages.lists.sync import begin_sync, folder_for
from watchlist.web.pages.words import Text, Ticked, done, lead, list_path
from watchlist.web.security.current import Admin
from watchlist.web.site import TheSite

router = APIRouter()


@router.post("/lists/{list_id}/pause")
def pause(site: TheSite, account: Admin, list_id: str) -> RedirectResponse:
    """Switch a list off: neither synced nor matched."""
    site.parts.store.switch_list(list_id, False, site.parts.clock())
    return done(site, list_path(list_id), f"{list_id} is off", "Its names are not looked for until it is on again.")


@router.post("/lists/{list_id}/resume")
def resume(site: TheSite, account: Admin, list_id: str) -> RedirectResponse:
    """Switch a list on."""
    site.parts.store.switch_list(list_id, True, site.parts.clock())
    return done(site, list_path(list_id), f"{list_id} is on")


@router.post("/lists/{list_id}/check")
def check(site: TheSite, account: Admin, list_id: str) -> RedirectResponse:
    """Bring a list up to date now."""
    held = site.parts.store.watched_list(list_id)
    if held.own:
        raise ConflictError(f"{list_id} is a list of your own: a file fills it, there is nothing to check")
    if not held.enabled:
        raise ConflictError(f"{list_id} is off: switch it on first")
    begin_sync(site, list_id, account.name)
    return lead(list_path(list_id))


@router.post("/lists/{list_id}/file")
def read_file(
    site: TheSite, account: Admin, list_id: str, file: UploadFile, accept: Ticked = False
) -> RedirectResponse:
    """Read an official list from a file; the guard may refuse it, unless it is told not to."""
    held = site.parts.store.watched_list(list_id)
    if held.own:
        raise ConflictError(f"{list_id} is a list of your own: import the file, and see first what it would change")
    if not file.size:
        raise UsageError("the file is empty, or none was chosen")
    path = folder_for(file.filename or "")
    with path.open("wb") as kept:
        shutil.copyfileobj(file.file, kept)
    begin_sync(site, list_id, account.name, file=path, accept=accept)
    return lead(list_path(list_id))


@router.post("/lists/{list_id}/remove")
def remove(site: TheSite, account: Admin, list_id: str, sure: Text = "") -> RedirectResponse:
    """Take a list away; alerts it raised stay on record."""
    held = site.parts.store.watched_list(list_id)
    if sure.strip() != list_id:
        raise UsageError(f"to take {held.title} away, write its id {list_id} into the field beside the button")
    gone = site.parts.store.remove_list(list_id, site.parts.clock())
    return done(site, "/lists", f"Removed {list_id} with {gone:,} entities")
