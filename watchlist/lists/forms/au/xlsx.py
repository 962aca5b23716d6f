"""Australia's consolidated list (DFAT) as xlsx, through openpyxl, which the extra ``xlsx`` installs.

One sheet, one row for each name: ``101`` has the primary name, ``101a`` and ``101b`` other names of the same entity.
``_x000D_`` stands for line breaks. See
https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import zip_longest
from typing import Any

from watchlist.errors import ListParseError
from watchlist.lists.reading.dates import iso_dates
from watchlist.lists.reading.draft import Draft, clean, split_lettered
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.spool import grouped
from watchlist.lists.reading.table import Row
from watchlist.model import Entity, Name, NameKind, Schema

FORM = "dfat_xlsx"

_REQUIRED = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees")
#: Rows that may stand above the header.
_ABOVE = 10
#: More than this inflated is no such list (it has some 2 MB).
_MAX_BYTES = 200_000_000
_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.LEGAL_ENTITY,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_REFERENCE = re.compile(r"(\d+)\s*[a-z]*", re.IGNORECASE)
_SEPARATED = re.compile(r"\s*(?:;|\bor\b|,(?=\s*(?:c\.|circa|\d)))\s*")
_NUMBERED = (
    (re.compile(r"passport (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE), "passport"),
    (
        re.compile(r"(?:national )?identification (?:no|number)\.?:?\s*([A-Z0-9][\w/-]{4,})", re.IGNORECASE),
        "national_id",
    ),
)


def read(source: Source, part: Part) -> ParsedList:
    """Open the workbook; raises ListParseError when it is damaged, or when openpyxl is not installed."""
    try:
        with zipfile.ZipFile(source.path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise part.broken(f"the workbook is damaged: {error}") from error
    if size > _MAX_BYTES:
        raise part.broken(f"holds more than {_MAX_BYTES:,} bytes after decompression; that is no list")
    sha256 = digest(source.parts)
    workbook = _load(source)
    made: datetime | None = getattr(workbook.properties, "modified", None)
    workbook.close()
    published = made.replace(tzinfo=UTC) if made else None
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(source, part),
        version=published.date().isoformat() if published else None,
        published_at=published,
    )


def _load(source: Source) -> Any:
    try:
        openpyxl: Any = import_module("openpyxl")
    except ImportError as error:
        raise ListParseError(
            source.list_id, f"{source.path.name} is an xlsx file: reading it needs pip install 'watchlist[xlsx]'"
        ) from error
    try:
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl does not know are nothing to the cells' values.
            warnings.simplefilter("ignore")
            # Given the bytes, openpyxl does not insist on how the file is called.
            content = io.BytesIO(source.path.read_bytes())
            return openpyxl.load_workbook(content, read_only=True, data_only=True)
    except Exception as error:
        # What openpyxl raises on damaged files is not documented: anything from KeyError to the XML parser's errors.
        raise ListParseError(source.list_id, f"{source.path.name}: the workbook is damaged: {error!r}") from error


def _entities(source: Source, part: Part) -> Iterator[Entity]:
    for source_id, rows in grouped(part, _rows(source, part), lambda number, row: _id(part, number, row)):
        number, row = next(rows)
        draft = _draft(part, number, source_id, row)
        _take(draft, row)
        for number, row in rows:
            if row["Type"] and draft.schema is not _schema(part, number, row):
                raise part.broken(f"Reference {source_id} is of another Type on row {draft.line}", number)
            _take(draft, row)
        yield draft.entity()


def _id(part: Part, number: int, row: Row) -> str:
    reference = _REFERENCE.fullmatch(row["Reference"])
    if reference is None:
        raise part.broken(f"expected a Reference such as 101 or 101a, found {row['Reference']!r}", number)
    return reference[1]


def _rows(source: Source, part: Part) -> Iterator[tuple[int, Row]]:
    workbook = _load(source)
    columns: list[str] = []
    try:
        rows = iter(enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1))
        while True:
            try:
                number, cells = next(rows, (0, ()))
            except Exception as error:
                # As above: the sheet is only parsed now.
                raise part.broken(f"the sheet is damaged: {error!r}") from error
            if number == 0:
                break
            texts = [_text(cell) for cell in cells]
            if columns:
                row = {name: text for name, text in zip_longest(columns, texts, fillvalue="") if name}
                # Notes may stand below the list.
                if row["Reference"] or row["Name of Individual or Entity"]:
                    yield number, row
            elif all(name in texts for name in _REQUIRED):
                columns = texts
            elif number > _ABOVE:
                break
    except IndexError as error:
        raise part.broken("the workbook has no sheet") from error
    finally:
        workbook.close()
    if not columns:
        raise part.broken(f"expected a header with {', '.join(_REQUIRED)} in the first {_ABOVE} rows")


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean(str(cell))


def _schema(part: Part, number: int, row: Row) -> Schema:
    schema = _SCHEMAS.get(row["Type"].lower())
    if schema is None:
        raise part.broken(f"expected Individual, Entity or Vessel as Type, found {row['Type']!r}", number)
    return schema


def _draft(part: Part, number: int, source_id: str, row: Row) -> Draft:
    draft = Draft(part, source_id, _schema(part, number, row), number)
    listed = iso_dates(row.get("Control Date"))
    draft.listed_on = listed if listed and "/" not in listed else None
    return draft


def _take(draft: Draft, row: Row) -> None:
    def cell(name: str) -> str:
        return row.get(name, "")

    draft.name(Name(cell("Name of Individual or Entity"), _kind(cell("Name Type"), cell("Alias Strength"))))
    draft.birth_dates += [
        iso_dates(each) for point in split_lettered(cell("Date of Birth")) for each in _SEPARATED.split(point)
    ]
    draft.birth_places += split_lettered(cell("Place of Birth"))
    for point in split_lettered(cell("Citizenship")):
        draft.country(*re.split(r"\s*;\s*", point))
    draft.addresses += split_lettered(cell("Address"))
    draft.identifier("imo", "".join(re.findall(r"\b\d{7}\b", cell("IMO Number"))[:1]))
    draft.programs.append(cell("Committees"))
    for column in ("Additional Information", "Listing Information"):
        draft.un_references(cell(column))
        for pattern, kind in _NUMBERED:
            for number in pattern.findall(cell(column)):
                draft.identifier(kind, number)
        draft.remarks.append(cell(column))


def _kind(name_type: str, strength: str) -> NameKind:
    words = name_type.lower()
    if words.startswith("primary"):
        return NameKind.PRIMARY
    if words.startswith(("fka", "f.k.a", "former", "previous")):
        return NameKind.PREVIOUS
    return NameKind.WEAK_ALIAS if strength.lower() in ("weak", "low") else NameKind.ALIAS
