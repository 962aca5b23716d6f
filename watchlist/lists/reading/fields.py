"""What cells and texts add to a draft: the plain values of a `RowTable`, each called with the draft and the cells.

`Draft.country`, `Draft.birth_place` and `Draft.un_references` serve as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.model import Name, NameKind

#: The lists of plain texts that a draft has.
Texts = Literal["addresses", "birth_places", "designations", "linked_to", "programs", "remarks"]


def texts(into: Texts) -> Callable[..., None]:
    """Each cell is one text."""

    def add(draft: Draft, *cells: str) -> None:
        getattr(draft, into).extend(cells)

    return add


def points(into: Texts) -> Callable[..., None]:
    """Each cell is one text, or several as ``a) one b) two``."""

    def add(draft: Draft, *cells: str) -> None:
        for cell in cells:
            getattr(draft, into).extend(split_lettered(cell))

    return add


def identifier(kind: str) -> Callable[..., None]:
    """Each cell is an identifier of this kind."""

    def add(draft: Draft, *cells: str) -> None:
        for cell in cells:
            draft.identifier(kind, cell)

    return add


def names(kind: NameKind, separator: str | None = None) -> Callable[..., None]:
    """Each cell is a name of this kind, or several with a separator."""

    def add(draft: Draft, *cells: str) -> None:
        for cell in cells:
            for text in cell.split(separator) if separator else (cell,):
                draft.name(Name(text, kind))

    return add


def address(draft: Draft, *cells: str) -> None:
    """The lines of an address, the last of them its country."""
    *lines, country = cells
    draft.address(*lines, country=country)


def reference(draft: Draft, cell: str) -> None:
    """What people write for the entry."""
    draft.reference = cell or None


def listed_on(draft: Draft, cell: str) -> None:
    """The day of listing."""
    draft.listed(cell)
