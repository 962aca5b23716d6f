"""Evidence as rows: each run of bytes once, and which articles it is of, when and from where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, insert, select

from watchlist.model import Capture, CaptureKind, KeptCapture
from watchlist.news.warc import record_of
from watchlist.storage.database.rows import AnyRow, chunks, dialect_of
from watchlist.storage.database.tables import articles, captures, evidence


def store_captures(connection: Connection, found: Sequence[tuple[str, Capture]]) -> None:
    """Keep captures, each with the id of its article, within the caller's transaction."""
    if not found:
        return
    # Of a document that is the evidence of many articles once.
    digests = {id: capture.sha256 for id, capture in {id(capture): capture for _, capture in found}.items()}
    # In one order: of two writers that have the same bytes none waits for the other in turn.
    hashed = sorted(((digests[id(capture)], of, capture) for of, capture in found), key=lambda each: each[:2])
    there = _hold(connection, {digest for digest, _, _ in hashed})
    statement = dialect_of(connection).insert(evidence)
    # Of two writers that have the same bytes for the first time the later changes nothing, but holds the row.
    keep = statement.on_conflict_do_update(index_elements=["sha256"], set_={"size": statement.excluded.size})
    for digest, of, capture in hashed:
        known = digest in there
        if not known:
            row = {"sha256": digest, "size": len(capture.payload), "record": record_of(capture)}
            connection.execute(keep, row)
            there.add(digest)
        about = {"article_id": of, "kind": capture.kind, "sha256": digest, "url": capture.url, "at": capture.at}
        connection.execute(insert(captures).values(**about, head=(capture.head or None) if known else None))


def read_captures(connection: Connection, article_ids: Collection[str]) -> tuple[KeptCapture, ...]:
    """What is kept of these articles: by article in this order, the oldest first."""
    order = {id: n for n, id in enumerate(article_ids)}
    found: list[AnyRow] = []
    for part in chunks(order):
        statement = (
            select(captures, articles.c.title, evidence.c.size, evidence.c.record)
            .join(evidence, evidence.c.sha256 == captures.c.sha256)
            .join(articles, articles.c.id == captures.c.article_id)
            .where(captures.c.article_id.in_(part))
        )
        found += connection.execute(statement)
    found.sort(key=lambda row: (order[row.article_id], row.at, row.id))
    return tuple(_from_row(row) for row in found)


def _hold(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Which of these bytes are there, held so that no purge takes them away before their captures stand."""
    there: set[str] = set()
    for part in chunks(sorted(digests)):
        statement = select(evidence.c.sha256).where(evidence.c.sha256.in_(part)).order_by(evidence.c.sha256)
        there |= set(connection.execute(statement.with_for_update(read=True, key_share=True)).scalars())
    return there


def _from_row(row: AnyRow) -> KeptCapture:
    return KeptCapture(
        article_id=row.article_id,
        title=row.title,
        kind=CaptureKind(row.kind),
        url=row.url,
        at=row.at,
        sha256=row.sha256,
        size=row.size,
        head=row.head or b"",
        record=row.record,
    )
