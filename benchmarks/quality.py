"""Print how well the engine reads: labelled articles, labelled name pairs, and its own alerts on unlabelled headlines.

    python benchmarks/quality.py [--data FOLDER] [--errors N] [--half even|odd] [--stream FILE]

FOLDER holds ``bench`` and ``data``; by default WATCHLIST_BENCH, else ``../shared`` beside the checkout. ``--half``
keeps every
other article, to tune on one half and look at the other. ``--stream`` writes the alerts on the headlines to a file
for reading.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from trial_lists import articles, json_lines, listed_entities, shared_folder

from watchlist.config import MatchingConfig
from watchlist.matching.engine import ENGINE_VERSION, Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.match import match_names
from watchlist.model import Band, Mention, Schema


@dataclass(frozen=True, slots=True)
class Figures:
    """Right, wrong and missed of one measurement."""

    right: int
    wrong: int
    missed: int
    unjudged: int = 0

    @property
    def precision(self) -> float:
        """Of what was found and judged, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  right {self.right}"
            f"  wrong {self.wrong}  missed {self.missed}  unjudged {self.unjudged}"
        )


Pair = tuple[str, str]


def trial_index(shared: Path) -> CompiledIndex:
    return compile_index(listed_entities(shared), {"us_ofac_sdn": "2026-08-20"})


def screen_articles(shared: Path, engine: Engine) -> dict[Pair, Mention]:
    """Every mention the engine finds in the labelled articles, by article and the authority's own id."""
    found = {}
    for article in articles(shared / "bench/mentions/articles.jsonl.gz"):
        for mention in engine.screen(article):
            found[article.id, mention.entity_id.split(":", 1)[1]] = mention
    return found


def gold_labels(shared: Path) -> dict[Pair, str]:
    return {
        (row["article"], str(row["entity"])): row["label"] for row in json_lines(shared / "bench/mentions/gold.jsonl")
    }


def mention_figures(found: dict[Pair, Mention], gold: dict[Pair, str], bands: frozenset[Band]) -> Figures:
    got = {key for key, mention in found.items() if mention.band in bands}
    labels = Counter(gold.get(key, "unjudged") for key in got)
    yes = sum(label == "yes" for label in gold.values())
    return Figures(labels["yes"], labels["no"], yes - labels["yes"], labels["unjudged"] + labels["unknown"])


def pair_figures(shared: Path) -> tuple[Figures, list[str]]:
    right = wrong = missed = 0
    errors = []
    with (shared / "bench/names/pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match = match_names(row["name1"], row["name2"], Schema(row["schema"]))
            same = row["is_match"] == "true"
            right += match.predicted and same
            wrong += match.predicted and not same
            missed += same and not match.predicted
            if match.predicted != same:
                kind = "missed" if same else "wrong "
                errors.append(f"  {kind} {match.score:.2f} {row['schema']}: {row['name1']} | {row['name2']}")
    return Figures(right, wrong, missed), errors


def print_mentions(shared: Path, engine: Engine, half: str | None, errors: int) -> None:
    found, gold = screen_articles(shared, engine), gold_labels(shared)
    if half:
        ids = [article.id for article in articles(shared / "bench/mentions/articles.jsonl.gz")]
        kept = set(ids[0::2] if half == "even" else ids[1::2])
        found = {key: m for key, m in found.items() if key[0] in kept}
        gold = {key: label for key, label in gold.items() if key[0] in kept}
    for bands in (frozenset({Band.ALERT}), frozenset(Band)):
        name = "alert" if len(bands) == 1 else "alert+review"
        print(f"mentions, {name:13s} {mention_figures(found, gold, bands)}")
    rows = []
    for key, mention in found.items():
        label = gold.get(key, "unjudged")
        if label == "no" or (label != "yes" and mention.band is Band.ALERT):
            rows.append((f"{label} {mention.band}", key, mention))
    for what, key, mention in sorted(rows, key=lambda row: (row[0], row[1]))[:errors]:
        parts = " ".join(f"{p.feature}={p.score * p.weight:+.2f}" for p in mention.features)
        print(
            f"  {what} {key} {mention.surface!r} -> {mention.name.text} {mention.score} {parts}"
            f"\n      {mention.quote.text[:150]!r}"
        )
    for key in sorted(key for key, label in gold.items() if label == "yes")[: errors * 1000]:
        if key not in found:
            print(f"  missed {key}")
        elif found[key].band is Band.REVIEW:
            mention = found[key]
            parts = " ".join(f"{p.feature}={p.score * p.weight:+.2f}" for p in mention.features)
            print(f"  review only {key} {mention.surface!r} -> {mention.name.text} {mention.score} {parts}")


def stream_alerts(shared: Path, engine: Engine) -> list[str]:
    """One line for each alert on the unlabelled headlines."""
    lines = []
    for article in articles(shared / "bench/stream/rss_2022.jsonl.gz"):
        for mention in engine.screen(article):
            if mention.band is Band.ALERT:
                text = f"{article.title} | {article.text}"[:260].replace("\n", " ")
                lines.append(
                    f"{mention.score:.2f} [{mention.surface}] -> {mention.name.text}"
                    f" ({mention.schema}, {mention.caption}): {text}"
                )
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with bench and data")
    parser.add_argument("--errors", type=int, default=0, help="list this many errors of each kind")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--stream", type=Path, help="write the alerts on the headlines to this file")
    options = parser.parse_args()
    shared = shared_folder(options.data)
    if shared is None:
        print(
            "no benchmark data: give --data FOLDER or set WATCHLIST_BENCH to the folder that holds bench/ and data/",
            file=sys.stderr,
        )
        return 2
    engine = Engine(trial_index(shared), MatchingConfig())
    print(f"engine {ENGINE_VERSION}")
    print_mentions(shared, engine, options.half, options.errors)
    figures, errors = pair_figures(shared)
    print(f"name pairs              {figures}")
    print("\n".join(errors[: options.errors]))
    alerts = stream_alerts(shared, engine)
    print(f"headlines               {len(alerts)} alerts in 20,000 entries, to be read")
    if options.stream:
        options.stream.write_text("\n".join(alerts) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
