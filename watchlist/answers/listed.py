"""Lists, and entities on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from watchlist.answers.held import suppression_json
from watchlist.config import Config
from watchlist.lists.schedule import is_stale, next_check
from watchlist.model import (
    Entity,
    EntityChange,
    GroupMember,
    ListContents,
    Reach,
    SnapshotHistory,
    Standing,
    SubjectNote,
    Suppression,
    WatchedList,
)


def entity_json(entity: Entity) -> dict[str, Any]:
    """An entity: its id, and every field."""
    return {"entity": entity.id, **asdict(entity)}


def standing_json(
    entity: Entity, standing: Standing, suppressions: Iterable[Suppression], notes: Iterable[SubjectNote]
) -> dict[str, Any]:
    """An entity with how it stands on its list, what holds all alerts of it back, and what people wrote of it."""
    quiet = suppression_of_all(entity.id, suppressions)
    return {
        **entity_json(entity),
        **asdict(standing),
        "suppressed": suppression_json(quiet) if quiet else None,
        "notes": notes_json(notes),
    }


def notes_json(notes: Iterable[SubjectNote]) -> list[dict[str, Any]]:
    """What people wrote of a subject."""
    return [asdict(each) for each in notes]


def suppression_of_all(entity_id: str, suppressions: Iterable[Suppression]) -> Suppression | None:
    """The suppression that holds back whatever is found of an entity."""
    return next((each for each in suppressions if each.entity_id == entity_id and each.scope is Reach.SUBJECT), None)


def group_json(members: Iterable[tuple[GroupMember, Entity]]) -> list[dict[str, Any]]:
    """The entities that are one, each with what it was recognised by."""
    return [{"entity": entity.id, "reason": member.reason, **asdict(entity)} for member, entity in members]


def lists_json(found: Sequence[WatchedList], config: Config, now: datetime) -> list[dict[str, Any]]:
    """How lists stand, with their next checks, and which are stale."""
    max_age, interval = timedelta(seconds=config.schedule.list_max_age), timedelta(seconds=config.schedule.lists)
    return [
        {**asdict(each), "next_check_at": next_check(each, interval), "stale": is_stale(each, max_age, now)}
        for each in found
    ]


def contents_json(watched: WatchedList, contents: ListContents, now: datetime) -> dict[str, Any]:
    """What a list holds."""
    snapshot = watched.snapshot
    since = (snapshot.published_at or snapshot.fetched_at) if snapshot else None
    return {
        "list": watched.id,
        "title": watched.title,
        "form": snapshot.form if snapshot else None,
        "version": snapshot.version if snapshot else None,
        "published_at": snapshot.published_at if snapshot else None,
        "fetched_at": snapshot.fetched_at if snapshot else None,
        "age_seconds": int((now - since).total_seconds()) if since else None,
        "last_good_at": watched.last_good_at,
        "last_changed_at": watched.last_changed_at,
        "last_error": watched.last_error,
        "entities": watched.entity_count,
        "schemas": dict(contents.schemas),
        "names": watched.name_count,
        "names_by_kind": dict(contents.by_kind),
        "names_by_script": dict(contents.by_script),
        "names_by_kind_and_script": [
            {"kind": kind, "weak": weak, "script": script, "count": count}
            for kind, weak, script, count in contents.names
        ],
        "identifiers": dict(contents.identifiers),
        "filled": dict(contents.fields),
        "unread": snapshot.unread if snapshot else 0,
        "cells": [asdict(cell) for cell in snapshot.cells] if snapshot else [],
    }


def history_json(found: Iterable[SnapshotHistory]) -> list[dict[str, Any]]:
    """The snapshots of a list, each with what it changed."""
    return [{**asdict(each), "unread": each.snapshot.unread} for each in found]


def changes_json(found: Iterable[EntityChange]) -> list[dict[str, Any]]:
    """What a list gained, lost or changed."""
    return [asdict(each) for each in found]
