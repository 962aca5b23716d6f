"""An alert, and what is in it, as JSON: the same on the command line, in exports, and on every channel."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from watchlist.model.alerted import AlertDetail
from watchlist.model.screened import Mention, mention_to_plain
from watchlist.model.storied import Story
from watchlist.model.triage.judged import Judgement, TriageState

#: In which order its fields stand, under their own names; what is not named here comes after them.
_ORDER = ("schema", "band", "score", "surface", "field", "start", "end", "spans", "features", "quote")
#: The fields of its mention that stand before the quote, in this order.
_BEFORE_QUOTE = ("band", "score", "surface", "field", "start", "end", "spans")


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


def mention_json(mention: Mention) -> dict[str, Any]:
    """Every field, flat: ids without ``_id``, the entity's name as ``name`` and the listed one as ``matched_name``."""
    plain = mention_to_plain(mention)
    return {
        "article": plain.pop("article_id"),
        "entity": plain.pop("entity_id"),
        "list": mention.list_id,
        "listings": plain.pop("listings"),
        "name": plain.pop("caption"),
        "matched_name": plain.pop("name")["text"],
        **{key: plain.pop(key) for key in _ORDER},
        **plain,
    }


def story_json(story: Story) -> dict[str, Any]:
    """The articles of a story, the one that opened the alert first, and their sources, each once."""
    return {
        "id": story.id,
        "articles": [
            {
                "id": article.id,
                "url": article.url,
                "title": article.title,
                "source": article.source,
                "published_at": article.published_at,
                "relation": article.relation,
                "reason": article.reason,
            }
            for article in story.articles
        ],
        "sources": story.sources,
    }


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """A judgement: who did what, when and why, what that changed, and what was seen."""
    return {
        "id": judgement.id,
        "act": judgement.act,
        "action": judgement.action,
        "outcome": judgement.outcome,
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "before": _state(judgement.before),
        "after": _state(judgement.after),
        "seen": asdict(judgement.seen) if judgement.seen is not None else None,
        "undoes": judgement.undoes,
        "undone": judgement.undone,
    }


def _state(state: TriageState) -> dict[str, Any]:
    return {"status": state.status, "outcome": state.outcome, "assigned": state.assigned}
