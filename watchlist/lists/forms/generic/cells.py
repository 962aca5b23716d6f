r"""Cells of the generic CSV form: several values in one, identifiers and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from watchlist.lists.forms.generic.names import cut_at_colon
from watchlist.model import Identifier

#: The kinds of identifier the model knows.
IDENTIFIER_KINDS = (
    *("imo", "mmsi", "call_sign", "tail_number", "msn", "bic", "lei", "passport", "national_id", "tax_id"),
    *("registration", "crypto", "email", "website", "phone", "other"),
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def split(cell: str) -> list[str]:
    r"""The values of a cell: separated by ``;``, with ``\;`` and ``\\`` undone, blank ones left out."""
    values = [""]
    for piece in re.findall(r"\\[;\\]|;|[^;\\]+|\\", cell):
        if piece == ";":
            values.append("")
        else:
            values[-1] += piece[1] if len(piece) == 2 and piece[0] == "\\" else piece
    return [value.strip() for value in values if value.strip()]


def join(values: Iterable[str]) -> str:
    """The values as one cell."""
    return ";".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def identifier(value: str) -> Identifier:
    """The identifier that a value says; raises ValueError for what is none."""
    label, colon, number = cut_at_colon(value)
    kind, slash, detail = label.partition("/")
    if not colon or not number.strip():
        raise ValueError(f"expected an identifier as kind:value, found {value!r}")
    if kind.strip() not in IDENTIFIER_KINDS:
        raise ValueError(f"unknown kind of identifier {kind.strip()!r}; known are {', '.join(IDENTIFIER_KINDS)}")
    return Identifier(kind.strip(), number.strip(), detail.strip() if slash and detail.strip() else None)


def identifier_cell(identifier: Identifier) -> str:
    """The value that says an identifier."""
    if not identifier.detail:
        return f"{identifier.kind}:{identifier.value}"
    detail = identifier.detail.replace("\\", "\\\\").replace(":", "\\:")
    return f"{identifier.kind}/{detail}:{identifier.value}"


def birth_date(value: str) -> str:
    """A date, or a range of two, as it stands; raises ValueError for anything else."""
    ends = value.split("/")
    if len(ends) > 2 or not all(_DATE.fullmatch(end) and _is_date(end) for end in ends):
        raise ValueError(
            f"expected a birth date as 1967, 1967-10 or 1967-10-15 (a range as 1967/1969), found {value!r}"
        )
    return value


def day(value: str, what: str) -> str:
    """A date as it stands; raises ValueError for anything else, calling it ``what``."""
    if not (_DATE.fullmatch(value) and _is_date(value)):
        raise ValueError(f"expected a {what} as 1967, 1967-10 or 1967-10-15, found {value!r}")
    return value


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
