"""A message as JSON, for programs. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from watchlist.alerts.as_json import alert_json
from watchlist.model import Notice
from watchlist.ports import Message


def payload(message: Message) -> dict[str, Any]:
    """A message: its key, by which a copy is recognised, and what it is about."""
    missed = message.missed
    return {
        "id": message.idempotency_key.strip("<>"),
        "created_at": message.created_at,
        "test": message.test,
        "alerts": [alert_json(each) for each in message.alerts],
        "notices": [notice_payload(each) for each in message.notices],
        "missed": {"count": missed.count, "deliveries": [each.id for each in missed.deliveries]} if missed else None,
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
