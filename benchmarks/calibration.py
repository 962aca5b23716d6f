"""Is a score the probability that the mention is right?

    python -m benchmarks.calibration [--data FOLDER] [--half even|odd]

Every mention in the labelled sets that was judged, whatever its band, by tenths of the score: what the scores predict
(their mean) beside what was observed (the share that is right). Once for all sets, and once without those in which
false alarms were sought out, where the share that is right is less than it would be by chance.

Wanted: the two within 0.05 of each other in every tenth with fifty mentions or more, in what was not sought out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.asked import Asked, answer, half_of, named
from benchmarks.crosslist import spellings
from benchmarks.labelled import screened
from benchmarks.languages import passages
from watchlist.matching.engine import Engine

#: The sets whose false alarms were sought out.
SOUGHT_OUT = frozenset({"news2", "languages"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention that was judged: of which set and article, its score, and whether it is right."""

    labelled_set: str
    article: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Tenth:
    """The mentions with scores of one tenth."""

    least: float
    count: int
    predicted: float
    observed: float


def judged(shared: Path, engine: Engine) -> Iterator[Judged]:
    """Every judged mention of every labelled set. An engine that keeps lower scores for review gives more of them."""
    for folder in ("mentions", "news2", "whole"):
        result = screened(shared, engine, folder)
        for (article, entity), mention in result.found.items():
            if (label := result.labels.get((article, entity))) in ("yes", "no"):
                yield Judged(folder, article, mention.score, label == "yes")
    for folder, rows in (("crosslist", spellings(shared, engine)), ("languages", passages(shared, engine))):
        for row in rows:
            if row.mention is not None:
                yield Judged(folder, row.article, row.mention.score, row.named)


def tenths(mentions: Iterable[Judged]) -> list[Tenth]:
    """Predicted and observed, for each tenth of the score that occurs, from the lowest up."""
    found: defaultdict[int, list[Judged]] = defaultdict(list)
    for mention in mentions:
        found[min(9, int(mention.score * 10))].append(mention)
    return [
        Tenth(tenth / 10, len(rows), fmean(row.score for row in rows), fmean(row.right for row in rows))
        for tenth, rows in sorted(found.items())
    ]


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print predicted against observed, half by half."""
    mentions = list(judged(shared, engine))
    for half in asked.halves:
        kept = [mention for mention in mentions if half_of(mention.article) == half]
        _show_tenths(f"{named(half)}, all sets", kept)
        plain = [mention for mention in kept if mention.labelled_set not in SOUGHT_OUT]
        _show_tenths(f"{named(half)}, without {' and '.join(sorted(SOUGHT_OUT))}", plain)


def _show_tenths(name: str, mentions: list[Judged]) -> None:
    print(f"calibration  {name}")
    for tenth in tenths(mentions):
        span = f"{tenth.least:.1f}-{tenth.least + 0.1:.1f}"
        print(f"  {span}  predicted {tenth.predicted:.3f}  observed {tenth.observed:.3f}  of {tenth.count}")


if __name__ == "__main__":
    answer(__doc__, show)
