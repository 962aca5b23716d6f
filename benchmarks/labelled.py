"""Labelled articles: what the engine finds in them against what was read, pair by pair of article and entity.

A set is a folder with articles and labels: yes, no, unknown. What no label speaks of is unjudged, and counts neither
as right nor as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import Asked, half_of, named
from benchmarks.figures import Figures
from benchmarks.trial import json_lines, labelled_articles
from watchlist.matching.engine import Engine
from watchlist.model import Article, Band, Mention

#: An article and an entity, by the authority's own id.
Pair = tuple[str, str]

#: The bands that are looked at, by how the lines are called.
BANDS = {"alert": frozenset({Band.ALERT}), "alert+review": frozenset(Band)}


@dataclass(frozen=True, slots=True)
class Screened:
    """The mentions the engine found in labelled articles, and the labels."""

    found: dict[Pair, Mention]
    labels: dict[Pair, str]
    #: Why a label is what it is, where the reader wrote it down.
    notes: dict[Pair, str]

    def figures(self, bands: frozenset[Band]) -> Figures:
        """What is right of the mentions in these bands."""
        got = {key for key, mention in self.found.items() if mention.band in bands}
        counts = Counter(self.labels.get(key, "unjudged") for key in got)
        yes = sum(label == "yes" for label in self.labels.values())
        return Figures(counts["yes"], counts["no"], yes - counts["yes"], counts["unjudged"] + counts["unknown"])

    def kept(self, half: str) -> Screened:
        """The same for the articles of one half."""
        found = {key: mention for key, mention in self.found.items() if half_of(key[0]) == half}
        labels = {key: label for key, label in self.labels.items() if half_of(key[0]) == half}
        return Screened(found, labels, self.notes)


@dataclass(frozen=True, slots=True)
class Tried:
    """One passage that names an entity, or that an engine might think does, and what was found."""

    article: str
    surface: str
    #: What it is counted under.
    groups: tuple[str, ...]
    #: Whether the entity is named; else whatever is found is one mention too many.
    named: bool
    mention: Mention | None

    @property
    def band(self) -> str:
        """The band of the mention, or ``none``."""
        return self.mention.band if self.mention else "none"

    @property
    def right(self) -> bool:
        """Whether it alerts where it should and only there."""
        return (self.band == Band.ALERT) == self.named


def found_in(engine: Engine, article: Article) -> dict[str, Mention]:
    """The best mention of each entity in an article, by the authority's own id.

    A mention of a subject counts for every listing that it carries.
    """
    found: dict[str, Mention] = {}
    for mention in engine.screen(article):
        for entity_id in listings_of(mention):
            key = entity_id.split(":", 1)[1]
            if key not in found or found[key].score < mention.score:
                found[key] = mention
    return found


def listings_of(mention: Mention) -> tuple[str, ...]:
    """The ids of all listings a mention stands for; its entity's where it knows of no others."""
    return mention.listings or (mention.entity_id,)


def screened(shared: Path, engine: Engine, folder: str = "mentions") -> Screened:
    """Screen the articles of a labelled set."""
    found = {}
    for article in labelled_articles(shared, folder):
        for entity, mention in found_in(engine, article).items():
            found[article.id, entity] = mention
    rows = list(json_lines(shared / "bench" / folder / "gold.jsonl"))
    labels = {(row["article"], str(row["entity"])): row["label"] for row in rows}
    notes = {
        (row["article"], str(row["entity"])): f"{row.get('kind', '')} {row.get('why', '')}".strip() for row in rows
    }
    return Screened(found, labels, notes)


def show_labelled(shared: Path, engine: Engine, asked: Asked, folder: str) -> Screened:
    """Print the figures of a set, half by half, and some of the errors; what was found comes back."""
    result = screened(shared, engine, folder)
    for half in asked.halves:
        kept = result.kept(half)
        for name, bands in BANDS.items():
            print(f"{folder:10s} {named(half):12s} {name:12s}  {kept.figures(bands)}")
        _show_wrong(kept, asked.errors_of(half))
        _show_missed(kept, asked.errors_of(half))
    return result


def _show_wrong(result: Screened, most: int) -> None:
    rows = []
    for key, mention in result.found.items():
        label = result.labels.get(key, "unjudged")
        if label == "no" or (label != "yes" and mention.band is Band.ALERT):
            rows.append((f"{label} {mention.band}", key, mention))
    for what, key, mention in sorted(rows, key=lambda row: (row[0], row[1]))[:most]:
        print(f"  {what} {key} {reading(mention)} {result.notes.get(key, '')}\n      {mention.quote.text[:150]!r}")


def _show_missed(result: Screened, most: int) -> None:
    not_alerted = (key for key, label in sorted(result.labels.items()) if label == "yes" and not _alerts(result, key))
    for key in list(not_alerted)[:most]:
        mention = result.found.get(key)
        print(f"  review only {key} {reading(mention)}" if mention else f"  missed {key}")


def _alerts(result: Screened, key: Pair) -> bool:
    return key in result.found and result.found[key].band is Band.ALERT


def reading(mention: Mention) -> str:
    """How a mention was read, on one line."""
    parts = " ".join(f"{part.feature}={part.score * part.weight:+.2f}" for part in mention.features)
    return f"{mention.surface!r} -> {mention.name.text} {mention.score} {parts}"


def alert_line(article: Article, mention: Mention) -> str:
    """An alert on one line with the beginning of its article, for reading."""
    text = f"{article.title} | {article.text}"[:260].replace("\n", " ")
    return (
        f"{mention.score:.2f} [{mention.surface}] -> {mention.name.text} ({mention.schema}, {mention.caption}): {text}"
    )


def shares(bands: Iterable[str]) -> str:
    """The shares in alert and in alert or review, and of how many; one value in for each case."""
    counts = Counter(bands)
    total = sum(counts.values())
    alert, found = counts["alert"], counts["alert"] + counts["review"]
    return f"alert {alert / max(1, total):.3f}  with review {found / max(1, total):.3f}  of {total}"


def show_errors(rows: Iterable[Tried], asked: Asked) -> None:
    """Print some of the passages that are not as they should be; alerts too many come first."""
    wrong = [row for row in rows if not row.right and asked.errors_of(half_of(row.article))]
    for row in sorted(wrong, key=lambda row: row.named)[: asked.errors]:
        what, read = row.band if row.named else "too many", reading(row.mention) if row.mention else ""
        print(f"  {what} {row.article} {row.surface} | {' '.join(row.groups)} {read}")
