"""Learn what the letters of other scripts sound like, from pairs of one name in two scripts.

    python scripts/derive_sounds.py FOLDER

FOLDER has ``arabic.tsv.gz``, ``hebrew.tsv.gz`` and ``russian.tsv.gz``, names in Latin letters with the same in the
other script, from Wikidata by Merhav and Ash (COLING 2018), CC0. Half of the names is learned from (those of even
CRC-32), the rest is for `benchmarks.transliteration`. Writes ``abjad_sounds.tsv`` (of scripts that leave short vowels
out) and ``cyrillic_sounds.tsv`` to ``watchlist/matching/language/data``: for each letter, at the beginning of a word,
inside and at its end, the sounds it stands for with what each costs, in tenths of a bit; and of each Latin letter what
it costs where nothing is known (``*``).

Writes ``abjad_names.tsv`` as well: the words without vowels that are names of many people, each with how it is written
in Latin letters.

A name is laid over its sound letter by letter, each letter taking up to four of the sound's, in the cheapest way (a
Viterbi search); counting what each letter took gives new costs. Begins with ``abjad_letters.txt`` and
``cyrillic_letters.txt``.
"""

from __future__ import annotations

import gzip
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchlist.matching.language.script.normalise import clean, fold, native
from watchlist.matching.language.spelling import symbol

DATA = Path(__file__).parents[1] / "watchlist/matching/language/data"
#: The scripts with their files, and whether they leave short vowels out.
SCRIPTS = (("abjad", ("arabic", "hebrew"), True), ("cyrillic", ("russian",), False))
ROUNDS = 6
#: How many of a sound's letters one letter may stand for.
LONGEST = 4
#: What a sound costs that a letter is not known to have, in bits, and each letter of it; how much a pair may cost for
#: each of its letters to be one name at all.
UNKNOWN, EACH_LETTER, MOST = 6.0, 2.0, 6.5
#: How often a known sound counts as seen, and the counts of other places of a word.
SEED, OTHER_PLACES = 3.0, 8.0
#: The rarest sounds that are kept, by their share of a letter's.
RAREST = 0.005
PLACES = "^-$"
#: So many people bear a name that stands in the table; so many, and this share of them, are written so in Latin.
BORNE, WRITTEN_SO, SHARE = 5, 3, 0.05
VOWELS, SILENT = "aeiou", "e"
#: What a short vowel costs behind a consonant of at most so much.
VOWEL, COMMON = 4.5, 6.0

Costs = dict[tuple[str, str], dict[str, float]]


def is_learned_from(name: str) -> bool:
    """Whether a name is of the half that is learned from."""
    return zlib.crc32(name.encode()) % 2 == 0


def rows(path: Path) -> Iterator[tuple[str, str, int]]:
    """Names in Latin letters, the words for them in their script, and how many people are written so."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            latin, other, count = line.rstrip("\n").split("\t")
            word = "".join(filter(str.isalpha, native(other.replace(" ", ""))))
            if is_learned_from(latin) and word:
                yield clean(latin), word, int(count)


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Words in their script with their sound."""
    for latin, word, _ in rows(path):
        sound = "".join(c for c in fold(latin) if c.isascii() and c.isalpha())
        if sound:
            yield word, sound


