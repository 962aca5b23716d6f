"""How precise, and how complete, are mentions in articles?

    python -m benchmarks.mentions [--data FOLDER] [--errors N] [--half even|odd]

799 agency articles were labelled by reading: which listed entity is mentioned in which. The engine screens them all;
its mentions are compared with the labels, in the band `alert` alone and with `review`. ``--errors`` lists what is
wrong or missed; ``--half`` keeps every other article, to tune on one half and look at the other.

Wanted: `alert` precision 0.975 and recall 0.95; with `review` precision 0.88 and recall 0.965. The tests hold that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.trial import arguments, json_lines, labelled_articles, needed_folder, trial_engine
from watchlist.matching.engine import Engine
from watchlist.matching.version import engine_version
from watchlist.model import Band, Mention

#: An article and an entity, by the authority's own id.
Pair = tuple[str, str]

#: The bands that are looked at, by how the lines are called.
BANDS = {"alert": frozenset({Band.ALERT}), "alert+review": frozenset(Band)}


@dataclass(frozen=True, slots=True)
class Screened:
    """The mentions the engine found in the labelled articles, and the labels."""

    found: dict[Pair, Mention]
    labels: dict[Pair, str]

    def figures(self, bands: frozenset[Band]) -> Figures:
        """What is right of the mentions in these bands."""
        got = {key for key, mention in self.found.items() if mention.band in bands}
        counts = Counter(self.labels.get(key, "unjudged") for key in got)
        yes = sum(label == "yes" for label in self.labels.values())
        return Figures(counts["yes"], counts["no"], yes - counts["yes"], counts["unjudged"] + counts["unknown"])

    def kept(self, articles: set[str]) -> Screened:
        """The same for some of the articles."""
        found = {key: mention for key, mention in self.found.items() if key[0] in articles}
        return Screened(found, {key: label for key, label in self.labels.items() if key[0] in articles})


def screened(shared: Path, engine: Engine) -> Screened:
    """Screen the labelled articles."""
    found = {}
    for article in labelled_articles(shared):
        for mention in engine.screen(article):
            found[article.id, mention.entity_id.split(":", 1)[1]] = mention
    labels = json_lines(shared / "bench/mentions/gold.jsonl")
    return Screened(found, {(row["article"], str(row["entity"])): row["label"] for row in labels})


def show(shared: Path, engine: Engine, half: str | None = None, errors: int = 0) -> None:
    """Print the figures, and some of the errors."""
    result = screened(shared, engine)
    if half:
        ids = [article.id for article in labelled_articles(shared)]
        result = result.kept(set(ids[0::2] if half == "even" else ids[1::2]))
    for name, bands in BANDS.items():
        print(f"mentions, {name:13s} {result.figures(bands)}")
    _show_wrong(result, errors)
    _show_missed(result, errors * 1000)


def _show_wrong(result: Screened, most: int) -> None:
    rows = []
    for key, mention in result.found.items():
        label = result.labels.get(key, "unjudged")
        if label == "no" or (label != "yes" and mention.band is Band.ALERT):
            rows.append((f"{label} {mention.band}", key, mention))
    for what, key, mention in sorted(rows, key=lambda row: (row[0], row[1]))[:most]:
        print(f"  {what} {key} {_reading(mention)}\n      {mention.quote.text[:150]!r}")


def _show_missed(result: Screened, most: int) -> None:
    for key in sorted(key for key, label in result.labels.items() if label == "yes")[:most]:
        if key not in result.found:
            print(f"  missed {key}")
        elif result.found[key].band is Band.REVIEW:
            print(f"  review only {key} {_reading(result.found[key])}")


def _reading(mention: Mention) -> str:
    parts = " ".join(f"{part.feature}={part.score * part.weight:+.2f}" for part in mention.features)
    return f"{mention.surface!r} -> {mention.name.text} {mention.score} {parts}"


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--errors", type=int, default=0, help="list this many errors of each kind")
    parser.add_argument("--half", choices=("even", "odd"))
    given = parser.parse_args()
    shared = needed_folder(given.data)
    print(f"engine {engine_version()}")
    show(shared, trial_engine(shared), given.half, given.errors)


if __name__ == "__main__":
    main()
