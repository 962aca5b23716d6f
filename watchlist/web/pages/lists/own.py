"""Entities of a list of the user's: put on it, changed, taken off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from watchlist.errors import ConflictError, UsageError
from watchlist.lists.forms.generic.cells import identifier_cell
from watchlist.lists.forms.generic.names import alias_cell
from watchlist.model import Entity, NameOrigin, Schema
from watchlist.steps.asked.listed.given import Given
from watchlist.steps.asked.listed.own import add_entity, edit_entity, remove_entity, require_own
from watchlist.steps.sync import look_back_of
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import MOST_TEXT, Text, done, list_path, one_line, several, subject_path
from watchlist.web.security.current import Admin
from watchlist.web.site import TheSite

router = APIRouter()


class EntityForm(BaseModel):
    """An entity as a form has it; of what there may be several, one stands on each line."""

    name: str = Field(default="", max_length=MOST_TEXT)
    source_id: str = Field(default="", max_length=MOST_TEXT)
    schema_: str = Field(default=Schema.LEGAL_ENTITY.value, alias="schema", max_length=100)
    aliases: str = Field(default="", max_length=MOST_TEXT)
    programs: str = Field(default="", max_length=MOST_TEXT)
    countries: str = Field(default="", max_length=MOST_TEXT)
    birth_dates: str = Field(default="", max_length=MOST_TEXT)
    identifiers: str = Field(default="", max_length=MOST_TEXT)
    #: When the entity had last changed as the form was made.
    seen: str = Field(default="", max_length=100)

    def given(self) -> Given:
        """What was filled in; raises UsageError for what is no kind of entity."""
        if (name := one_line(self.name)) is None:
            raise UsageError("an entity needs a name")
        return Given(
            name=name,
            schema=_schema(self.schema_),
            aliases=several(self.aliases),
            programs=several(self.programs),
            countries=several(self.countries),
            birth_dates=several(self.birth_dates),
            identifiers=several(self.identifiers),
        )


Filled = Annotated[EntityForm, Form()]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields of the form hold before anything is written into them."""

    name: str = ""
    schema: str = Schema.LEGAL_ENTITY.value
    aliases: str = ""
    programs: str = ""
    countries: str = ""
    birth_dates: str = ""
    identifiers: str = ""


@router.get("/lists/{list_id}/new")
def blank(request: Request, site: TheSite, account: Admin, list_id: str) -> HTMLResponse:
    """A form to put somebody on the list."""
    require_own(site.parts.store, list_id)
    held = site.parts.store.watched_list(list_id)
    return page(
        request,
        account,
        "lists/entity.html",
        held=held,
        entity=None,
        fields=Fields(),
        seen="",
        schemas=tuple(Schema),
    )


@router.post("/lists/{list_id}/new")
def add(site: TheSite, account: Admin, list_id: str, form: Filled) -> RedirectResponse:
    """Put somebody on the list."""
    parts = site.parts
    source_id, look_back = one_line(form.source_id), look_back_of(parts.config)
    entity = add_entity(parts.store, list_id, source_id, form.given(), parts.clock(), look_back)
    return done(site, subject_path(entity.id), f"{entity.caption} is on {list_id}")


@router.get("/lists/{list_id}/entities/{source_id:path}")
def filled(request: Request, site: TheSite, account: Admin, list_id: str, source_id: str) -> HTMLResponse:
    """A form with what the list says of somebody."""
    store = site.parts.store
    require_own(store, list_id)
    entity = store.entity(f"{list_id}:{source_id}")
    return page(
        request,
        account,
        "lists/entity.html",
        held=store.watched_list(list_id),
        entity=entity,
        fields=_fields(entity),
        seen=store.standing(entity.id).changed_at.isoformat(),
        schemas=tuple(Schema),
    )


@router.post("/lists/{list_id}/entities/{source_id:path}")
def edit(site: TheSite, account: Admin, list_id: str, source_id: str, form: Filled) -> RedirectResponse:
    """Have the list say something else of somebody."""
    parts = site.parts
    entity_id = f"{list_id}:{source_id}"
    if form.seen != parts.store.standing(entity_id).changed_at.isoformat():
        raise ConflictError("it was changed since you opened the form: open it anew, and write it in again")
    entity = edit_entity(parts.store, entity_id, form.given(), parts.clock(), look_back_of(parts.config))
    return done(site, subject_path(entity_id), f"{entity.caption} is changed")


@router.post("/lists/{list_id}/take-off")
def take_off(site: TheSite, account: Admin, list_id: str, source_id: Text) -> RedirectResponse:
    """Take somebody off the list; the alerts stay on record."""
    gone = remove_entity(site.parts.store, f"{list_id}:{source_id}", site.parts.clock())
    return done(site, list_path(list_id), f"{gone.caption} is off {list_id}", "The alerts stay on record.")


def _fields(entity: Entity) -> Fields:
    own = [each for each in entity.names if each.origin is NameOrigin.AUTHORITY]
    return Fields(
        name=own[0].text,
        schema=entity.schema.value,
        aliases="\n".join(map(alias_cell, own[1:])),
        programs="\n".join(entity.programs),
        countries="\n".join(entity.countries),
        birth_dates="\n".join(entity.birth_dates),
        identifiers="\n".join(map(identifier_cell, entity.identifiers)),
    )


def _schema(text: str) -> Schema:
    try:
        return Schema(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no kind of entity: use {', '.join(Schema)}") from error
