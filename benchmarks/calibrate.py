"""Which share of mentions is right, by their evidence? Fits the last step of a score, from the sum to a probability.

    python -m benchmarks.calibrate [--data FOLDER] [--write]

Every mention in the labelled sets, however weak, counts with its evidence and whether it is right. The map is fitted on
the articles with even checksums: a share that never falls where the evidence grows (pool adjacent violators), with a
few imagined mentions of either kind in each pool, so that nothing is certain. Whether it holds for the others says
`benchmarks.calibration`. ``--write`` keeps the map in the package.

What is taken to be right: a label says so. What nobody judged counts as wrong where the articles were read whole, and
not at all elsewhere; but in other news every doubtful alert was read, so that an alert left unread there counts as
right. Sentences made for spellings stand for names that the list writes otherwise; they count by half, for the name is
always there.
Other languages are left out: there false alarms were sought, which says nothing of how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.asked import half_of
from benchmarks.trial import arguments, json_lines, labelled_set, listed_entities, needed_folder
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.evidence import probability
from watchlist.matching.index.compile import compile_index
from watchlist.model import Mention

_READ_WHOLE: Final = frozenset({"whole"})
_DOUBTFUL_READ: Final = frozenset({"news2"})
_SETS: Final = ("mentions", "news2", "whole", "crosslist")
#: What a made-up sentence counts.
_MADE_UP: Final = 0.5
#: The evidence from which on a mention in other news was an alert when they were read.
_AN_ALERT: Final = 0.70
#: How far apart knots lie, how many mentions a knot rests on at least, and how many of either kind are imagined.
_STEP, _FEWEST, _IMAGINED = 0.02, 12, 2.0
#: Evidence beyond which nothing changes.
_LOWEST, _HIGHEST = 0.0, 1.2


class Judged(NamedTuple):
    """A mention with its evidence, whether it is right, and how much it counts."""

    evidence: float
    right: bool
    weight: float


def judged(shared: Path) -> Iterator[Judged]:
    """Every mention of even articles of the labelled sets that was judged, by an engine that keeps all."""
    engine = Engine(compile_index(listed_entities(shared), {}), MatchingConfig(review=0.0, alert=0.0))
    for name in _SETS:
        labels = {
            (row["article"], str(row["entity"])): row.get("label", "yes")
            for row in json_lines(shared / f"bench/{name}/gold.jsonl")
        }
        for article in labelled_set(shared, name):
            if half_of(article.id) != "even":
                continue
            for m in engine.screen(article):
                label = labels.get((article.id, m.entity_id.split(":", 1)[1])) or _unjudged(name, m)
                if label in ("yes", "no"):
                    yield Judged(evidence(m), label == "yes", _MADE_UP if name == "crosslist" else 1.0)


def _unjudged(name: str, m: Mention) -> str:
    if name in _READ_WHOLE:
        return "no"
    return "yes" if name in _DOUBTFUL_READ and evidence(m) >= _AN_ALERT else ""


def evidence(m: Mention) -> float:
    """The sum that the parts of a mention come to."""
    return sum(part.score * part.weight for part in m.features)


class _Pool:
    """Mentions of neighbouring evidence that share one share."""

    def __init__(self, rows: list[Judged]) -> None:
        self.count = sum(row.weight for row in rows)
        self.right = sum(row.weight * row.right for row in rows)
        self.middle = sum(row.weight * row.evidence for row in rows) / self.count

    def take(self, other: _Pool) -> None:
        """Become one with the pool above."""
        self.middle = (self.middle * self.count + other.middle * other.count) / (self.count + other.count)
        self.count += other.count
        self.right += other.right

    @property
    def share(self) -> float:
        """How many are right, a few of either kind imagined."""
        return (self.right + _IMAGINED) / (self.count + 2 * _IMAGINED)


def fitted(rows: list[Judged]) -> list[tuple[float, float]]:
    """The knots of the map: evidence, and the share that is right."""
    rows = sorted((row for row in rows if _LOWEST <= row.evidence <= _HIGHEST), key=lambda row: row.evidence)
    pools: list[_Pool] = []
    start = 0
    for at, row in enumerate(rows):
        last = at + 1 == len(rows)
        full = at + 1 - start >= _FEWEST and row.evidence - rows[start].evidence >= _STEP
        if not (full or last):
            continue
        pools.append(_Pool(rows[start : at + 1]))
        start = at + 1
        while len(pools) > 1 and pools[-2].share >= pools[-1].share:
            upper = pools.pop()
            pools[-1].take(upper)
    return [(round(pool.middle, 3), round(pool.share, 3)) for pool in pools]


def main() -> None:
    """Fit, print, and write if asked to."""
    parser = arguments(__doc__)
    parser.add_argument("--write", action="store_true", help="keep the map in the package")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    knots = fitted(list(judged(shared)))
    for at, share in knots:
        print(f"evidence {at:6.3f}  right {share:.3f}")
    if given.write:
        probability.FILE.write_text(
            "# Made by benchmarks/calibrate.py: evidence, and the share of mentions with as much that are right.\n"
            + "".join(f"{at:g}\t{share:g}\n" for at, share in knots),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
