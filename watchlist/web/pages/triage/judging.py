"""What the forms of pages do: judge alerts, and take that back. The same as the commands, by the same functions."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from watchlist.errors import JudgedMeanwhileError, NotFoundError, UsageError
from watchlist.model import Act, Action, Reach, User
from watchlist.steps.asked.judge import perform
from watchlist.steps.asked.named import Named, is_name, named
from watchlist.steps.asked.times import parse_until
from watchlist.web.pages.rendering import page, refused
from watchlist.web.pages.triage.done import with_done
from watchlist.web.security.current import Judge
from watchlist.web.security.refusals import local_path
from watchlist.web.site import Site, TheSite

router = APIRouter()

_SEE_OTHER: Final = 303
#: What a form may ask for; what follows from others is not asked for by itself.
_ASKED_FOR: Final = frozenset(Action) - {Action.OPEN, Action.UNDO}
#: So many at a stroke: a page has fewer.
_MOST: Final = 200


class ActForm(BaseModel):
    """What a form asks to be done with some alerts."""

    action: Action
    id: list[str] = []
    #: The last judgement that the page has shown of each: "12:345", or "12:0" for none.
    seen: list[str] = []
    why: str = ""
    to: str = ""
    scope: Reach = Reach.SURFACE
    expires: str = ""
    close_similar: bool = False
    #: Where it leads afterwards.
    back: str = "/"


class UndoForm(BaseModel):
    """What is to be taken back: an act, or the last one."""

    act: str = ""
    back: str = "/"


@router.post("/judge")
def judge(request: Request, site: TheSite, account: Judge, form: Annotated[ActForm, Form()]) -> Response:
    """Do what a form asks for with the alerts it names, and lead on; what others did meanwhile is shown first."""
    back = local_path(form.back)
    try:
        wanted, act = _wanted(form), _act(site, account, form)
        done = perform(site.parts, site.parts.store, act, wanted, site.parts.clock())
    except JudgedMeanwhileError as error:
        return _conflict(request, site, account, form, error)
    except (UsageError, NotFoundError) as error:
        return refused(request, account, error, back)
    return RedirectResponse(with_done(back, done[0].act) if done else back, _SEE_OTHER)


@router.post("/undo")
def undo(request: Request, site: TheSite, account: Judge, form: Annotated[UndoForm, Form()]) -> Response:
    """Take back an act of the reader's, or their last."""
    back = local_path(form.back)
    try:
        done = site.parts.store.undo(account.name, site.parts.clock(), form.act or None)
    except (UsageError, NotFoundError) as error:
        return refused(request, account, error, back)
    return RedirectResponse(with_done(back, done[0].act), _SEE_OTHER)


def _wanted(form: ActForm) -> Named:
    if form.action not in _ASKED_FOR:
        raise UsageError(f"{form.action} is not asked for by itself")
    if not form.id:
        raise UsageError("choose alerts first: mark their boxes")
    if len(form.id) > _MOST or not all(map(is_name, form.id)):
        raise UsageError(f"name at most {_MOST} alerts, by their numbers")
    return named(form.id)


def _act(site: Site, user: User, form: ActForm) -> Act:
    why, to = form.why.strip() or None, form.to.strip()
    if form.action is Action.NOTE and why is None:
        raise UsageError("a note needs words: write them into 'Why'")
    if form.action is Action.ASSIGN and not to:
        raise UsageError("say whose they are to be; '-' for nobody's")
    dismisses = form.action is Action.DISMISS
    return Act(
        form.action,
        user.name,
        why,
        to=to if to != "-" else None,
        scope=form.scope if dismisses else None,
        until=parse_until(form.expires.strip() or None, site.parts.clock()) if dismisses else None,
        close_similar=dismisses and form.close_similar,
        seen=_seen(form),
    )


def _seen(form: ActForm) -> dict[int, int]:
    pairs = (each.partition(":") for each in form.seen)
    return {int(alert): int(last) for alert, _, last in pairs if alert.isdecimal() and last.isdecimal()}


#: Who was there, by whether the reader was and whether others were.
_WHOSE = {
    (True, True): "You and somebody else were",
    (True, False): "You were",
    (False, True): "Somebody else was",
    (False, False): "Somebody was",
}


def _conflict(request: Request, site: Site, user: User, form: ActForm, error: JudgedMeanwhileError) -> Response:
    """What others made of these alerts meanwhile, and the choice to go on all the same."""
    judged = site.parts.store.alert_details(error.alert_ids)
    numbers = {str(each) for each in error.alert_ids}
    mentions = {each.mention.id for each in judged}
    # What was kept for review when the page was made is an alert now.
    kept = {id for id in form.id if id.startswith("m") and any(each.startswith(id[1:]) for each in mentions)}
    others = [id for id in form.id if id not in numbers and id not in kept]
    again = [*others, *sorted(numbers, key=int)]
    before = _seen(form)
    by = {new.by for each in judged for new in each.judgements if new.id > before.get(each.alert.id, 0)}
    seen = before | {each.alert.id: each.judgements[-1].id for each in judged if each.judgements}
    return page(
        request,
        user,
        "triage/conflict.html",
        status=409,
        form=form,
        judged=judged,
        others=others,
        again_ids=again,
        seen=[f"{alert}:{last}" for alert, last in seen.items()],
        before=before,
        whose=_WHOSE[user.name in by, bool(by - {user.name})],
        is_own=by == {user.name},
        back=local_path(form.back),
    )
