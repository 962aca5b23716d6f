"""An alert as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from watchlist.cli.alerts.story import story_json
from watchlist.cli.shared.mention_json import mention_json
from watchlist.model import AlertDetail

#: The fields of its mention that stand before the quote, in this order.
_BEFORE_QUOTE = ("band", "score", "surface", "field", "start", "end", "spans")


def alert_json(detail: AlertDetail) -> dict[str, Any]:
    """An alert as a flat JSON object: what it is about, its article, and every field of its mention."""
    found = mention_json(detail.mention)
    article = found.pop("article")
    return {
        "id": detail.alert.id,
        "status": detail.alert.status,
        "opened_at": detail.alert.opened_at,
        "entity": found.pop("entity"),
        "list": found.pop("list"),
        "listings": found.pop("listings"),
        "list_title": detail.list_title,
        "source_id": detail.entity.source_id,
        "name": found.pop("name"),
        "matched_name": found.pop("matched_name"),
        "schema": found.pop("schema"),
        "programs": detail.entity.programs,
        "countries": detail.entity.countries,
        "authority_url": detail.entity.url,
        "article": article,
        "title": detail.article_title,
        "url": detail.article_url,
        "published_at": detail.article_published_at,
        "feed": detail.feed_title,
        "note": detail.alert.note,
        "rolled_up": detail.alert.rolled_up,
        "story": story_json(detail.story),
        "page": asdict(detail.page) if detail.page is not None else None,
        "also": [other.id for other in detail.also],
        **{key: found.pop(key) for key in _BEFORE_QUOTE},
        "quote": found.pop("quote"),
        **found,
    }
