"""Parts to what people read: mentions by date, the articles they are in, what was put aside, and the summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from watchlist.archive.finishing.by_date import in_portions, write_by_date
from watchlist.archive.finishing.summary import MOST_REASONS, REASON_LENGTH, IndexAbout, summary_of
from watchlist.archive.folder import ArchiveRun, RunFolder, write_json
from watchlist.archive.layout import ARTICLE, ARTICLES, ASIDE, MENTION, Counts

_COMPRESSION: Final = "zstd"
#: Reasons why rows were put aside that are counted one by one.
_MOST_KINDS: Final = 200_000
_ARTICLES_TO_FILE: Final = 500_000
#: Bytes of articles that are written together: each such group costs something for every column.
_GROUP_BYTES: Final = 32 << 20


#: The rows of one kind (`mention`, `article`, `aside`, `counts`) of all parts, with their dates behind.
RowsOfKind = Callable[[str], Iterator[pa.RecordBatch]]


def finish_here(
    folder: RunFolder, run: ArchiveRun, about: IndexAbout, rows: RowsOfKind, workers: int, now: datetime
) -> dict[str, Any]:
    """Write what people read, with so many threads, and take the parts away; return the summary.

    Done again from the beginning where it was broken off. The summary is written last: where it is, all is there.
    """
    place = folder.finishing
    place.mkdir()
    # Most of it is done outside of Python, where other threads go on.
    with ThreadPoolExecutor(workers) as threads:
        mentions = threads.submit(_write_mentions, rows("mention"), place, workers)
        articles = threads.submit(_write_articles, rows("article"), place / ARTICLES)
        problems = threads.submit(_write_aside, rows("aside"), place / ASIDE)
        counts = threads.submit(_counted, rows("counts"))
    mentions.result()
    articles.result()
    found = summary_of(run, about, counts.result(), problems.result(), now)
    for each in sorted(place.iterdir()):
        each.rename(folder.path / each.name)
    write_json(folder.summary, found)
    folder.clear_finished()
    return found


def _counted(batches: Iterator[pa.RecordBatch]) -> Counts:
    found = Counts()
    for batch in batches:
        for row in batch.to_pylist():
            found.add(Counts(**{name: value for name, value in row.items() if name != "date"}))
    return found


def _write_mentions(batches: Iterator[pa.RecordBatch], target: Path, workers: int) -> None:
    schema = pa.schema([*MENTION, ("date", pa.string())])
    write_by_date(
        (pa.RecordBatch.from_arrays(each.columns, schema=schema) for each in batches), target, target, workers
    )


def _write_articles(found: Iterator[pa.RecordBatch], target: Path) -> None:
    """The articles with mentions; their name does not say Parquet, for whoever takes all such files in a folder."""
    target.mkdir()
    for number, batches in enumerate(_by_file(found)):
        with pq.ParquetWriter(target / f"articles-{number:05}.pq", ARTICLE, compression=_COMPRESSION) as writer:
            for some in in_portions(batches, _GROUP_BYTES):
                writer.write_table(some.drop_columns(["date"]).cast(ARTICLE))


def _by_file(batches: Iterator[pa.RecordBatch]) -> Iterator[Iterator[pa.RecordBatch]]:
    """The batches, so many rows together."""
    for first in batches:

        def some(first: pa.RecordBatch = first) -> Iterator[pa.RecordBatch]:
            rows = first.num_rows
            yield first
            for each in batches:
                rows += each.num_rows
                yield each
                if rows >= _ARTICLES_TO_FILE:
                    return

        yield some()


def _write_aside(batches: Iterator[pa.RecordBatch], target: Path) -> list[dict[str, Any]]:
    """What was put aside, a line each; return the reasons, the most frequent first, with how often and where first."""
    target.mkdir()
    seen: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    with (target / "rows.jsonl").open("w", encoding="utf-8") as stream:
        for batch in batches:
            for row in batch.to_pylist():
                del row["date"]
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                kind = row["reason"][:REASON_LENGTH]
                if kind in first or len(first) < _MOST_KINDS:
                    seen[kind] += 1
                    first.setdefault(kind, (row["place"], row["reason"]))
    return [
        {"place": first[kind][0], "reason": first[kind][1], "rows": count}
        for kind, count in seen.most_common(MOST_REASONS)
    ]
