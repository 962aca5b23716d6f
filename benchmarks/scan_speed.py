"""How fast is a scan, against an exact and a fuzzy search for the same names?

    python -m benchmarks.scan_speed [--data FOLDER] [--sizes 20000,40000,200000,1500000] [--repeat 9]

All in one process on one core, over the labelled articles: our scan with full scoring, caches warm; exact Aho-Corasick
(ahocorasick_rs) over normalised tokens, the normalising included; and for lists up to 40,000 names rapidfuzz's
extractOne over capitalised spans, on a sample, since it is slow. Times are CPU time, the best of several rounds in
which ours and the exact search take turns.

Wanted: 0.7 of the speed of the exact search at 40,000 names (`of exact`), whatever the machine; 16 MB of text a second
on the one that README.md speaks of.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import ahocorasick_rs
from rapidfuzz import fuzz, process

from benchmarks.grown import grown, kept_index, show
from benchmarks.measure import best_of, largest
from benchmarks.trial import arguments, labelled_articles, listed_entities, needed_folder
from watchlist.model import Article, Entity

_TOKEN = re.compile(r"\w+")
_CAPITALISED = re.compile(r"[A-Z]\w+(?:[ -][A-Z]\w+)*")
#: The largest list for which the fuzzy search is worth waiting for.
_FUZZY_UP_TO = 40_000


def plain_tokens(text: str) -> str:
    """The text as exact matchers want it: NFKC, lower case, words joined by single spaces."""
    return " " + " ".join(_TOKEN.findall(unicodedata.normalize("NFKC", text).lower())) + " "


def measured(entities: list[Entity], texts: list[Article], repeat: int, folder: Path) -> dict[str, float]:
    """The figures for one list."""
    size = sum(len((a.title + a.text).encode()) for a in texts) / 1e6
    kept = kept_index(entities, folder)
    engine = kept.engine()
    (cold,) = best_of(1, lambda: [engine.screen(article) for article in texts])
    patterns = sorted({plain_tokens(name.text) for entity in entities for name in entity.names})
    automaton = ahocorasick_rs.AhoCorasick([p for p in patterns if p.strip()])
    warm, exact = best_of(
        repeat,
        lambda: [engine.screen(article) for article in texts],
        lambda: [
            automaton.find_matches_as_indexes(plain_tokens(f"{a.title} {a.text}"), overlapping=False) for a in texts
        ],
    )
    figures = {
        "names": kept.names,
        "MB/s": size / warm,
        "cold MB/s": size / cold,
        "articles/s": len(texts) / warm,
        "ms/article": warm / len(texts) * 1e3,
        "exact MB/s": size / exact,
        "of exact": exact / warm,
    }
    if kept.names <= _FUZZY_UP_TO:
        figures["rapidfuzz MB/s"] = _fuzzy_speed([p.strip() for p in patterns], texts)
        figures["x rapidfuzz"] = figures["MB/s"] / figures["rapidfuzz MB/s"]
    return figures


def _fuzzy_speed(choices: list[str], texts: list[Article]) -> float:
    """Megabytes of text a second, on a sample."""
    sample = texts[:: max(1, len(texts) // 4)][:4]

    def extract() -> None:
        for article in sample:
            for span in _CAPITALISED.findall(article.text):
                process.extractOne(span.lower(), choices, scorer=fuzz.token_sort_ratio, score_cutoff=85)

    return sum(len(a.text.encode()) for a in sample) / 1e6 / best_of(1, extract)[0]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--sizes", default="20000,40000,200000,1500000")
    parser.add_argument("--repeat", type=int, default=9)
    given = parser.parse_args()
    shared = needed_folder(given.data)
    texts, entities = labelled_articles(shared), listed_entities(shared)
    with TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            figures = measured(grown(entities, size), texts, given.repeat, Path(folder))
            print(f"--- {size:,} names")
            show(figures)
    print(f"peak memory of this process: {largest():,.0f} MB")


if __name__ == "__main__":
    main()
