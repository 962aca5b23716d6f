"""A suppression as the JSON of commands has it."""

from __future__ import annotations

from typing import Any

from watchlist.model import Suppression


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
