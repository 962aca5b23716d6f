"""Links in mails that judge an alert: what one would do, and doing it.

Programs that look through mail follow its links, so nothing is done until a person sends the form.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from watchlist.alerts.triage import DONE
from watchlist.delivery.clean import quote_parts
from watchlist.delivery.links import MailLink, link_hash, read_link
from watchlist.errors import NotFoundError
from watchlist.model import Act, AlertDetail
from watchlist.web.pages.rendering import page
from watchlist.web.security.current import visitor_of
from watchlist.web.site import Site, TheSite

router = APIRouter()

_NOT_OURS = "This link is none of ours, or it was cut off: open it as it stands in the mail."
_GONE = "The alert is no longer on record."


@router.get("/m/{text}")
def ask(request: Request, site: TheSite, text: str) -> Response:
    """What a link would do; a form does it."""
    link = _read(site, text)
    if link is None:
        return _refused(request, 404, _NOT_OURS)
    return _shown(request, site, text, link) or _refused(request, 404, _GONE)


@router.post("/m/{text}")
def judge(request: Request, site: TheSite, text: str) -> Response:
    """Judge an alert as the one whom the mail was sent to."""
    store, link = site.parts.store, _read(site, text)
    if link is None:
        return _refused(request, 404, _NOT_OURS)
    now = site.parts.clock()
    if now < link.ends_at:
        try:
            act = Act(link.action, link.recipient, "by a link in a mail")
            done = store.judge_by_link(link_hash(text), link.alert_id, act, now)
        except NotFoundError:
            return _refused(request, 404, _GONE)
        if done is not None:
            return _shown(request, site, text, link, is_done=True) or _refused(request, 404, _GONE)
    return _shown(request, site, text, link) or _refused(request, 404, _GONE)


def _read(site: Site, text: str) -> MailLink | None:
    return read_link(text, site.parts.store.signing_key("links", site.parts.clock()))


def _shown(request: Request, site: Site, text: str, link: MailLink, *, is_done: bool = False) -> Response | None:
    """The page of a link: what it would do, or did, or why it does nothing; None where its alert is gone."""
    found: tuple[AlertDetail, ...] = site.parts.store.alert_details((link.alert_id,))
    if not found:
        return None
    used = site.parts.store.used_link(link_hash(text))
    is_over = site.parts.clock() >= link.ends_at
    values = {
        "detail": found[0],
        "quote": quote_parts(found[0].mention.quote),
        "link": link,
        "verb": link.action.value,
        "done": DONE[link.action],
        "is_done": is_done,
        "used": None if is_done else used,
        "is_over": is_over,
        "last": found[0].judgements[-1] if found[0].judgements else None,
    }
    status = 410 if (used is not None and not is_done) or is_over else 200
    return page(request, visitor_of(request).user, "outside/link.html", status=status, **values)


def _refused(request: Request, status: int, why: str) -> Response:
    return page(request, visitor_of(request).user, "outside/no_link.html", status=status, why=why)
