"""Alerts, what was kept for review, and what people do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import Header, Path, Query, Request, Response

from watchlist.alerts.as_json import alert_json, judgement_json
from watchlist.errors import UsageError
from watchlist.model import Act, Action, AlertDetail, Band, Judgement, User
from watchlist.steps.asked.chosen import Chosen
from watchlist.steps.asked.judge import perform
from watchlist.steps.asked.named import Named, is_name, named
from watchlist.steps.asked.times import parse_since, parse_until
from watchlist.web.api.answers import answer, cursor_of, page
from watchlist.web.api.once import TheOnce
from watchlist.web.api.routing import problems, room
from watchlist.web.api.shapes.alerts import AlertShape, JudgedAlertShape
from watchlist.web.api.shapes.asked import JudgingAct, JudgingMany, JudgingOne, Undoing
from watchlist.web.api.shapes.sought import AlertsSought, PageSought
from watchlist.web.security.current import Judge, Reader
from watchlist.web.site import Site, TheSite

router = room("alerts")

AlertPath = Annotated[
    str, Path(max_length=30, description="A number, or ``m`` and the id of what was kept for review.")
]
_Sought = Annotated[AlertsSought, Query()]


@router.get("/alerts", response_model=list[AlertShape], responses=problems(400, 404))
def list_alerts(request: Request, site: TheSite, account: Reader, sought: _Sought) -> Response:
    """Alerts, the newest first, by the filters of `watchlist alerts list`; with ``band=review`` what was kept."""
    return _page(request, site, sought.chosen(), sought)


@router.get("/review", response_model=list[AlertShape], responses=problems(400, 404))
def list_review(request: Request, site: TheSite, account: Reader, sought: _Sought) -> Response:
    """What was kept for review: mentions on which no alert is open."""
    return _page(request, site, replace(sought.chosen(), band=Band.REVIEW), sought)


@router.get("/alerts/{alert}", response_model=AlertShape, responses=problems(400, 404))
def show_alert(site: TheSite, account: Reader, alert: AlertPath) -> Response:
    """One alert. Its ``ETag`` is the last judgement of it, for ``If-Match`` where you judge it."""
    return _one(_detail(site, alert))


@router.post(
    "/alerts/{alert}/judgements", response_model=list[JudgedAlertShape], responses=problems(400, 404, 409, 412)
)
def judge_alert(
    site: TheSite,
    account: Judge,
    once: TheOnce,
    alert: AlertPath,
    asked: JudgingOne,
    if_match: Annotated[str | None, Header(max_length=40, description="The ``ETag`` that you saw.")] = None,
) -> Response:
    """Judge one alert; of what was kept for review, ``confirm`` opens an alert.

    With ``seen``, or with ``If-Match``, it is done only where nobody judged since; else 409 says who did.
    """
    seen = asked.seen if if_match is None else _number_of(if_match)
    wanted = _named([alert])
    told = None if seen is None else dict.fromkeys(wanted.alerts, seen)
    return once(lambda: _judged(site, _act(site, account, asked, told), wanted))


@router.post("/judgements", response_model=list[JudgedAlertShape], responses=problems(400, 404, 409))
def judge_alerts(site: TheSite, account: Judge, once: TheOnce, asked: JudgingMany) -> Response:
    """Judge many alerts at one stroke, all or none; undone at one stroke as well."""
    wanted = _named([str(each) for each in asked.alerts])
    return once(lambda: _judged(site, _act(site, account, asked, asked.seen), wanted))


@router.post("/judgements/undo", response_model=list[JudgedAlertShape], responses=problems(400, 409))
def undo(site: TheSite, account: Judge, once: TheOnce, asked: Undoing) -> Response:
    """Take back the last thing that you did, or an act of yours by its id; what was done stays on record."""

    def undone() -> Response:
        parts = site.parts
        return answer(_all(parts.store.undo(account.name, parts.clock(), asked.act)))

    return once(undone)


@router.get("/judgements", response_model=list[JudgedAlertShape], responses=problems(400))
def list_judgements(site: TheSite, account: Reader, since: str = "30d", until: str | None = None) -> Response:
    """What people did with alerts within a time, in order."""
    parts = site.parts
    now = parts.clock()
    return answer(_all(parts.store.judgements(parse_since(since, now), parse_since(until, now))))


def _page(request: Request, site: Site, chosen: Chosen, sought: PageSought) -> Response:
    parts, limit, cursor = site.parts, sought.limit, sought.cursor
    if cursor is not None and not is_name(cursor):
        raise UsageError("the cursor is none of ours: take it from the header Link of the page before")
    # One more tells whether there is another page.
    wanted = replace(chosen, limit=limit + 1, after=cursor).filter(parts.store, parts.clock())
    found = parts.store.find_kept(wanted) if chosen.of_review else parts.store.find_alerts(wanted)
    shown = found[:limit]
    return page(request, [alert_json(each) for each in shown], cursor_of(shown[-1]) if len(found) > limit else None)


def _detail(site: Site, alert: str) -> AlertDetail:
    wanted = _named([alert])
    if wanted.alerts:
        return site.parts.store.alert(wanted.alerts[0])
    return site.parts.store.kept(wanted.kept)[0]


def _one(detail: AlertDetail) -> Response:
    last = detail.judgements[-1].id if detail.judgements else 0
    return answer(alert_json(detail), headers={"ETag": f'"{last}"'})


def _named(alerts: Sequence[str]) -> Named:
    for each in alerts:
        if not is_name(each):
            raise UsageError(f"{each!r} is no alert: give its number, or of what is kept for review the id (m…)")
    return named(alerts)


def _number_of(tag: str) -> int:
    bare = tag.strip().removeprefix("W/").strip('"')
    if not (bare.isdecimal() and bare.isascii()):
        raise UsageError("If-Match wants the ETag of the alert as you saw it")
    return int(bare)


def _act(site: Site, account: User, asked: JudgingAct, seen: dict[int, int] | None) -> Act:
    action = Action(asked.action)
    if action is Action.NOTE and not asked.why:
        raise UsageError("a note needs its text, as 'why'")
    if action is not Action.DISMISS:
        return Act(action, account.name, asked.why, to=asked.to, seen=seen)
    until = parse_until(asked.until, site.parts.clock())
    return Act(
        action, account.name, asked.why, scope=asked.scope, until=until, close_similar=asked.close_similar, seen=seen
    )


def _judged(site: Site, act: Act, wanted: Named) -> Response:
    parts = site.parts
    return answer(_all(perform(parts, parts.store, act, wanted, parts.clock())))


def _all(done: Sequence[Judgement]) -> list[dict[str, object]]:
    return [{"alert": each.alert_id, **judgement_json(each)} for each in done]
