"""A message as JSON, for programs. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from watchlist.model import AlertDetail, Notice
from watchlist.ports import Message


def payload(message: Message) -> dict[str, Any]:
    """A message: its key, by which a copy is recognised, and what it is about."""
    missed = message.missed
    return {
        "id": message.idempotency_key.strip("<>"),
        "created_at": message.created_at,
        "test": message.test,
        "alerts": [alert_payload(each) for each in message.alerts],
        "notices": [notice_payload(each) for each in message.notices],
        "missed": {"count": missed.count, "deliveries": [each.id for each in missed.deliveries]} if missed else None,
    }


def alert_payload(detail: AlertDetail) -> dict[str, Any]:
    """An alert under the names that ``watchlist alerts --json`` has for the same."""
    alert, mention = detail.alert, detail.mention
    return {
        "id": alert.id,
        "status": alert.status,
        "outcome": alert.outcome,
        "severity": alert.severity,
        "severity_why": list(alert.severity_why),
        "entity_id": mention.entity_id,
        "subject": mention.caption,
        "schema": mention.schema,
        "listings": list(mention.listings),
        "list": mention.list_id,
        "list_title": detail.list_title,
        "programs": list(detail.entity.programs),
        "countries": list(detail.entity.countries),
        "score": mention.score,
        "band": mention.band,
        "surface": mention.surface,
        "quote": {"text": mention.quote.text, "start": mention.quote.start, "end": mention.quote.end},
        "article": alert.article_id,
        "title": detail.article_title,
        "url": detail.article_url,
        "published_at": detail.article_published_at,
        "feed": detail.feed_title,
        "story": {
            "id": alert.story_id,
            "articles": [
                {"id": each.id, "url": each.url, "title": each.title, "source": each.source}
                | {"published_at": each.published_at}
                for each in detail.story.articles
            ],
            "sources": list(detail.story.sources),
        },
        "opened_at": alert.opened_at,
        "assigned": alert.assigned,
        "judgements": [
            {"action": each.action, "by": each.by, "at": each.at, "why": each.why} for each in detail.judgements
        ],
        "note": alert.note,
        "rolled_up": alert.rolled_up,
    }


def notice_payload(notice: Notice) -> dict[str, Any]:
    """A notice to the operator."""
    return {"kind": notice.kind, "subject": notice.subject, "text": notice.text, "opened_at": notice.opened_at}


def as_json(value: Any, *, indent: int | None = None) -> str:
    """A payload as JSON, on one line unless it is to be indented."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not for JSON")
