"""MENTIONS OF AN ARCHIVE -> ALERTS: what is of the alert band goes into the database, told in a digest.

The only way from an archive to what is live. Done again it changes nothing: articles, mentions and alerts are known by
what they are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from watchlist.alerts.decide import story_of
from watchlist.archive.found import ArchiveFound
from watchlist.model import INGEST, Article, Frequent, Mention, Scan
from watchlist.model.screened import mention_from_plain
from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids
from watchlist.ports import ArchiveStore
from watchlist.steps.parts import Parts, RunReport, severity_rules

#: Articles to a transaction.
_AT_ONCE: Final = 100
_COLUMNS: Final = ("id", "url", "lang", "published_at", "title", "text", "alerts")


def load_alerts(
    found: ArchiveFound, name: str, parts: Parts, store: ArchiveStore, tell: Callable[[int], None]
) -> RunReport:
    """Open alerts for what a run found; ``tell`` is called with how many articles are done.

    Mentions of entities that the database does not have are left out and counted as ``strange``; articles that it has
    with other words as ``reworded``, and copies of others as ``not_kept``.
    """
    report = RunReport()
    rows = _rows(found)
    while part := list(islice(rows, _AT_ONCE)):
        scans = _known_only(store, [_scan(row, name, parts, store.revisions()) for row in part], report.counts)
        # Of two that are one article by their address the later one is meant.
        unique = {scan.article.id: scan for scan in scans}
        loaded = store.record_loaded(list(unique.values()), parts.clock())
        report.counts["articles"] += len(part)
        report.counts["mentions"] += sum(len(scan.mentions) for scan in unique.values())
        report.counts["alerts"] += len(loaded.alerts)
        report.counts["not_kept"] += loaded.not_kept + len(scans) - len(unique)
        report.counts["reworded"] += loaded.reworded
        report.alerts.extend(loaded.alerts)
        tell(len(part))
    return report


def _rows(found: ArchiveFound) -> Iterator[dict[str, Any]]:
    for batch in found.articles(_COLUMNS):
        yield from (row for row in batch.to_pylist() if row["alerts"])


def _known_only(store: ArchiveStore, scans: Sequence[Scan], counts: Counter[str]) -> list[Scan]:
    """The scans with what the database knows of."""
    known = {each.id for each in store.entities_of({m.entity_id for scan in scans for m in scan.mentions})}
    kept = []
    for scan in scans:
        mentions = tuple(each for each in scan.mentions if each.entity_id in known)
        counts["strange"] += len(scan.mentions) - len(mentions)
        if mentions:
            kept.append(replace(scan, mentions=mentions))
    return kept


def _scan(row: dict[str, Any], name: str, parts: Parts, revisions: tuple[tuple[str, str], ...]) -> Scan:
    article = _article(row, parts.clock())
    mentions: tuple[Mention, ...] = tuple(
        replace(mention_from_plain(each), article_id=article.id) for each in json.loads(row["alerts"])
    )
    published = article.published_at
    date = f"published on {published:%Y-%m-%d}" if published else "without a date"
    frequent = parts.config.alerts.frequent
    return Scan(
        article=article,
        mentions=mentions,
        story_id=story_of(article),
        channels=parts.told_on,
        max_per_message=parts.config.alerts.max_per_message,
        revisions=revisions,
        notes={each.entity_id: f"found in the archive {name}, {date}" for each in mentions},
        digest=True,
        engine_version=mentions[0].engine_version,
        severity=severity_rules(parts.config),
        frequent=Frequent(frequent.per_day, frequent.subjects),
    )


def _article(row: dict[str, Any], now: datetime) -> Article:
    """The article as it would be had it been handed to `watchlist ingest`."""
    url = row["url"] if (row["url"] or "").lower().startswith(("https://", "http://")) else None
    published = datetime.fromisoformat(row["published_at"]) if row["published_at"] else None
    title, text = row["title"] or "", row["text"] or ""
    entry = ParsedEntry(row["id"], url, title, text, row["lang"], published)
    (id,) = article_ids((entry,), INGEST, None)
    return Article(id, title, text, url, None, row["id"], row["lang"], published, now)
