"""How well does `match` know a name in another script?

    python -m benchmarks.transliteration [--data FOLDER] [--pairs 2000] [--seed 1]

Over the names of ``bench/names/transliteration`` (from Wikidata by Merhav and Ash, COLING 2018, CC0), a sample of
each language: each name with the same in the other script, and as often with that of another row. Halves are by the
CRC-32 of the Latin name: spellings of scripts without vowels, and of Cyrillic, were learned from the even
one (`scripts/derive_sounds.py`).

Wanted (F1): Arabic and Persian 0.88, Russian 0.95, Hebrew and Korean 0.8, Chinese 0.75.
"""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

from benchmarks.trial import arguments, needed_folder
from watchlist.matching.match import match_names

LANGUAGES = ("arabic", "hebrew", "russian", "chinese", "korean")


def rows(path: Path) -> list[tuple[str, str]]:
    """Names in Latin letters and in the other script."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return [(latin, other.replace(" ", "")) for latin, other, *_ in cells]


def is_even(name: str) -> bool:
    """Whether a name is of the half that spellings are learned from and rules are tuned on."""
    return zlib.crc32(name.encode()) % 2 == 0


def figures(pairs: list[tuple[str, str]], seed: int) -> dict[str, float]:
    """Precision, recall and F1 over pairs that are one name, and as many that are not."""
    others = [other for _, other in pairs]
    random.Random(seed).shuffle(others)
    strangers = [(latin, other) for (latin, own), other in zip(pairs, others, strict=True) if own != other]
    right = sum(match_names(*pair).predicted for pair in pairs)
    wrong = sum(match_names(*pair).predicted for pair in strangers)
    precision, recall = right / max(1, right + wrong), right / max(1, len(pairs))
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / max(1e-9, precision + recall)}


def main() -> None:
    """Print the figures of each language and half."""
    parser = arguments(__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = needed_folder(asked.data) / "bench/names/transliteration"
    for language in LANGUAGES:
        found = rows(folder / f"{language}.tsv.gz")
        for half in ("even", "odd"):
            of_half = [pair for pair in found if is_even(pair[0]) == (half == "even")]
            sample = random.Random(asked.seed).sample(of_half, min(asked.pairs, len(of_half)))
            told = figures(sample, asked.seed)
            print(f"{language:8s} {half:4s} " + " ".join(f"{name} {value:.3f}" for name, value in told.items()))


if __name__ == "__main__":
    main()
