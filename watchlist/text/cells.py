"""Cells of a CSV that somebody will open in a spreadsheet, where what begins like a formula is one.

A name on a list or a headline that begins with "=" would be worked out, and may fetch or run something. An apostrophe
in front makes it text, for spreadsheets by their own custom and for our readers by `unquoted`.
"""

from __future__ import annotations

from typing import Final

_QUOTE: Final = "'"
#: What formulas begin with, also as wide signs, and what spreadsheets skip before them.
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")


def quoted(cell: str) -> str:
    """The cell as it is written; `unquoted` gives it back, whatever it is."""
    return _QUOTE + cell if _is_formula(cell.lstrip(_QUOTE)) else cell


def unquoted(cell: str) -> str:
    """The cell as it was before it was written; one that nobody quoted stays as it is."""
    return cell[1:] if cell.startswith(_QUOTE) and _is_formula(cell.lstrip(_QUOTE)) else cell


def _is_formula(cell: str) -> bool:
    return cell[:1] in _FORMULA or cell.lstrip(" ")[:1] in _FORMULA if cell else False
