"""OFAC's CSV set: SDN, ALT, ADD and COMMENTS (for the consolidated list CONS_PRIM, CONS_ALT, CONS_ADD, CONS_COMMENTS).

Format: no header, CRLF, 12, 5, 6 and 2 columns, ``-0-`` for null, the last line a single 0x1A; see
https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas. Weak aliases stand only in the
remarks, as ``a.k.a. 'NAME'``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import IO

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.remarks import SPILL, split_remarks
from watchlist.lists.forms.ofac.sets import (
    ADD_COLUMNS,
    ALT_COLUMNS,
    COMMENT_COLUMNS,
    PRIMARY_COLUMNS,
    SETS,
    CsvSet,
    NumberedRow,
    hint,
    set_of,
)
from watchlist.lists.reading.files import ListFile, text_lines
from watchlist.lists.reading.streams.spool import Spool, spool
from watchlist.model import Entity, Identifier, NameKind, Schema

#: What the keys of the side files' rows open with.
_ALT, _ADD, _COMMENT = "alt ", "add ", "comment "
#: Under this key stands the last line of a COMMENTS file without the mark of its end.
_UNMARKED = "unmarked"

_END_MARK = "\x1a"
_NULL = "-0-"
_SCHEMAS = {
    "": Schema.LEGAL_ENTITY,
    "entity": Schema.LEGAL_ENTITY,
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_ALIAS_KINDS = {"aka": NameKind.ALIAS, "fka": NameKind.PREVIOUS, "nka": NameKind.PREVIOUS}

_Cells = list[str | None]


def _entities(primary: ListFile) -> Iterator[Entity]:
    files = set_of(primary)
    with spool(files.primary) as side:
        for name, file, columns in (
            (_ALT, files.aliases, ALT_COLUMNS),
            (_ADD, files.addresses, ADD_COLUMNS),
            (_COMMENT, files.comments, COMMENT_COLUMNS),
        ):
            if file is not None:
                _gather(side, name, file, columns)
        seen: set[str] = set()
        cut: list[str] = []
        for _, cells in _rows(files.primary, PRIMARY_COLUMNS):
            source_id = cells[0] or ""
            seen.add(source_id)
            if _is_cut(cells[-1]) and not side.values(_COMMENT + source_id):
                cut.append(source_id)
            yield _entity(files, side, cells)
        _check_comments(files, side, cut)
        # Aliases left over belong to nobody in the primary file. (Comments of delisted entities do stay behind.)
        for key in side.all_keys():
            source_id = key.removeprefix(_ALT)
            if files.aliases is not None and source_id != key and source_id not in seen:
                raise files.aliases.broken(
                    f"row for id {source_id}, which {files.primary.label} does not have: the files are not of one day",
                    side.values(key)[0][0],
                )


def _entity(files: CsvSet, side: Spool, cells: _Cells) -> Entity:
    source_id, name, kind, programs, title, call_sign, vessel_type, tonnage, gross, flag, owner, remarks = cells
    facts = Facts.of_kind(files.primary, source_id or "", kind, _SCHEMAS)
    facts.primary(name)
    for _, (_, _, alias_kind, alias, alias_remarks) in side.values(_ALT + facts.source_id):
        known = _ALIAS_KINDS.get((alias_kind or "").lower())
        facts.notes.read("names")
        if known is None or not alias:
            facts.note("names", f"{alias_kind or ''} {alias or ''}")
        if alias:
            facts.name(alias, known or NameKind.ALIAS)
        facts.remarks.extend([alias_remarks] if alias_remarks else [])
    facts.programs.extend(part.strip(" []") for part in (programs or "").split("] [") if part.strip(" []"))
    facts.title(title)
    facts.identifiers.extend([Identifier("call_sign", call_sign)] if call_sign else [])
    facts.country(flag)
    facts.linked_to.extend([owner] if owner else [])
    facts.vessel(vessel_type, tonnage, gross)
    _take_remarks(facts, remarks or "", side)
    for _, (_, _, address, city, country, address_remarks) in side.values(_ADD + facts.source_id):
        facts.address((address, city), country)
        facts.remarks.extend([address_remarks] if address_remarks else [])
    return facts.entity()


def _check_comments(files: CsvSet, side: Spool, cut: list[str]) -> None:
    """Without its end mark a COMMENTS file is whole if nothing is missing that must be there."""
    if files.comments is None or not side.values(_UNMARKED):
        return
    if cut:
        files.comments.doubt(
            f"OFAC's closing 0x1A line is missing, and so are the rows of {len(cut):,} remarks that go on there, the"
            f" first of them of id {cut[0]}"
        )
    else:
        files.comments.note("OFAC's closing 0x1A line is missing; every remark that goes on there has its row")


def _is_cut(remarks: str | None) -> bool:
    """Whether a remark of the primary file goes on in COMMENTS."""
    return remarks is not None and len(remarks) >= SPILL and remarks[-1] != "."


def _take_remarks(facts: Facts, remarks: str, side: Spool) -> None:
    spilled = side.values(_COMMENT + facts.source_id)
    phrases = split_remarks(remarks + "".join(cells[1] or "" for _, cells in spilled))
    # Without its COMMENTS a full-length remark breaks off anywhere: half a passport number must not pass for one.
    broken_off = phrases.pop() if phrases and not spilled and _is_cut(remarks) else None
    for phrase in phrases:
        facts.phrase(phrase)
    if broken_off:
        facts.remarks.append(broken_off)


def _gather(side: Spool, name: str, file: ListFile, columns: int) -> None:
    """Put the rows of a side file by for their entities, each with its line."""
    unmarked: list[int] = []
    later = columns == COMMENT_COLUMNS
    for line, cells in _rows(file, columns, (lambda _, at: unmarked.append(at)) if later else _doubt):
        side.add(f"{name}{cells[0]}", [line, cells])
    # Whether the comments are whole without their mark shows only when the remarks have gone by.
    if unmarked:
        side.add(_UNMARKED, unmarked)


def _doubt(file: ListFile, line: int) -> None:
    file.doubt("OFAC's closing 0x1A line is missing, so that rows before it may be missing too", line)


def _rows(
    file: ListFile, columns: int, unmarked: Callable[[ListFile, int], None] = _doubt
) -> Iterator[tuple[int, _Cells]]:
    """Rows with their line numbers, nulls as None; ListParseError on any other shape than the official one.

    ``unmarked`` is called with the last line of a file that ends without OFAC's mark.
    """
    with file.opened() as stream:
        reader = csv.reader(_until_end_mark(file, stream, unmarked), strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise file.broken(f"is no valid CSV: {error}", reader.line_num) from error
            if row is None:
                return
            if len(row) != columns:
                raise file.broken(f"expected {columns} columns, found {len(row)}", reader.line_num)
            if not (row[0].isascii() and row[0].isdigit()):
                raise file.broken(f"expected OFAC's numeric id in column 1, found {row[0][:40]!r}", reader.line_num)
            yield reader.line_num, _nulled(row, columns)


def _nulled(row: list[str], columns: int) -> _Cells:
    # A spilled remark goes on in the middle of a word or at a space: the two texts are joined as they stand.
    verbatim = columns - 1 if columns in (PRIMARY_COLUMNS, COMMENT_COLUMNS) else columns
    return [
        None if (text := cell.strip()) in ("", _NULL) else cell if index == verbatim else text
        for index, cell in enumerate(row)
    ]


def _until_end_mark(file: ListFile, stream: IO[bytes], unmarked: Callable[[ListFile, int], None]) -> Iterator[str]:
    number, line = 0, ""
    for number, line in enumerate(text_lines(file.list_id, stream, file.label), start=1):
        if line.strip("\r\n ") == _END_MARK:
            return
        if _END_MARK in line:
            raise file.broken("the end mark 0x1A stands inside a line: the file is damaged", number)
        yield line
    if not line.endswith("\n"):
        raise file.broken("ends within its last row, without OFAC's closing 0x1A line: the file is cut off", number)
    unmarked(file, number)


FORM = Form(
    id="ofac_csv",
    label="OFAC's CSV set",
    head=NumberedRow(PRIMARY_COLUMNS),
    entities=_entities,
    lists=("us_ofac_sdn", "us_ofac_cons"),
    rank=10,
    parts=lambda file: set_of(file).parts,
    primaries={list_id: names[0] for list_id, names in SETS.items()},
    hint=hint,
)
