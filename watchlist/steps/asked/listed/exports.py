"""A list as CSV, in the form that an import reads."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from watchlist.lists.forms.generic.write import write_generic_csv
from watchlist.model import Entity


def list_as_csv(entities: Iterable[Entity]) -> str:
    """The entities, a row for each, below the names of the columns."""
    stream = StringIO()
    write_generic_csv(entities, stream)
    return stream.getvalue()
