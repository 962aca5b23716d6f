"""An alert as JSON, and as a row of CSV."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from watchlist.cli.alerts.story import story_json
from watchlist.cli.shared.judgement_json import judgement_json
from watchlist.cli.shared.mention_json import mention_json
from watchlist.model import AlertDetail

#: The fields of its mention that stand before the quote, in this order.
_BEFORE_QUOTE = ("band", "score", "surface", "field", "start", "end", "spans")

#: The columns of an alert in CSV, in this order, all of them fields of its JSON.
CSV_COLUMNS = (
    *("id", "status", "outcome", "severity", "opened_at", "assigned", "entity_id", "subject", "list", "programs"),
    *(
        "score",
        "band",
        "surface",
        "title",
        "url",
        "feed",
        "published_at",
        "quote",
        "note",
        "judged_by",
        "judged_at",
        "why",
    ),
)


def alert_json(detail: AlertDetail) -> dict[str, Any]:
    """An alert as a flat JSON object: how it stands, what it is about, its article, and every field of its mention.

    The ``id`` of what is kept for review is ``m`` and the mention's.
    """
    found = mention_json(detail.mention)
    article, alert = found.pop("article"), detail.alert
    return {
        "id": alert.id or f"m{detail.mention.id}",
        "status": alert.status if alert.id else None,
        "outcome": alert.outcome,
        "severity": alert.severity,
        "severity_why": alert.severity_why,
        "opened_at": alert.opened_at,
        "assigned": alert.assigned,
        "entity_id": detail.mention.entity_id,
        "subject": detail.mention.caption,
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
        "story": story_json(detail.story),
        "title": detail.article_title,
        "url": detail.article_url,
        "published_at": detail.article_published_at,
        "feed": detail.feed_title,
        "note": alert.note,
        "rolled_up": alert.rolled_up,
        "silence": detail.silence_id,
        "page": asdict(detail.page) if detail.page is not None else None,
        "also": [other.id for other in detail.also],
        **{key: found.pop(key) for key in _BEFORE_QUOTE},
        "quote": found.pop("quote"),
        "judgements": [judgement_json(each) for each in detail.judgements],
        **found,
    }


def alert_row(detail: AlertDetail) -> list[str]:
    """An alert as a row under `CSV_COLUMNS`."""
    last = next((each for each in reversed(detail.judgements) if not each.undone and each.undoes is None), None)
    fields = {
        **alert_json(detail),
        "programs": "; ".join(detail.entity.programs),
        "quote": detail.mention.quote.text,
        "judged_by": last.by if last else None,
        "judged_at": last.at if last else None,
        "why": last.why if last else None,
    }
    return [csv_cell(fields[column]) for column in CSV_COLUMNS]


def csv_cell(value: Any) -> str:
    """A value as a spreadsheet may have it."""
    if value is None:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    # A spreadsheet takes a cell that begins so for a formula, and titles come from strangers.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
