"""What people decide of a subject: no alerts of it, one more name, a note, who is one with whom."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from watchlist.errors import UsageError
from watchlist.model import Suppression
from watchlist.steps.asked.listed.own import decide_group, give_name
from watchlist.steps.asked.noting import note_of
from watchlist.steps.asked.times import parse_until
from watchlist.steps.sync import look_back_of
from watchlist.web.pages.words import Text, done, one_line, subject_path
from watchlist.web.security.current import Admin, Judge
from watchlist.web.site import TheSite

router = APIRouter()


@router.post("/subjects/suppress")
def suppress(site: TheSite, account: Judge, id: Text, until: Text = "", why: Text = "") -> RedirectResponse:
    """Have no alerts of a subject."""
    store, now = site.parts.store, site.parts.clock()
    entity = store.entity(store.standing(id).succeeded_by or id)
    ends = parse_until(one_line(until), now)
    store.suppress(Suppression(entity.id, now, ends, one_line(why), by=account.name))
    return done(site, subject_path(entity.id), f"{entity.caption} opens no alerts from now on")


@router.post("/subjects/unsuppress")
def unsuppress(site: TheSite, account: Judge, id: Text) -> RedirectResponse:
    """Have alerts of a subject again."""
    store = site.parts.store
    entity = store.entity(store.standing(id).succeeded_by or id)
    store.unsuppress(entity.id, site.parts.clock())
    return done(site, subject_path(entity.id), f"{entity.caption} opens alerts again")


@router.post("/subjects/note")
def note(site: TheSite, account: Judge, id: Text, text: Text) -> RedirectResponse:
    """Write a note on a subject."""
    kept = site.parts.store.note_subject(note_of(id, text, account.name, site.parts.clock()))
    return done(site, subject_path(kept.entity_id), "The note stands with it")


@router.post("/subjects/name")
def name(site: TheSite, account: Admin, id: Text, name: Text) -> RedirectResponse:
    """Give a subject one more name, by which it is looked for from then on."""
    parts = site.parts
    if (text := one_line(name)) is None:
        raise UsageError("a name needs letters")
    entity, is_new = give_name(parts.store, id, text, parts.clock(), look_back_of(parts.config))
    so = "is now also matched as" if is_new else "is matched as that already:"
    return done(site, subject_path(id), f"{entity.caption} {so} {text}")


@router.post("/subjects/unname")
def unname(site: TheSite, account: Admin, id: Text, name: Text) -> RedirectResponse:
    """Take a name away that a user gave."""
    site.parts.store.remove_alias(id, name, site.parts.clock())
    return done(site, subject_path(id), f"It is no longer matched as {name}")


@router.post("/subjects/join")
def join(site: TheSite, account: Admin, id: Text, other: Text) -> RedirectResponse:
    """Decide that two entries are one."""
    decide_group(site.parts.store, id, other.strip(), same=True, now=site.parts.clock())
    return done(site, subject_path(id), f"{id} and {other.strip()} are one")


@router.post("/subjects/split")
def split(site: TheSite, account: Admin, id: Text, other: Text) -> RedirectResponse:
    """Decide that two entries are two."""
    decide_group(site.parts.store, id, other.strip(), same=False, now=site.parts.clock())
    return done(site, subject_path(id), f"{id} and {other.strip()} are two")
