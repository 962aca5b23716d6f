"""Print how fast the engine is, side by side with the usual ways on the same text, for lists of growing size.

    python benchmarks/speed.py [--data FOLDER] [--sizes 20000,40000,200000,1500000] [--repeat 9]

All in one process on one core: our scan with full scoring (caches warm), exact Aho-Corasick (ahocorasick_rs) over
normalised tokens with the normalising included, and rapidfuzz.process.extractOne over capitalised spans (on a sample,
it is slow). Names beyond the real list are made from it by recombining parts of names.

Times are CPU time. What is compared, ours with the exact matcher and each size with 40,000 names, is run in turn, round
after round, and the best of each is taken: so that a busy machine slows both sides of a ratio.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ahocorasick_rs
from rapidfuzz import fuzz, process
from trial_lists import articles, listed_entities, shared_folder

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import Index, compile_index
from watchlist.model import Article, Entity, Name, NameKind, Schema

_TOKEN = re.compile(r"\w+")
_CAPITALISED = re.compile(r"[A-Z]\w+(?:[ -][A-Z]\w+)*")
_ONE_ARTICLE = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import Index
from watchlist.model import Article
loading = time.perf_counter()
index = Index.load(Path(sys.argv[1]))
loaded = time.perf_counter()
Engine(index, MatchingConfig()).screen(Article("a", sys.argv[2], sys.argv[3]))
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
print(f"{(loaded - loading) * 1000:.1f} {(time.perf_counter() - started) * 1000:.0f} {peak:.0f}")
"""


def plain_tokens(text: str) -> str:
    """The text as exact matchers want it: NFKC, lower case, words joined by single spaces."""
    return " " + " ".join(_TOKEN.findall(unicodedata.normalize("NFKC", text).lower())) + " "


def grown(entities: list[Entity], names: int, seed: int = 1) -> list[Entity]:
    """Entities with this many names in all: the real ones, then others made by recombining parts of their names."""
    chosen: list[Entity] = []
    count = 0
    for entity in entities:
        if count >= names:
            return chosen
        chosen.append(replace(entity, names=entity.names[: names - count]))
        count += len(chosen[-1].names)
    rng = random.Random(seed)  # no secret, and the same list each time
    people = [e.names[0].text.partition(",") for e in entities if e.schema is Schema.PERSON]
    people = [(family.strip(), given.strip()) for family, comma, given in people if comma]
    givens = [given.split() for _, given in people]
    things = [(e.schema, e.names[0].text.split()) for e in entities if e.schema is not Schema.PERSON]
    while count < names:
        number = len(chosen)
        if rng.random() < 0.5:
            given = " ".join([*rng.choice(givens)[:1], *rng.choice(givens)[-1:]])
            name, schema = f"{rng.choice(people)[0]}, {given}", Schema.PERSON
        else:
            schema, first = rng.choice(things)
            _, second = rng.choice(things)
            name = " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])
        programs = rng.choice(entities).programs
        chosen.append(Entity("made", str(number), schema, (Name(name, NameKind.PRIMARY),), programs=programs))
        count += 1
    return chosen


def best_of(repeat: int, *works: Callable[[], object]) -> list[float]:
    """CPU seconds of the fastest of several runs of each work, run in turn."""
    best = [float("inf")] * len(works)
    for _ in range(repeat):
        for at, work in enumerate(works):
            started = time.process_time()
            work()
            best[at] = min(best[at], time.process_time() - started)
    return best


def measure(
    entities: list[Entity], texts: list[Article], repeat: int, fuzzy: bool, folder: Path
) -> tuple[dict[str, float], Engine]:
    """All figures for one size of list, and the engine, its caches warm."""
    size = sum(len((a.title + a.text).encode()) for a in texts) / 1e6
    started = time.perf_counter()
    index = compile_index(entities, {"made": "1"})
    compiled = time.perf_counter() - started
    path = folder / f"{len(entities)}.index"
    index.save(path)
    megabytes = path.stat().st_size / 1e6
    name_count = index.name_count
    del index
    arguments = [sys.executable, "-c", _ONE_ARTICLE, str(path), texts[0].title, texts[0].text]
    started = time.perf_counter()
    output = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.split()
    whole = time.perf_counter() - started
    engine = Engine(Index.load(path), MatchingConfig())
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
        "names": name_count,
        "MB/s": size / warm,
        "cold MB/s": size / cold,
        "articles/s": len(texts) / warm,
        "ms/article": warm / len(texts) * 1e3,
        "exact MB/s": size / exact,
        "of exact": exact / warm,
        "compile s": compiled,
        "index MB": megabytes,
        "load ms": float(output[0]),
        "process s": whole,
        "process MB": float(output[2]),
    }
    if fuzzy:
        sample = texts[:: max(1, len(texts) // 4)][:4]
        choices = [p.strip() for p in patterns]

        def extract() -> None:
            for article in sample:
                for span in _CAPITALISED.findall(article.text):
                    process.extractOne(span.lower(), choices, scorer=fuzz.token_sort_ratio, score_cutoff=85)

        fuzzy_size = sum(len(a.text.encode()) for a in sample) / 1e6
        figures["rapidfuzz MB/s"] = fuzzy_size / best_of(1, extract)[0]
        figures["x rapidfuzz"] = figures["MB/s"] / figures["rapidfuzz MB/s"]
    return figures, engine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with bench and data")
    parser.add_argument("--sizes", default="20000,40000,200000,1500000")
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    shared = shared_folder(options.data)
    if shared is None:
        print(
            "no benchmark data: give --data FOLDER or set WATCHLIST_BENCH to the folder that holds bench/ and data/",
            file=sys.stderr,
        )
        return 2
    texts = articles(shared / "bench/mentions/articles.jsonl.gz")
    entities = listed_entities(shared)
    first: Engine | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in (int(size) for size in options.sizes.split(",")):
            figures, engine = measure(grown(entities, size), texts, options.repeat, size <= 40_000, Path(folder))
            if size == 40_000:
                first = engine
            elif first is not None:
                few, many = best_of(
                    options.repeat,
                    lambda few=first: [few.screen(article) for article in texts],
                    lambda many=engine: [many.screen(article) for article in texts],
                )
                figures["x time of 40,000"] = many / few
            print(f"--- {size:,} names")
            for name, value in figures.items():
                print(f"  {name:18s} {value:12,.4g}" if value < 1000 else f"  {name:18s} {value:12,.0f}", flush=True)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
