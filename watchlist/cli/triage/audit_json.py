"""What led to alerts, and how articles were screened, as records for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from watchlist.alerts.as_json import judgement_json
from watchlist.model import AlertDetail, AuditedArticle, KeptCapture, ScreenedWith, Screening

if TYPE_CHECKING:
    from watchlist.storage.store import Store


def alert_audit(store: Store, number: int) -> dict[str, Any]:
    """What led to an alert, for programs."""
    detail = store.alert(number)
    article = store.audit_article(detail.alert.article_id)
    return {
        **_alert_record(detail, article, opened_by_screening(detail, article)),
        "told": [asdict(each) for each in store.deliveries_about(number)],
        "evidence": [_evidence_record(each) for each in store.evidence(number)],
    }


def _alert_record(detail: AlertDetail, article: AuditedArticle, opened_by: Screening | None) -> dict[str, Any]:
    mention = detail.mention
    return {
        "id": detail.alert.id,
        "opened_at": detail.alert.opened_at,
        "status": detail.alert.status,
        "outcome": detail.alert.outcome,
        "severity": detail.alert.severity,
        "severity_why": detail.alert.severity_why,
        "entity_id": mention.entity_id,
        "subject": mention.caption,
        "listings": mention.listings,
        "engine_version": mention.engine_version,
        "snapshot_version": mention.snapshot_version,
        "score": mention.score,
        "band": mention.band,
        "features": [asdict(each) for each in mention.features],
        "quote": asdict(mention.quote),
        "text_hash": opened_by.text_hash if opened_by else None,
        "screened_with": with_record(opened_by.screened_with) if opened_by else None,
        "article": article_record(article),
        "judgements": [judgement_json(each) for each in detail.judgements],
    }


def article_record(found: AuditedArticle) -> dict[str, Any]:
    """An article with every screening of it."""
    return {
        "id": found.id,
        "url": found.url,
        "title": found.title,
        "feed": found.feed,
        "published_at": found.published_at,
        "fetched_at": found.fetched_at,
        "removed_at": found.removed_at,
        "text_hash": found.text_hash,
        "scanned_at": found.scanned_at,
        "scan_error": found.scan_error,
        "alerts": found.alert_ids,
        "screenings": [
            {**screening_record(each), "screened_with": with_record(each.screened_with)} for each in found.screenings
        ],
        "look_backs": [{"at": at, "for": what} for at, what in found.look_backs],
    }


def screening_record(screening: Screening) -> dict[str, Any]:
    """One screening of an article, and what came of it."""
    return {
        "article": screening.article_id,
        "at": screening.at,
        "text_hash": screening.text_hash,
        "screened_with": screening.screened_with.id,
        "alert_band": screening.alert_band,
        "review_band": screening.review_band,
        "opened": screening.opened,
        "held": screening.held,
        "look_back": screening.look_back,
    }


def with_record(used: ScreenedWith) -> dict[str, Any]:
    """What an article was screened with."""
    return {
        "id": used.id,
        "engine_version": used.engine_version,
        "lists": [{"list": id, "snapshot": snapshot, "revision": revision} for id, snapshot, revision in used.lists],
        "settings": dict(used.settings),
    }


def opened_by_screening(detail: AlertDetail, article: AuditedArticle) -> Screening | None:
    """The screening that opened an alert: the last one at that time; None where that was before they were kept."""
    before = [each for each in article.screenings if each.at <= detail.alert.opened_at]
    return before[-1] if before else None


def _evidence_record(each: KeptCapture) -> dict[str, Any]:
    """A capture for programs, without its bytes."""
    return {
        "article": each.article_id,
        "kind": each.kind,
        "url": each.url,
        "at": each.at,
        "sha256": each.sha256,
        "size": each.size,
    }
