"""Derive watchlist/alerts/story/data/words.tsv: how common the stems of English words are.

    python scripts/derive_story_words.py < watchlist/matching/language/packs/en/words.tsv > words.tsv

Each row of the table is ``zipf stem stem ...``: zipf is log10 of occurrences in a milliard words, times ten, all words
of a stem together. Stems below the floor are left out: they are rare.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

STEM = 6
FLOOR = 38


def rows(lines: Iterable[str]) -> Iterator[str]:
    """The rows of the table, the most common stems last."""
    counts: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        flags, zipf, *words = line.split()
        if zipf.isdigit() and set(flags) & set("op"):
            for word in words:
                counts[word[:STEM]] += 10 ** (int(zipf) / 10)
    table: defaultdict[int, list[str]] = defaultdict(list)
    for stem, count in counts.items():
        table[round(10 * math.log10(count))].append(stem)
    for level in sorted(table):
        if level >= FLOOR:
            yield f"{level}\t{' '.join(sorted(table[level]))}"


HEAD = """\
# How common the stems of English words are: zipf (log10 of occurrences in a milliard words, times ten) and stems.
# Made by scripts/derive_story_words.py from watchlist/matching/language/packs/en/words.tsv; see NOTICE.txt there."""

if __name__ == "__main__":
    print(HEAD)
    for row in rows(line for line in sys.stdin if not line.startswith("#")):
        print(row)
