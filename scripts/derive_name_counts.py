"""Derive `language/data/name_counts.txt`: how many entities of OFAC's list have a symbol in their names.

OFAC's list is a work of the United States government and in the public domain. Give it in the generic CSV form, plain
or gzipped:

    python scripts/derive_name_counts.py us_ofac_sdn.csv.gz > name_counts.txt
"""

from __future__ import annotations

import gzip
import io
import sys
from collections import Counter
from pathlib import Path

from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES

#: What fewer entities have is not counted: it says nothing of the name.
_LEAST = 4


def main() -> None:
    """Count, and print the table."""
    path = Path(sys.argv[1])
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    counts: tuple[Counter[str], Counter[str], Counter[str]] = Counter(), Counter(), Counter()
    for entity in read_generic_csv("us_ofac_sdn", io.BytesIO(raw)):
        parts = [part for name in entity.names for part in parse_name(name, entity.schema) if not part.form.isdigit()]
        counts[0].update({part.symbol for part in parts})
        counts[1].update({part.symbol for part in parts if part.role in FAMILY_ROLES})
        counts[2].update({part.symbol for part in parts if part.role in GIVEN_ROLES})
    print("# Symbol, entities with it in a name, as family name, as given name; 0 for fewer than four.")
    print("# Derived by scripts/derive_name_counts.py from OFAC's list of 2026-08-20, which is in the public domain.")
    for symbol in sorted(counts[0]):
        row = [each[symbol] if each[symbol] >= _LEAST else 0 for each in counts]
        if any(row):
            print(symbol, *row)


if __name__ == "__main__":
    main()
