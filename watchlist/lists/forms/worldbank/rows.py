"""What the World Bank says of a debarred firm: its columns, under their names in the JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from watchlist.lists.reading.draft import Draft, clean
from watchlist.lists.reading.entity_rows import entities_of_rows
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.table import Row
from watchlist.lists.words.dates import iso_date
from watchlist.model import Entity, Name, NameKind, Schema, stable_id

ID, NAME, INFO = "SUPP_ID", "SUPP_NAME", "ADD_SUPP_INFO"
LINES = ("SUPP_ADDR", "SUPP_CITY", "SUPP_STATE_CODE", "SUPP_ZIP_CODE")
COUNTRY, CODE, KIND = "COUNTRY_NAME", "LAND1", "SUPP_TYPE_CODE"
FROM, TO, STATUS, REASON = "DEBAR_FROM_DATE", "DEBAR_TO_DATE", "INELIGIBLY_STATUS", "DEBAR_REASON"

_PROGRAM = "World Bank debarment"
#: The mark of a footnote behind a name.
_FOOTNOTE = re.compile(r" ?(?<!\*)\*++ ?\d*+$")
#: The year of an end that is none.
_NEVER = "2999"


def entities_of(file: ListFile, rows: Iterable[tuple[int, Row]]) -> Iterator[Entity]:
    """The entities of rows; those of one entity, which may have several addresses, become one."""
    return entities_of_rows(file, rows, _id, _opened, _take)


def _id(file: ListFile, line: int, row: Row) -> str:
    name = _name(row)
    if not name:
        raise file.broken(f"the {NAME} is empty", line)
    # A table saved from the page has no numbers: an entry is then known by what does not change of it.
    return row.get(ID) or stable_id(name.casefold(), row.get(COUNTRY, "").casefold(), iso_date(row.get(FROM)) or "")


def _opened(file: ListFile, line: int, source_id: str, row: Row) -> Draft:
    schema = Schema.PERSON if row.get(KIND, "").upper().startswith("I") else Schema.LEGAL_ENTITY
    draft = Draft(file, source_id, schema, line)
    draft.programs.append(_PROGRAM)
    draft.listed_on = iso_date(row.get(FROM))
    return draft


def _take(draft: Draft, _: int, row: Row) -> None:
    draft.name(Name(_name(row), NameKind.PRIMARY))
    draft.address(*(row.get(line) for line in LINES), country=row.get(COUNTRY), code=row.get(CODE) or None)
    until = row.get(TO, "")
    lasting = row.get(STATUS, "") if not until or _NEVER in until else until
    draft.remarks += [row.get(INFO, ""), row.get(REASON, ""), f"Until {lasting}" if lasting else ""]


def _name(row: Row) -> str:
    return _FOOTNOTE.sub("", clean(row.get(NAME)))
