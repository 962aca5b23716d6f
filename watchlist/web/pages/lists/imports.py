"""Files taken into a list of the user's: first compared, then taken; and the last one undone."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Depends, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import UsageError
from watchlist.model import User
from watchlist.steps.asked.listed.imports import (
    ImportOptions,
    change_words,
    import_entities,
    require_importable,
    undo_import,
)
from watchlist.steps.sync import look_back_of
from watchlist.subjects.in_words import what_changed
from watchlist.web.kept import Staged, require_unchanged
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, Ticked, done, list_path, told
from watchlist.web.security.current import Admin
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: The largest file, and the rows of a difference that are shown.
_MOST, _ROWS = 10_000_000, 300


@router.get("/lists/{list_id}/import")
def choose(request: Request, site: TheSite, account: Admin, list_id: str) -> HTMLResponse:
    """A form to hand a file over."""
    require_importable(site.parts.store, list_id)
    held = site.parts.store.watched_list(list_id)
    return page(request, account, "lists/import.html", held=held, told=told(request))


def _options(replace: Ticked = False, skip_bad: Ticked = False) -> ImportOptions:
    return ImportOptions(replace, skip_bad)


@router.post("/lists/{list_id}/import")
def compare(
    request: Request,
    site: TheSite,
    account: Admin,
    list_id: str,
    file: UploadFile,
    options: Annotated[ImportOptions, Depends(_options)],
) -> HTMLResponse:
    """What a file would bring, change and take off; nothing is changed by it."""
    require_importable(site.parts.store, list_id)
    content = file.file.read(_MOST + 1)
    if not content:
        raise UsageError("the file is empty, or none was chosen")
    if len(content) > _MOST:
        raise UsageError(f"the file is larger than {_MOST:,} bytes: 'watchlist entities import' takes it")
    revision = _revision(site, list_id)
    staged = Staged(
        list_id, file.filename or "the file", content, options.replace, options.skip_bad, revision, account.name
    )
    return _preview(request, site, account, staged)


@router.post("/lists/{list_id}/import/take")
def take(site: TheSite, account: Admin, list_id: str, word: Text) -> RedirectResponse:
    """Take a file in that was compared."""
    parts = site.parts
    staged = site.kept.taken(word, list_id, account.name)
    require_unchanged(staged, _revision(site, list_id))
    options = ImportOptions(staged.replace, staged.skip_bad, look_back=look_back_of(parts.config))
    found = import_entities(parts.store, list_id, BytesIO(staged.content), options, parts.clock())
    site.kept.staged.drop(word)
    left = [f"left out: {each}" for each in found.bad]
    return done(site, list_path(list_id), f"{staged.name} is taken in: {change_words(found.change)}", *left)


@router.post("/lists/{list_id}/undo")
def undo(site: TheSite, account: Admin, list_id: str) -> RedirectResponse:
    """Undo the last import."""
    parts = site.parts
    found = undo_import(parts.store, list_id, parts.clock(), look_back_of(parts.config))
    title = f"The import of {found.at:%Y-%m-%d %H:%M} UTC is undone: {change_words(found.change)}"
    return done(site, list_path(list_id), title, *(f"left out: {each}" for each in found.bad))


def _preview(request: Request, site: Site, account: User, staged: Staged) -> HTMLResponse:
    parts = site.parts
    options = ImportOptions(staged.replace, staged.skip_bad, dry_run=True)
    found = import_entities(parts.store, staged.list_id, BytesIO(staged.content), options, parts.clock())
    return page(
        request,
        account,
        "lists/preview.html",
        held=parts.store.watched_list(staged.list_id),
        staged=staged,
        word=site.kept.staged.put(staged) if found.changes else "",
        words=change_words(found.change),
        count=len(found.changes),
        changes=[(each, what_changed(each)) for each in found.changes[:_ROWS]],
        bad=found.bad,
    )


def _revision(site: Site, list_id: str) -> str:
    """What the list holds, in a word that changes with it."""
    changed = site.parts.store.watched_list(list_id).last_changed_at
    return changed.isoformat() if changed is not None else ""
