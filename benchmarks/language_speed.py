"""How long does a megabyte of each language take, against English in the same run?

    python -m benchmarks.language_speed [--data FOLDER] [--repeat 3]

The unlabelled articles of the languages and as many English ones, screened by one engine for each language whose
caches are cold at first: the first pass is what a run from cron takes, later ones what a daemon does. CPU time a
megabyte of UTF-8, as a ratio to English.

Wanted: no language above 2 times English.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.grown import kept_index
from benchmarks.measure import best_of
from benchmarks.trial import arguments, json_lines, labelled_articles, listed_entities, needed_folder
from watchlist.model import Article


def by_language(shared: Path) -> dict[str, list[Article]]:
    """The articles of each language of the stream, English first, from the labelled ones."""
    found: defaultdict[str, list[Article]] = defaultdict(list)
    found["en"] = list(labelled_articles(shared, "mentions"))[:200]
    for row in json_lines(shared / "bench/languages/stream.jsonl.gz"):
        found[row["lang"]].append(Article(row["id"], row["title"] or "", row["text"] or ""))
    return dict(found)


def seconds_a_megabyte(articles: list[Article], shared: Path, repeat: int) -> tuple[float, float]:
    """CPU seconds for a megabyte, in the first pass and in the fastest of later ones."""
    size = sum(len((a.title + a.text).encode()) for a in articles) / 1e6
    with TemporaryDirectory() as folder:
        engine = kept_index(listed_entities(shared), Path(folder)).engine()
        (cold,) = best_of(1, lambda: [engine.screen(article) for article in articles])
        (warm,) = best_of(repeat, lambda: [engine.screen(article) for article in articles])
    return cold / size, warm / size


def main() -> None:
    """Print a line for each language."""
    parser = arguments(__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    shared = needed_folder(options.data)
    english = (0.0, 0.0)
    for lang, articles in by_language(shared).items():
        cold, warm = seconds_a_megabyte(articles, shared, options.repeat)
        english = english if english[0] else (cold, warm)
        first = f"first pass {cold:6.2f} s/MB, {cold / english[0]:5.2f} of English"
        later = f"later {warm:6.3f} s/MB, {warm / english[1]:5.2f} of English"
        print(f"  {lang:4s} {len(articles):4d} articles   {first}   {later}", flush=True)


if __name__ == "__main__":
    main()
