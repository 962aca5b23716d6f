"""Writes entities in the generic CSV form."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from watchlist.lists.forms import entity_url
from watchlist.lists.forms.generic.cells import identifier_cell, join
from watchlist.lists.forms.generic.csv import COLUMNS, TEXTS
from watchlist.lists.forms.generic.names import alias_cell, part_cells
from watchlist.model import Entity
from watchlist.text.cells import quoted


def write_generic_csv(entities: Iterable[Entity], stream: TextIO) -> int:
    """Write entities in the generic form, lines ending in LF; return how many.

    `csv.read_generic_csv` gives them back. Only who added a name has no column: all are the list's own then.
    """
    writer = csv.writer(stream, lineterminator="\n")
    # The csv module leaves a carriage return unquoted where it is not part of the line's end, and then can't read it.
    quoting_writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    count = 0
    for entity in entities:
        primary, *aliases = entity.names
        cells = (
            entity.source_id,
            entity.schema.value,
            primary.text,
            join(map(alias_cell, aliases)),
            join(entity.programs),
            join(entity.countries),
            join(entity.birth_dates),
            join(map(identifier_cell, entity.identifiers)),
            *(join(getattr(entity, column)) for column in TEXTS),
            entity.listed_on or "",
            entity.reference or "",
            (entity.url if entity.url != entity_url(entity.list_id, entity.source_id) else None) or "",
            entity.remarks or "",
            join(part_cells(entity.names, entity.schema)),
        )
        (quoting_writer if any("\r" in cell for cell in cells) else writer).writerow(map(quoted, cells))
        count += 1
    return count
