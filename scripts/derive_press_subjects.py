"""Derive what tells the subjects of the packaged press names from others: their names, dates, countries and numbers.

    python scripts/derive_press_subjects.py LIST=FILE...

Reads lists of OFAC (``us_ofac_sdn``, ``us_ofac_cons``) in any form that the program reads, works of the United States
government and in the public domain, the newest first. Writes ``watchlist/lists/data/press_subjects.csv``: a row for
each entity that has a press name, from the first file that has it. By these facts the same subject is known on the
lists of other authorities.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from watchlist.lists.press import COLUMNS_OF_SUBJECTS, press_names
from watchlist.lists.recognise import read_list
from watchlist.model import Entity

LIST = "us_ofac_sdn"
PATH = Path(__file__).parents[1] / "watchlist/lists/data/press_subjects.csv"


def main() -> None:
    """Read and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="LIST=FILE")
    wanted = press_names(LIST)
    found: dict[str, Entity] = {}
    for given in parser.parse_args().files:
        list_id, _, path = given.partition("=")
        for entity in read_list(list_id, Path(path), accept=True).entities():
            if entity.source_id in wanted:
                found.setdefault(entity.source_id, entity)
    with PATH.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS_OF_SUBJECTS)
        for id in sorted(found, key=int):
            rows.writerow((LIST, id, *_facts(found[id])))
    print(f"{len(found)} of {len(wanted)} subjects")


def _facts(entity: Entity) -> tuple[str, ...]:
    names = dict.fromkeys(name.text.replace(";", ",") for name in entity.names if not name.weak)
    numbers = dict.fromkeys(f"{each.kind}={each.value}" for each in entity.identifiers if ";" not in each.value)
    return str(entity.schema), *map(";".join, (names, entity.birth_dates, entity.countries, numbers))


if __name__ == "__main__":
    main()
