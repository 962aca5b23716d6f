"""Learn which letters are written for each other where one name is put into Latin letters by different hands.

    python scripts/derive_shifts.py FOLDER

FOLDER has ``arabic.tsv.gz``, ``hebrew.tsv.gz`` and ``russian.tsv.gz``, names in Latin letters with the same in the
other script, from Wikidata by Merhav and Ash (COLING 2018), CC0. Writes ``letter_shifts.tsv`` to
``watchlist/matching/language/data``.

Two words in Latin letters are one name where every script that has both writes them alike, and one of these must be
Russian, which writes vowels. Of all pairs that differ in one place only, in up to two letters on either side, it is
counted how often each difference parts two spellings of one name and how often two names; a *shift* is a difference
that does the first far more often than differences at large. It is told in bits how much more often. Words are compared
by their sound (`normalise.fold`), which levels the commonest habits already.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from watchlist.matching.language.known.letter_shifts import Shift, difference
from watchlist.matching.language.script.normalise import clean, fold, native

DATA = Path(__file__).parents[1] / "watchlist/matching/language/data"
SCRIPTS = ("arabic", "hebrew", "russian")
WITH_VOWELS = "russian"
#: Shorter words have neighbours by chance; what so many words share but for one place is no stem of a name.
SHORTEST, MOST_NEIGHBOURS = 4, 400
#: How many letters a difference has at most on either side.
LONGEST = 2
#: A difference is a shift from so many pairs on that are one name, and so many bits above all differences.
LEAST_SEEN, LEAST_BITS = 5, 3.0

#: How each script writes the words of Latin letters, by their sound.
Written = dict[str, dict[str, set[str]]]


def written(folder: Path) -> Written:
    """How each script writes the sounds."""
    found: Written = {}
    for script in SCRIPTS:
        words: defaultdict[str, set[str]] = defaultdict(set)
        with gzip.open(folder / f"{script}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                latin, other, _ = line.rstrip("\n").split("\t")
                sound = fold(clean(latin))
                if len(sound) >= SHORTEST and sound.isascii() and sound.isalpha():
                    words[sound].add(native(other.replace(" ", "")))
        found[script] = dict(words)
    return found


def neighbours(sounds: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of sounds that differ in one place; a pair may come more than once."""
    around: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for sound in sounds:
        for at in range(len(sound) + 1):
            for width in range(LONGEST + 1):
                if at + width <= len(sound) and len(sound) - width >= SHORTEST - 1:
                    around[sound[:at], sound[at + width :]].add(sound)
    for alike in around.values():
        if 1 < len(alike) <= MOST_NEIGHBOURS:
            yield from combinations(sorted(alike), 2)


def is_one_name(one: str, other: str, words: Written) -> bool | None:
    """Whether the scripts that have both write them alike; None where they do not say enough."""
    both = [script for script in SCRIPTS if one in words[script] and other in words[script]]
    same = [not words[script][one].isdisjoint(words[script][other]) for script in both]
    if not both or (all(same) and WITH_VOWELS not in both):
        return None
    return all(same)


def learned(words: Written) -> Iterator[tuple[Shift, float]]:
    """The shifts with their bits."""
    counts: dict[bool, Counter[Shift]] = {True: Counter(), False: Counter()}
    sounds = set[str]().union(*words.values())
    for one, other in set(neighbours(sounds)):
        shift = difference(one, other)
        same = is_one_name(one, other, words)
        if same is not None and max(len(shift.one), len(shift.other)) <= LONGEST:
            counts[same][shift] += 1
    usual = counts[True].total() / (counts[True].total() + counts[False].total())
    for shift, seen in counts[True].items():
        bits = math.log2(seen / (seen + counts[False][shift]) / usual)
        if seen >= LEAST_SEEN and bits >= LEAST_BITS:
            yield shift, bits


def main() -> None:
    rows = sorted((*shift, f"{bits:.1f}") for shift, bits in learned(written(Path(sys.argv[1]))))
    source = "# Derived from names in Wikidata by Merhav and Ash (COLING 2018), CC0, by scripts/derive_shifts.py."
    (DATA / "letter_shifts.tsv").write_text(
        "\n".join((source, *("\t".join(row) for row in rows))) + "\n", encoding="utf-8"
    )
    print(f"{len(rows)} shifts")


if __name__ == "__main__":
    main()
