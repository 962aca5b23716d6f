"""The rows of a workbook, through openpyxl, which the extra ``xlsx`` installs."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import zip_longest
from typing import Any

from watchlist.errors import ListParseError
from watchlist.lists.reading.draft import clean
from watchlist.lists.reading.files import ListFile, archive_at
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import Row

#: Rows that may stand above the header.
_ABOVE = 10
#: More than this inflated is no such list (it has some 2 MB).
_MAX_BYTES = 200_000_000


def members(file: ListFile) -> tuple[ListFile, ...]:
    """The files that the workbook is made of; raises ListParseError for a damaged one and for one that is too large."""
    try:
        with archive_at(file.given) as stream, zipfile.ZipFile(stream) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise file.broken(f"the workbook is damaged: {error}") from error
    if size > _MAX_BYTES:
        raise file.broken(f"holds more than {_MAX_BYTES:,} bytes after decompression; that is no list")
    return file.beside()


def stated(file: ListFile) -> Stated:
    """When the workbook was last changed; raises ListParseError when it is damaged, or openpyxl is not installed."""
    workbook = _load(file)
    made: datetime | None = getattr(workbook.properties, "modified", None)
    workbook.close()
    return Stated.on(made.replace(tzinfo=UTC)) if made else Stated()


def rows(file: ListFile, required: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """The rows below the header of the first sheet, by column name, each with its number.

    Raises ListParseError when none of the first rows is a header with the required columns, and for a damaged sheet.
    """
    workbook = _load(file)
    columns: list[str] = []
    try:
        found = iter(enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1))
        while True:
            try:
                number, cells = next(found, (0, ()))
            except Exception as error:
                # As above: the sheet is only parsed now.
                raise file.broken(f"the sheet is damaged: {error!r}") from error
            if number == 0:
                break
            # Sheets may have hundreds of empty columns behind the last one.
            texts = [_text(cell) for cell in (cells[: len(columns)] if columns else cells)]
            if columns:
                yield number, {name: text for name, text in zip_longest(columns, texts, fillvalue="") if name}
            elif all(name in texts for name in required):
                columns = texts[: max(n for n, name in enumerate(texts, start=1) if name)]
            elif number > _ABOVE:
                break
    except IndexError as error:
        raise file.broken("the workbook has no sheet") from error
    finally:
        workbook.close()
    if not columns:
        raise file.broken(f"expected a header with {', '.join(required)} in the first {_ABOVE} rows")


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean(str(cell))


def _load(file: ListFile) -> Any:
    try:
        openpyxl: Any = import_module("openpyxl")
    except ImportError as error:
        raise ListParseError(
            file.list_id, f"{file.given.name} is an xlsx file: reading it needs pip install 'watchlist[xlsx]'"
        ) from error
    try:
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl does not know are nothing to the cells' values.
            warnings.simplefilter("ignore")
            # Given the bytes, openpyxl does not insist on how the file is called.
            with archive_at(file.given) as stream:
                content = io.BytesIO(stream.read())
            return openpyxl.load_workbook(content, read_only=True, data_only=True)
    except Exception as error:
        # What openpyxl raises on damaged files is not documented: anything from KeyError to the XML parser's errors.
        raise ListParseError(file.list_id, f"{file.given.name}: the workbook is damaged: {error!r}") from error