def names(of: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    """The words that many people are called by, a line each, with how they are written in Latin letters."""
    borne: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for latin, word, count in of:
        if latin.isascii() and latin.isalpha():
            borne[word][latin] += count
    for word, spellings in sorted(borne.items()):
        # What sounds alike is one name, so that its spellings are counted together.
        of_sound: Counter[str] = Counter()
        for latin, count in spellings.items():
            of_sound[symbol(latin)] += count
        total = of_sound.total()
        if total >= BORNE:
            least = max(WRITTEN_SO, SHARE * total)
            kept = [latin for latin in sorted(spellings) if of_sound[symbol(latin)] >= least]
            if kept:
                yield f"{word}\t{' '.join(kept)}"


def seeds(script: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in (DATA / f"{script}_letters.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            letters, _, sounds = line.partition("=")
            for letter in letters.split():
                found[letter] = tuple("" if each == "-" else each for each in sounds.split())
    return found


def place(at: int, word: str) -> str:
    return PLACES[0] if at == 0 else PLACES[2] if at == len(word) - 1 else PLACES[1]


def laid(word: str, sound: str, costs: Costs) -> tuple[float, list[str]] | None:
    """The cheapest way to lay a sound over a word's letters: its cost, and what each letter takes."""
    reached: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for at, letter in enumerate(word):
        known = costs.get((letter, place(at, word)), {})
        beyond: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, taken) in reached.items():
            for end in range(start, min(len(sound), start + LONGEST) + 1):
                piece = sound[start:end]
                more = cost + known.get(piece, UNKNOWN + EACH_LETTER * max(2, len(piece)))
                if end not in beyond or more < beyond[end][0]:
                    beyond[end] = (more, (*taken, piece))
        reached = beyond
    found = reached.get(len(sound))
    return None if found is None else (found[0], list(found[1]))


def left_out(where: str, without_vowels: bool) -> str:
    """The vowels that may follow a letter and are not written: at the end of a word they are, but for a silent one."""
    return "" if not without_vowels else SILENT if where == PLACES[2] else VOWELS


def learned(of: list[tuple[str, str]], known: dict[str, tuple[str, ...]], without_vowels: bool) -> Costs:
    costs: Costs = {(letter, where): dict.fromkeys(known[letter], 2.0) for letter in known for where in PLACES}
    for letter, where in costs:
        # Every letter may carry a short vowel behind it.
        vowels = VOWELS if without_vowels else ""
        costs[letter, where] |= {sound + vowel: 4.0 for sound in known[letter] for vowel in vowels}
    for number in range(ROUNDS):
        counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        total = 0.0
        for word, sound in of:
            found = laid(word, sound, costs)
            if found is None or found[0] > MOST * len(word):
                continue
            total += found[0]
            for at, piece in enumerate(found[1]):
                counts[word[at], place(at, word)][piece] += 1
        costs = {
            (letter, where): _costs(letter, where, counts, known[letter], left_out(where, without_vowels))
            for letter in known
            for where in PLACES
        }
        print(f"round {number + 1}: {total / len(of):.2f} bits a word")
    return costs


def _costs(
    letter: str, where: str, counts: dict[tuple[str, str], Counter[str]], known: tuple[str, ...], vowels: str
) -> dict[str, float]:
    everywhere: Counter[str] = Counter()
    for each in PLACES:
        everywhere.update(counts.get((letter, each), Counter()))
    seen = {piece: float(count) for piece, count in counts.get((letter, where), Counter()).items()}
    total: float = sum(everywhere.values())
    for piece, count in everywhere.items():
        seen[piece] = seen.get(piece, 0.0) + OTHER_PLACES * count / total
    for sound in known:
        seen[sound] = seen.get(sound, 0.0) + SEED
        for vowel in vowels:
            seen[sound + vowel] = seen.get(sound + vowel, 0.0) + SEED / 10
    of_all = sum(seen.values())
    found = {piece: -math.log2(count / of_all) for piece, count in seen.items() if count / of_all > RAREST}
    for piece, cost in list(found.items()):
        # Any consonant may carry a short vowel behind it, though no name here happened to have it so.
        if piece and piece[-1] not in VOWELS and cost < COMMON:
            for vowel in vowels:
                found[piece + vowel] = min(cost + VOWEL, found.get(piece + vowel, cost + VOWEL))
    return found


def write(name: str, lines: Iterable[str]) -> None:
    source = "# Derived from names in Wikidata by Merhav and Ash (COLING 2018), CC0, by scripts/derive_sounds.py."
    (DATA / name).write_text("\n".join([source, *lines]) + "\n", encoding="utf-8")


def sounds(of: list[tuple[str, str]], costs: Costs) -> Iterator[str]:
    """What each Latin letter costs where nothing is known, then the sounds of each letter, a line each."""
    letters = Counter(letter for _, sound in of for letter in sound)
    total = sum(letters.values())
    for letter, count in sorted(letters.items()):
        yield f"*\t{letter}\t{round(-10 * math.log2(count / total))}"
    for (letter, where), found in sorted(costs.items()):
        row = sorted(found.items(), key=lambda each: each[1])
        yield f"{letter}\t{where}\t{' '.join(f'{round(10 * cost)}:{piece}' for piece, cost in row)}"


def main() -> None:
    folder = Path(sys.argv[1])
    for script, files, without_vowels in SCRIPTS:
        known = seeds(script)
        of = [pair for name in files for pair in pairs(folder / f"{name}.tsv.gz") if known.keys() >= set(pair[0])]
        write(f"{script}_sounds.tsv", sounds(of, learned(of, known, without_vowels)))
        if without_vowels:
            write(f"{script}_names.tsv", names(row for name in files for row in rows(folder / f"{name}.tsv.gz")))


if __name__ == "__main__":
    main()
