"""One alert, or what was kept for review: all that is needed to judge it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from watchlist.alerts.explain import explain, namesakes, reasons, why_here
from watchlist.alerts.triage import standing
from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Act, Action, AlertDetail, AlertStatus, Reach, User
from watchlist.steps.asked.named import shown_id
from watchlist.steps.asked.times import parse_until
from watchlist.web.pages.rendering import page, refused
from watchlist.web.pages.triage.article import marked
from watchlist.web.pages.triage.asked import AskedAlerts, asked_of
from watchlist.web.pages.triage.done import done_by
from watchlist.web.pages.triage.view import bars, listing_of, moments
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: Earlier judgements that are read, changes of listings that are told, alerts that a preview looks through.
_EARLIER: Final = 100
_CHANGES: Final = 12
_LOOKED_THROUGH: Final = 500
#: Characters of what an address takes along.
_LONGEST: Final = 2_000


@router.get("/alerts/{number}")
def alert(request: Request, number: int, site: TheSite, account: Reader) -> HTMLResponse:
    """An alert."""
    try:
        detail = site.parts.store.alert(number)
    except NotFoundError as error:
        return refused(request, account, error)
    asked = asked_of(request, site)
    before, after = site.parts.store.neighbours(asked.wanted, number)
    links = [None if id is None else f"/alerts/{id}{asked.query()}" for id in (before, after)]
    return _page(request, site, account, detail, asked, links)


@router.get("/review/{name}")
def kept(request: Request, name: str, site: TheSite, account: Reader) -> HTMLResponse:
    """A mention that was kept for review; once an alert stands on it, that."""
    store = site.parts.store
    asked = asked_of(request, site)
    try:
        (detail,) = store.kept((name.removeprefix("m"),))
        number = store.alert_of(detail.mention.id)
    except (NotFoundError, UsageError) as error:
        return refused(request, account, error)
    if number is not None:
        return alert(request, number, site, account)
    after = store.find_kept(replace(asked.wanted, after=detail.mention.id, limit=1)) if asked.of_review else ()
    link = f"/review/{shown_id(after[0])}{asked.query()}" if after else None
    return _page(request, site, account, detail, asked, [None, link])


class DismissalForm(BaseModel):
    """What the form of an alert says of a dismissal that is only thought of."""

    scope: Reach = Reach.SURFACE
    expires: str = Field("", max_length=_LONGEST)
    why: str = Field("", max_length=_LONGEST)
    close_similar: bool = False


@router.post("/alerts/{number}/preview")
def ask_preview(
    request: Request, number: int, site: TheSite, account: Reader, form: Annotated[DismissalForm, Form()]
) -> RedirectResponse:
    """Lead to the preview: what else the form holds, as its token, stands in no address."""
    query = asked_of(request, site).query(scope=form.scope, expires=form.expires, why=form.why)
    similar = "&close_similar=true" if form.close_similar else ""
    return RedirectResponse(f"/alerts/{number}/preview{query}{similar}", 303)


@router.get("/alerts/{number}/preview")
def preview(
    request: Request, number: int, site: TheSite, account: Reader, thought_of: Annotated[DismissalForm, Query()]
) -> HTMLResponse:
    """What a dismissal of this reach would have held back."""
    scope, expires = thought_of.scope, thought_of.expires
    store, now = site.parts.store, site.parts.clock()
    asked = asked_of(request, site)
    try:
        detail = store.alert(number)
        act = Act(Action.DISMISS, account.name, scope=scope, until=parse_until(expires.strip() or None, now))
        like, looked_through = store.would_hold(number, act, _LOOKED_THROUGH, now)
        held = store.alert_details(like)
    except (UsageError, NotFoundError) as error:
        return refused(request, account, error, f"/alerts/{number}{asked.query()}")
    return page(
        request,
        account,
        "triage/preview.html",
        detail=detail,
        asked=asked,
        scope=scope,
        expires=expires.strip(),
        why=thought_of.why,
        close_similar=thought_of.close_similar,
        held=held,
        open=sum(each.alert.status is not AlertStatus.CLOSED for each in held),
        looked_through=looked_through,
        most=_LOOKED_THROUGH,
        standing=standing,
    )


def _page(
    request: Request, site: Site, account: User, detail: AlertDetail, asked: AskedAlerts, links: list[str | None]
) -> HTMLResponse:
    store, mention = site.parts.store, detail.mention
    article = store.article(mention.article_id)
    found = store.mentions(mention.article_id)
    listings = (detail.entity, *detail.also)
    changes = store.changes_of([each.id for each in listings], _CHANGES)
    supporting, opposing = reasons(mention.features)
    earlier = store.judged_before(mention, _EARLIER)
    here = request.url.path + asked.query()
    return page(
        request,
        account,
        "triage/alert.html",
        detail=detail,
        asked=asked,
        id=shown_id(detail),
        standing=standing(detail.alert),
        why=why_here(detail),
        article=article,
        marked=marked(article, mention, found),
        others=[each for each in found if each.id != mention.id],
        listings=[listing_of(each, store.standing(each.id), changes) for each in listings],
        bars=bars(supporting, opposing),
        summary=explain(mention)[-1],
        namesakes=namesakes(mention.features),
        moments=moments(detail.story),
        earlier=earlier,
        notes=store.notes_on(mention.listings),
        before=links[0],
        after=links[1],
        here=here,
        done=done_by(request, site, account),
        scopes=tuple(Reach),
    )
