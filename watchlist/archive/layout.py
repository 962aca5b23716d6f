"""What is written: the columns of mentions, of parts, and where in the folder each thing stands.

A part holds everything that came of some rows, in one file, so that it is there as a whole or not at all: mentions,
the articles they are in, rows that were put aside, and counts. Spark writes rows of all kinds in one table; our own
parts have a column for each kind, whose value is all of that kind, so that one kind is read without the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

import pyarrow as pa

from watchlist.alerts.as_json import mention_json
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.rows import BadRow
from watchlist.model import Band, Mention
from watchlist.model.screened import mention_to_plain

#: Folders and files of a run, beside the ``date=…`` folders with the mentions; readers of Parquet pass over names that
#: begin with an underscore.
PARTS: Final = "_parts"
ARTICLES: Final = "_articles"
ASIDE: Final = "_aside"
INDEX: Final = "_index"
RUN: Final = "_run.json"
SUMMARY: Final = "_summary.json"

#: What is kept of a row that was put aside.
_MOST_KEPT: Final = 1 << 20

_SPAN: Final = pa.struct([("field", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_FEATURE: Final = pa.struct(
    [
        ("feature", pa.string()),
        ("score", pa.float64()),
        ("weight", pa.float64()),
        ("detail", pa.string()),
        ("label", pa.string()),
    ]
)
_QUOTE: Final = pa.struct([("text", pa.string()), ("start", pa.int32()), ("end", pa.int32())])

#: The fields of ``watchlist screen --jsonl``, in its order; a span has its three values by name.
MENTION: Final = pa.schema(
    [
        ("article", pa.string()),
        ("entity", pa.string()),
        ("list", pa.string()),
        ("listings", pa.list_(pa.string())),
        ("name", pa.string()),
        ("matched_name", pa.string()),
        ("schema", pa.string()),
        ("band", pa.string()),
        ("score", pa.float64()),
        ("surface", pa.string()),
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("spans", pa.list_(_SPAN)),
        ("features", pa.list_(_FEATURE)),
        ("quote", _QUOTE),
        ("engine_version", pa.string()),
        ("snapshot_version", pa.string()),
    ]
)
#: An article that has mentions; its words are kept where one of them is of the alert band, for an alert to be opened.
ARTICLE: Final = pa.schema(
    [
        ("id", pa.string()),
        ("url", pa.string()),
        ("source", pa.string()),
        ("lang", pa.string()),
        ("published_at", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("mentions", pa.int32()),
        ("alerting", pa.int32()),
        #: Its mentions of the alert band in full, as JSON.
        ("alerts", pa.string()),
    ]
)
ASIDE_ROW: Final = pa.schema([("place", pa.string()), ("reason", pa.string()), ("row", pa.string())])


@dataclass(slots=True)
class Counts:
    """How much was read, screened and found."""

    articles: int = 0
    characters: int = 0
    #: Of the articles, those whose words the engine read; the others repeat them.
    screened: int = 0
    mentions: int = 0
    alerts: int = 0
    #: Rows that could not be read or screened.
    aside: int = 0
    #: Records of the web that hold no article.
    passed_over: int = 0

    def add(self, other: Counts) -> None:
        """Count these as well."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


COUNTS: Final = pa.schema([(each.name, pa.int64()) for each in fields(Counts)])
#: A row of Spark's parts: its kind says which of the others it has.
PART: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("date", pa.string()),
        ("mention", pa.struct(list(MENTION))),
        ("article", pa.struct(list(ARTICLE))),
        ("aside", pa.struct(list(ASIDE_ROW))),
        ("counts", pa.struct(list(COUNTS))),
    ]
)
#: What came of some rows, in one row of our own parts.
OWN_PART: Final = pa.schema(
    [
        (kind, pa.list_(pa.struct([*columns, ("date", pa.string())])))
        for kind, columns in (("mention", MENTION), ("article", ARTICLE), ("aside", ASIDE_ROW), ("counts", COUNTS))
    ]
)


@dataclass(slots=True)
class PartRows:
    """What came of some rows, gathered until it is written."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    def found(self, row: ArchiveRow, mentions: tuple[Mention, ...], *, screened: bool) -> None:
        """An article with what it mentions."""
        self.counts.articles += 1
        self.counts.screened += screened
        self.counts.characters += len(row.article.title) + len(row.article.text)
        if not mentions:
            return
        day = None if row.day is None else row.day.isoformat()
        alerts = [each for each in mentions if each.band is Band.ALERT]
        self.counts.mentions += len(mentions)
        self.counts.alerts += len(alerts)
        self.rows += ({"kind": "mention", "date": day, "mention": _mention(each)} for each in mentions)
        self.rows.append({"kind": "article", "date": day, "article": _article(row, len(mentions), alerts)})

    def put_aside(self, bad: BadRow) -> None:
        """A row that could not be read or screened."""
        self.counts.aside += 1
        kept = bad.raw[:_MOST_KEPT].decode("utf-8", "backslashreplace")
        self.rows.append({"kind": "aside", "aside": {"place": bad.place, "reason": bad.reason, "row": kept}})

    def batch(self) -> pa.RecordBatch:
        """All of it as rows of a part of Spark's, the counts behind."""
        return _written([*self.rows, self._counted()], PART)

    def own_batch(self) -> pa.RecordBatch:
        """All of it as one row of a part of our own."""
        found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in OWN_PART.names}
        for row in (*self.rows, self._counted()):
            found[row["kind"]].append({**row[row["kind"]], "date": row.get("date")})
        return _written([found], OWN_PART)

    def _counted(self) -> dict[str, Any]:
        return {"kind": "counts", "counts": {each.name: getattr(self.counts, each.name) for each in fields(Counts)}}


def _written(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    try:
        return pa.RecordBatch.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        # Halves of characters, which JSON can write and no other form can.
        return pa.RecordBatch.from_pylist([_whole(row) for row in rows], schema=schema)


def _mention(mention: Mention) -> dict[str, Any]:
    plain = mention_json(mention)
    plain["spans"] = [{"field": at, "start": start, "end": end} for at, start, end in plain["spans"]]
    return plain


def mention_line(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of mentions as `screen --jsonl` writes it."""
    return {
        name: [[each["field"], each["start"], each["end"]] for each in row[name]] if name == "spans" else row[name]
        for name in MENTION.names
    }


def _article(row: ArchiveRow, count: int, alerts: Sequence[Mention]) -> dict[str, Any]:
    article = row.article
    told = [mention_to_plain(each) for each in alerts]
    return {
        "id": article.id,
        "url": article.url,
        "source": row.source,
        "lang": article.lang,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "title": article.title if told else None,
        "text": article.text if told else None,
        "mentions": count,
        "alerting": len(told),
        "alerts": json.dumps(told) if told else None,
    }


def _whole(value: Any) -> Any:
    """The value with a sign for every half of a character in it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(each) for each in value]
    return value
