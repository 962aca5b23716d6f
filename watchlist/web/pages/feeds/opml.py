"""Feeds as OPML: handed over, looked at, taken; and written."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from watchlist.errors import UsageError
from watchlist.steps.asked.feeds import export_opml, import_opml
from watchlist.web.kept import Staged
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import Text, done
from watchlist.web.security.current import Admin
from watchlist.web.site import TheSite

router = APIRouter()

_MOST, _SHOWN = 5_000_000, 300
#: What a file of feeds waits for, beside files of lists.
_FEEDS = "feeds"


@router.post("/feeds/import")
def compare(request: Request, site: TheSite, account: Admin, file: UploadFile) -> HTMLResponse:
    """Which feeds a file would add; nothing is added by it."""
    content, name = file.file.read(_MOST + 1), file.filename or "the file"
    if not content:
        raise UsageError("the file is empty, or none was chosen")
    if len(content) > _MOST:
        raise UsageError(f"the file is larger than {_MOST:,} bytes: 'watchlist feeds import' takes it")
    found = import_opml(site.parts.store, content, name, dry_run=True)
    staged = Staged(_FEEDS, name, content, replace=False, skip_bad=True, revision="", by=account.name)
    word = site.kept.staged.put(staged) if found.new else ""
    return page(
        request,
        account,
        "feeds/preview.html",
        name=name,
        found=found,
        word=word,
        shown=found.new[:_SHOWN],
    )


@router.post("/feeds/import/take")
def take(site: TheSite, account: Admin, word: Text) -> RedirectResponse:
    """Add the feeds of a file that was looked at."""
    staged = site.kept.taken(word, _FEEDS, account.name)
    found = import_opml(site.parts.store, staged.content, staged.name, dry_run=False)
    site.kept.staged.drop(word)
    return done(site, "/feeds", found.in_words(dry_run=False), *found.problems)


@router.get("/feeds/export.opml")
def export(site: TheSite, account: Admin) -> Response:
    """The feeds as OPML, with their whole addresses: which may hold log-ins, hence not for everybody."""
    written, _ = export_opml(site.parts.store, site.parts.clock())
    return Response(
        written, media_type="text/x-opml", headers={"Content-Disposition": 'attachment; filename="watchlist.opml"'}
    )
