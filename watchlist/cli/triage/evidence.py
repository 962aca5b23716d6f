"""``watchlist audit evidence``: the bytes that an alert rests on, as a WARC file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import when
from watchlist.cli.shared.terminal import complain, to_json, visible
from watchlist.errors import StorageError, UsageError
from watchlist.model import CaptureKind, KeptCapture

_ENDING = ".warc.gz"
_WHAT = {
    CaptureKind.ENTRY: "feed entry",
    CaptureKind.DOCUMENT: "feed document",
    CaptureKind.PAGE: "page",
    CaptureKind.GIVEN: "record handed over",
}


def evidence(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the alert.")],
    file: Annotated[Path, typer.Argument(metavar="FILE.warc.gz", help="A WARC file, ISO 28500.")],
) -> None:
    """Write the bytes that an alert rests on to a file.

    Of each of its articles: the entry as it stood in the feed, and the page as it was fetched, each time with new
    words. They are kept where the configuration says "evidence: keep".
    """
    from watchlist import __version__
    from watchlist.app import now
    from watchlist.cli.triage.audit_json import alert_audit
    from watchlist.news.warc import file_info, metadata, records_of

    if not file.name.endswith(_ENDING):
        raise UsageError(f"{file.name}: the name must end in {_ENDING}")
    with invocation(context).store() as store:
        kept = store.evidence(number)
        audit = alert_audit(store, number)
        story = store.alert(number).story.articles
        keeps = invocation(context).config()[0].keeps_evidence
    if not kept:
        raise StorageError(_why_none(number, keeps=keeps))
    whole, damaged = _sifted(kept)
    for each, reason in damaged:
        complain(f"{_named(each)} is damaged, and left out: {reason}. A backup of the database may have it whole.")
    if not whole:
        raise StorageError(f"nothing that is kept for alert {number} is whole: no file was written")
    at, about = now(), f"What alert {number} rests on"
    parts = (
        file_info(file.name, f"watchlist {__version__}", about, at),
        *records_of(whole),
        metadata(f"urn:watchlist:alert:{number}", to_json(audit, indent=2).encode(), "application/json", at),
    )
    _write(file, parts)
    for each in whole:
        typer.echo(visible(f"{_named(each)}, {each.size:,} bytes, SHA-256 {each.sha256[:16]}"))
    had = {each.article_id for each in kept}
    for article in story:
        if article.id not in had:
            typer.echo(visible(f"Of {article.title or article.id!r}, which joined the alert, nothing is kept."))
    typer.echo(f"Wrote {len(whole)} {'capture' if len(whole) == 1 else 'captures'} to {file}.")
    if damaged:
        raise typer.Exit(PARTLY_FAILED)


def evidence_line(kept: Sequence[KeptCapture]) -> str:
    """What is kept, in a line."""
    counts = {kind: sum(each.kind is kind for each in kept) for kind in CaptureKind}
    told = [f"{n} {_WHAT[kind] if n == 1 else _plural(_WHAT[kind])}" for kind, n in counts.items() if n]
    return ", ".join(told)


def _plural(what: str) -> str:
    first, *rest = what.split(" ", 1)
    if rest == ["handed over"]:
        return f"{first}s {rest[0]}"
    return f"{what}s".replace("entrys", "entries")


def _sifted(kept: Sequence[KeptCapture]) -> tuple[list[KeptCapture], list[tuple[KeptCapture, str]]]:
    """What is whole, and what is damaged, with why."""
    from watchlist.news.warc import DamagedRecordError, verified

    whole, damaged = [], []
    for each in kept:
        try:
            verified(each)
            whole.append(each)
        except DamagedRecordError as error:
            damaged.append((each, str(error)))
    return whole, damaged


def _named(each: KeptCapture) -> str:
    return f"{_WHAT[each.kind]} of {each.title or each.article_id!r} from {each.url}, {when(each.at)} UTC"


def _why_none(number: int, *, keeps: bool) -> str:
    if not keeps:
        return f"nothing is kept for alert {number}: 'evidence: keep' in the configuration keeps it from then on"
    return (
        f"nothing is kept for alert {number}: its articles came before 'evidence: keep' was set, or longer before the"
        " alert than retention.evidence"
    )


def _write(file: Path, parts: Sequence[bytes]) -> None:
    """Write a file whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(b"".join(parts))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
