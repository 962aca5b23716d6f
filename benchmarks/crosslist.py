"""Is an entity found as another authority spells it?

    python -m benchmarks.crosslist [--data FOLDER] [--errors N] [--half even|odd]

Sentences name an entity of OFAC's list as the UN's or the UK's list spells it, in full and as the press would, with
and without context; ``kind`` says how the spelling differs. Decoys are names near to listed ones that are nobody's.

Wanted: alert recall 0.90; decoys that alert at most 1 in 100. The tests hold floors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.asked import Asked, answer, half_of, named
from benchmarks.labelled import Tried, found_in, shares, show_errors
from benchmarks.trial import json_lines, labelled_articles
from watchlist.matching.engine import Engine


def spellings(shared: Path, engine: Engine) -> Iterator[Tried]:
    """Every sentence of the set, screened; counted under the entity's schema and the kinds of difference."""
    found = {article.id: found_in(engine, article) for article in labelled_articles(shared, "crosslist")}
    for row in json_lines(shared / "bench/crosslist/gold.jsonl"):
        groups = (row["schema"], *row["kind"].split("+"))
        yield Tried(row["article"], row["surface"], groups, True, found[row["article"]].get(row["entity"]))
    for row in json_lines(shared / "bench/crosslist/decoys.jsonl"):
        mention = max(found[row["article"]].values(), key=lambda each: each.score, default=None)
        yield Tried(row["article"], row["surface"], (f"decoy {row['decoy']}",), False, mention)


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the shares found and those of the decoys: by half, schema and kind."""
    rows = [row for row in spellings(shared, engine) if asked.includes(row.article)]
    for half in asked.halves:
        kept = [row for row in rows if half_of(row.article) == half]
        print(f"crosslist  {named(half):28s} {shares(row.band for row in kept if row.named)}")
        print(f"crosslist  {f'decoys, {half}':28s} {shares(row.band for row in kept if not row.named)}")
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for group in row.groups:
            groups[group].append(row.band)
    for group, bands in sorted(groups.items(), key=lambda each: (each[0][0].islower(), -len(each[1]))):
        print(f"  {group:37s} {shares(bands)}")
    show_errors(rows, asked)


if __name__ == "__main__":
    answer(__doc__, show)
