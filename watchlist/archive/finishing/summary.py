"""A run in numbers and versions, as it stands in its summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from watchlist.archive.folder import ArchiveRun
from watchlist.archive.layout import Counts

#: Reasons why rows were put aside that are told, the most frequent first, each with a place.
MOST_REASONS: Final = 20
#: A reason up to what differs from row to row.
REASON_LENGTH: Final = 60
_FORM: Final = 1


@dataclass(frozen=True, slots=True)
class IndexAbout:
    """Of the index that a run used, what the summary says."""

    engine_version: str
    lists: tuple[Mapping[str, Any], ...]


def summary_of(
    run: ArchiveRun, about: IndexAbout, counts: Counts, problems: Iterable[Mapping[str, Any]], now: datetime
) -> dict[str, Any]:
    """A run in numbers and versions."""
    started = datetime.fromisoformat(run.started_at)
    return {
        "form": _FORM,
        "engine": run.engine,
        "engine_version": about.engine_version,
        "lists": list(about.lists),
        "sought": run.sought or None,
        "entities_sought": None if run.plan.sought is None else len(run.plan.sought),
        "started_at": run.started_at,
        "finished_at": now.isoformat(timespec="seconds"),
        "seconds": round((now - started).total_seconds(), 1),
        "inputs": [{"path": each.path, "size": each.size} for each in run.inputs],
        "bytes": sum(each.size for each in run.inputs),
        **asdict(counts),
        "repeated": counts.articles - counts.screened,
        "errors": list(problems),
    }
