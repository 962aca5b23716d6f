"""``watchlist audit``: what led to an alert, and that an article was screened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchlist.alerts.as_json import judgement_json
from watchlist.answers.held import suppression_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.judged import judged
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, console, print_facts, print_json, print_table, when
from watchlist.cli.shared.terminal import to_json
from watchlist.cli.shared.told import told_lines
from watchlist.cli.triage.audit_json import (
    alert_audit,
    article_record,
    opened_by_screening,
    screening_record,
    with_record,
)
from watchlist.cli.triage.evidence import evidence, evidence_line
from watchlist.errors import UsageError
from watchlist.model import AlertFilter, AuditedArticle, Judgement, ScreenedWith, Screening
from watchlist.steps.asked.times import parse_since

if TYPE_CHECKING:
    from watchlist.storage.store import Store

app = noun("What led to an alert, and that an article was screened.", no_args_is_help=True)

#: Digits of a hash that are shown: enough to tell it from others, while `--json` has all.
_SHOWN = 16


@app.callback()
def audit() -> None:
    """What led to an alert, and that an article was screened."""


@app.command("alert")
def audit_alert(
    context: typer.Context, number: Annotated[int, typer.Argument(metavar="N", min=1)], as_json: AsJson = False
) -> None:
    """Show what led to an alert, and who judged it."""
    with invocation(context).store() as store:
        if as_json:
            print_json(alert_audit(store, number))
            return
        detail = store.alert(number)
        article = store.audit_article(detail.alert.article_id)
        told, outages = store.deliveries_about(number), store.outages()
        kept = store.evidence(number)
    opened_by = opened_by_screening(detail, article)
    mention = detail.mention
    print_facts(
        [
            ("Alert", f"{detail.alert.id}, opened {when(detail.alert.opened_at)} UTC, {detail.alert.status}"),
            ("Entity", f"{detail.entity.caption} ({detail.entity.id})"),
            ("Listings", ", ".join(mention.listings)),
            ("List", f"{detail.list_title}, snapshot {mention.snapshot_version or 'of your own making'}"),
            ("Article", detail.article_title),
            ("", detail.article_url or ""),
            ("Text", _text(article, opened_by)),
            ("Engine", mention.engine_version),
            ("Score", f"{mention.score:.2f} ({mention.band})"),
            ("Severity", f"{detail.alert.severity}: {'; '.join(detail.alert.severity_why)}"),
            *_with(opened_by.screened_with if opened_by else None),
            ("Evidence", evidence_line(kept)),
            *told_lines(told, detail.silence_id, outages),
            *((("Judged" if n == 0 else ""), _with_shown(each)) for n, each in enumerate(detail.judgements)),
        ]
    )


@app.command("article")
def audit_article(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Its address, or the id that alerts give.")],
    as_json: AsJson = False,
) -> None:
    """Show when an article was screened, and what was found."""
    with invocation(context).store() as store:
        found = store.audit_article(url)
    if as_json:
        print_json(article_record(found))
        return
    print_facts(
        [
            ("Article", found.title),
            ("", found.url or ""),
            ("Feed", found.feed or ""),
            ("Published", when(found.published_at, never="")),
            ("Fetched", f"{when(found.fetched_at)} UTC"),
            ("Text", f"{found.text_hash[:_SHOWN]} (SHA-256)"),
            ("Alerts", ", ".join(map(str, found.alert_ids)) or "none"),
            ("Waiting", "not screened yet: 'watchlist run --once' does that" if found.scanned_at is None else ""),
            ("Error", found.scan_error or ""),
            ("Removed", f"{when(found.removed_at)} UTC, for its age" if found.removed_at else ""),
        ]
    )
    console().print()
    print_table(
        (
            Column("screened"),
            Column("text", spare=2),
            Column("result", words=True),
            Column("engine", spare=1),
            Column("lists", words=True),
        ),
        [
            (
                when(each.at),
                each.text_hash[:_SHOWN],
                _result(each),
                each.screened_with.engine_version,
                _lists(each.screened_with),
            )
            for each in found.screenings
        ],
        none=f"Screened on {when(found.scanned_at)} UTC, before this was kept in full."
        if found.scanned_at
        else "Never.",
    )
    for at, what in found.look_backs:
        typer.echo(f"{when(at)} UTC: looked through again for {what}.")


@app.command("export")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines; '-' is standard output.")],
    since: Annotated[str, typer.Option(help="Everything since: 30d, 2026-11-23.", metavar="T")],
) -> None:
    """Write all that was screened and judged since a time."""
    from watchlist.app import now

    start = parse_since(since, now())
    if start is None:
        raise UsageError("--since needs a time")
    count = 0
    with invocation(context).store() as store:
        if str(file) == "-":
            for record in _records(store, start):
                typer.echo(to_json(record))
            return
        with file.open("w", encoding="utf-8") as out:
            for record in _records(store, start):
                out.write(to_json(record) + "\n")
                count += 1
    typer.echo(f"Wrote {count:,} records to {file}.")


app.command("evidence")(evidence)


def _records(store: Store, since: datetime) -> Iterator[dict[str, Any]]:
    """Each record says by its ``kind`` what it is; what articles were screened with comes before the first of them."""
    known = set()
    for screening, url in store.screenings(since):
        used = screening.screened_with
        if used.id not in known:
            known.add(used.id)
            yield {"kind": "screened_with", **with_record(used)}
        yield {"kind": "screening", "url": url, **screening_record(screening)}
    for detail in store.find_alerts(AlertFilter(since=since)):
        mention = detail.mention
        yield {
            "kind": "alert",
            "id": detail.alert.id,
            "opened_at": detail.alert.opened_at,
            "status": detail.alert.status,
            "outcome": detail.alert.outcome,
            "severity": detail.alert.severity,
            "entity_id": mention.entity_id,
            "subject": mention.caption,
            "listings": mention.listings,
            "article": mention.article_id,
            "url": detail.article_url,
            "score": mention.score,
            "engine_version": mention.engine_version,
            "snapshot_version": mention.snapshot_version,
            "note": detail.alert.note,
        }
    for judgement in store.judgements(since):
        yield {"kind": "judgement", "alert": judgement.alert_id, **judgement_json(judgement)}
    for suppression in store.suppressions():
        if suppression.at >= since:
            yield {"kind": "suppression", **suppression_json(suppression)}
    for note in store.subject_notes(since):
        yield {"kind": "subject_note", **asdict(note)}
    for silence in store.silences():
        if silence.at >= since:
            yield {"kind": "silence", **asdict(silence)}


def _text(article: AuditedArticle, opened_by: Screening | None) -> str:
    if opened_by is None:
        return f"{article.text_hash[:_SHOWN]} (SHA-256, as it is now)"
    changed = "" if opened_by.text_hash == article.text_hash else "; it has other words now"
    return f"{opened_by.text_hash[:_SHOWN]} (SHA-256){changed}"


def _with(used: ScreenedWith | None) -> list[tuple[str, str]]:
    if used is None:
        return []
    settings = ", ".join(f"{key} {value}" for key, value in used.settings.items() if value not in (None, [], {}))
    return [("Against", _lists(used)), ("Settings", settings or "the defaults")]


def _lists(used: ScreenedWith) -> str:
    return ", ".join(f"{id} {snapshot}".strip() for id, snapshot, _ in used.lists) or "no list"


def _result(screening: Screening) -> str:
    if not screening.alert_band and not screening.review_band:
        return "nothing found"
    opened = f"{screening.opened} alert{'s' if screening.opened != 1 else ''} opened"
    told = [opened, f"{screening.alert_band} in alert, {screening.review_band} in review"]
    if screening.held:
        told.append(f"{screening.held} held back")
    return ", ".join(told) + (" (look-back)" if screening.look_back else "")


def _with_shown(judgement: Judgement) -> str:
    seen = judgement.seen
    if seen is None:
        return judged(judgement)
    saw = f"saw text {seen.text_hash[:_SHOWN]}, score {seen.score:.2f}, snapshot {seen.snapshot_version or 'none'}"
    return f"{judged(judgement)} ({saw}, engine {seen.engine_version})"
