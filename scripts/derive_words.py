"""Derive watchlist/matching/language/packs/en/words.tsv, the compact table of ordinary words and common personal names.

    python scripts/derive_words.py WEB2 COUNTS NAMES > words.tsv

WEB2 is Webster's Second word list as BSD systems ship it (public domain; it spells proper nouns with a capital, which
is what tells a word from a name), one word per line. COUNTS is ``word count`` per line, lower case (SCOWL's words
counted in the Google Books n-grams, as packaged by symspell under the MIT licence). NAMES is ``kind name`` per line,
kind ``given`` or ``family``, most frequent first (US census of 1990, public domain).

Each row of the table is ``flags zipf word word ...``, which loads in half the time of a row a word: zipf is log10 of
occurrences in a milliard words, times ten; flags are ``o`` ordinary word (Webster knows it, or its stem, in lower
case), ``p`` known in books but only as a proper noun, ``g`` given name, ``f`` family name.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

FLOOR = 27  # zipf times ten: about one occurrence in two million words


def stems(word: str) -> list[str]:
    """The forms a dictionary may list for an inflected word."""
    found = [word]
    for ending, others in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("ers", ("", "e", "er")),
        ("er", ("", "e")),
        ("est", ("", "e")),
        ("ly", ("", "le")),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)]
            found += [base + other for other in others]
            if len(base) > 3 and base[-1] == base[-2]:
                found.append(base[:-1])
    for prefix in (
        "co",
        "re",
        "un",
        "non",
        "anti",
        "super",
        "inter",
        "multi",
        "sub",
        "over",
        "under",
        "cyber",
        "micro",
        "pre",
    ):
        if word.startswith(prefix) and len(word) - len(prefix) >= 5:
            found += stems(word[len(prefix) :])
    return found


def main() -> None:
    web2 = set(Path(sys.argv[1]).read_text(encoding="utf-8").split())
    lower = {word for word in web2 if word.islower()}
    counts: dict[str, int] = {}
    for line in Path(sys.argv[2]).read_text(encoding="utf-8-sig").splitlines():
        word, occurrences = line.split()
        counts[word] = int(occurrences)
    total = sum(counts.values())
    names: dict[str, str] = {}
    for line in Path(sys.argv[3]).read_text(encoding="utf-8").splitlines():
        kind, name = line.split()
        flag = "g" if kind == "given" else "f"
        if flag not in names.get(name, ""):
            names[name] = names.get(name, "") + flag
    rows = {}
    for word, count in counts.items():
        zipf = round(10 * math.log10(count / total * 1e9)) if count else 0
        if zipf >= FLOOR and len(word) > 1 and word.isalpha():
            kind = "o" if any(stem in lower for stem in stems(word)) else "p"
            rows[word] = (zipf, kind + names.get(word, ""))
    for name, flags in names.items():
        rows.setdefault(name, (0, flags))
    groups: dict[tuple[str, int], list[str]] = {}
    for word, (zipf, flags) in sorted(rows.items()):
        groups.setdefault((flags, zipf), []).append(word)
    for (flags, zipf), words in sorted(groups.items()):
        print(flags, zipf, " ".join(words), sep="\t")


if __name__ == "__main__":
    main()
