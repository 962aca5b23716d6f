"""Which words near a name tell that a listed one is meant: makes `watchlist/matching/language/packs/en/context.tsv`.

    python -m scripts.derive_context [--data FOLDER]

For each kind of entity a word's weight is ten times the logarithm of how much more often it stands near right mentions
than near other names of that kind. Right mentions are those of the labelled sets (`benchmarks.trial`), the half with
even checksums; other names are all further capitalised words of the same articles and of unlabelled headlines. Each
entity counts a few times at most, so that nobody's own news becomes everybody's evidence, and words of countries and
names are left out: what the entity's own are, the list says. Only single words and their weights are kept.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Final

from benchmarks.trial import (
    arguments,
    headlines,
    json_lines,
    labelled_set,
    listed_entities,
    needed_folder,
    trial_engine,
)
from watchlist.matching import table
from watchlist.matching.evidence.features.context import kind_of
from watchlist.matching.language.known.context import KINDS
from watchlist.matching.language.known.lexicon import GIVEN_NAME, PROPER, lexicon
from watchlist.model import Article, Mention

_TARGET: Final = Path(__file__).parents[1] / "watchlist/matching/language/packs/en/context.tsv"
_SETS: Final = ("mentions", "news2", "whole")
#: A word as it is written small; capitals would bring names.
_SMALL = re.compile(r"(?<![\w'’.-])[a-z]{4,}(?![\w'’-])")
_CAPITALS = re.compile(r"[A-Z][a-z]+(?:[ -](?:al-|bin |de )?[A-Z][a-z]+)*")
#: How often one entity counts, how many of a word are wanted, and how many entities, for it to be kept.
_EACH, _ENOUGH, _ENTITIES = 3, 12, 4
#: Words that weigh less than this, either way, are left out; none is said to weigh more than that.
_LEAST, _MOST = 0.7, 2.0
#: Of kinds with fewer right mentions than this nothing is learned.
_TOO_FEW: Final = 60
#: Words this common (ten times their Zipf value) tell how long a text is, not what it is about.
_TOO_COMMON: Final = 57


class Counts:
    """Of one kind: how often each word stands near right mentions, by entity, and near other names."""

    def __init__(self) -> None:
        self.near: dict[str, Counter[str]] = defaultdict(Counter)
        self.mentions: Counter[str] = Counter()
        self.elsewhere: Counter[str] = Counter()
        self.others = 0

    def weights(self) -> Iterator[tuple[str, float]]:
        """Each telling word with its weight."""
        right = sum(min(_EACH, times) for times in self.mentions.values())
        if right < _TOO_FEW:
            return
        prior = self.others / max(1, right) / 2
        for word in sorted(self.near.keys() | self.elsewhere.keys()):
            entities = self.near.get(word, Counter())
            times = sum(min(_EACH, each) for each in entities.values())
            if len(entities) + self.elsewhere[word] < _ENOUGH or (times and len(entities) < _ENTITIES):
                continue
            weight = log((times + 0.5) / (right + 1) / ((self.elsewhere[word] + prior) / (self.others + 1)))
            if abs(weight) >= _LEAST:
                yield word, max(-_MOST, min(_MOST, weight))


def _even(article: Article) -> bool:
    return zlib.crc32(article.id.encode()) % 2 == 0


def _words(text: str, start: int, end: int) -> frozenset[str]:
    left, right = max(0, start - table.NEAR), end + table.NEAR
    return frozenset(_SMALL.findall(text[left:start] + " " + text[end:right]))


def _count_others(counts: dict[str, Counts], article: Article, mentions: tuple[Mention, ...]) -> None:
    flags = lexicon().flags
    taken = [(span.start, span.end) for m in mentions for span in m.spans if span.field == "text"]
    for found in _CAPITALS.finditer(article.text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        first, *more = found[0].lower().split()
        kind = "person" if more and flags.get(first, 0) & GIVEN_NAME else None
        if kind is None and (flags.get(first, 0) & ~PROPER) and not more:
            continue  # a capital at the start of a sentence, most likely
        words = _words(article.text, found.start(), found.end())
        for each in [kind] if kind else [name for name in counts if name != "person"]:
            counts[each].elsewhere.update(words)
            counts[each].others += 1


def main() -> None:
    """Derive and write."""
    shared = needed_folder(arguments(__doc__).parse_args().data)
    engine = trial_engine(shared)
    entities = {entity.source_id: entity for entity in listed_entities(shared)}
    counts: dict[str, Counts] = {kind: Counts() for kind in KINDS}
    for name in _SETS:
        labels = {
            (row["article"], str(row["entity"])): row["label"]
            for row in json_lines(shared / f"bench/{name}/gold.jsonl")
        }
        for article in filter(_even, labelled_set(shared, name)):
            mentions = engine.screen(article)
            for m in mentions:
                source = m.entity_id.split(":", 1)[1]
                if labels.get((article.id, source)) != "yes":
                    continue
                kind = kind_of(entities[source])
                counts[kind].mentions[source] += 1
                text = article.title if m.field == "title" else article.text
                for word in _words(text, m.start, m.end):
                    counts[kind].near[word][source] += 1
            _count_others(counts, article, mentions)
    for article in filter(_even, headlines(shared)):
        _count_others(counts, article, engine.screen(article))
    known = lexicon()
    with _TARGET.open("w", encoding="utf-8") as stream:
        stream.write("# Made by scripts/derive_context.py: kind, word, ten times the logarithm of its ratio.\n")
        for kind, each in counts.items():
            for word, weight in each.weights():
                if word not in known.countries and known.zipf.get(word, 0) < _TOO_COMMON:
                    stream.write(f"{kind}\t{word}\t{round(10 * weight)}\n")


if __name__ == "__main__":
    main()
