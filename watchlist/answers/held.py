"""What holds alerts back: suppressions, and silences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from watchlist.model import HeldBack, Silence, Suppression


def suppression_json(suppression: Suppression) -> dict[str, Any]:
    """Every field of a suppression but what the list said of the entity."""
    return {
        "id": suppression.id,
        "entity_id": suppression.entity_id,
        "scope": suppression.scope,
        "surface": suppression.surface,
        "context": sorted(suppression.context.kinds),
        "details": sorted(suppression.context.details),
        "feed_id": suppression.feed_id,
        "story_id": suppression.story_id,
        "alert_id": suppression.alert_id,
        "evidence": None if suppression.evidence is None else sorted(suppression.evidence),
        "by": suppression.by,
        "at": suppression.at,
        "until": suppression.until,
        "reason": suppression.reason,
        "ended_at": suppression.ended_at,
        "ended_why": suppression.ended_why,
        "held": suppression.held,
    }


def suppression_in_full(suppression: Suppression, subject: str, held: Iterable[HeldBack]) -> dict[str, Any]:
    """A suppression, whom it is of, and what it has held back."""
    return {**suppression_json(suppression), "subject": subject, "held_back": [asdict(each) for each in held]}


def silence_json(silence: Silence) -> dict[str, Any]:
    """Every field of a silence."""
    return asdict(silence)


def silence_in_full(silence: Silence, held: Iterable[HeldBack]) -> dict[str, Any]:
    """A silence, and the alerts that were not told for it."""
    return {**silence_json(silence), "not_told": [asdict(each) for each in held]}
