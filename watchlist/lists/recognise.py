"""Recognises by its content which form a list file has, and opens it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from lxml import etree

from watchlist.errors import ListParseError
from watchlist.lists.forms.form import FORMS, Form, expected
from watchlist.lists.forms.generic import csv as generic_csv
from watchlist.lists.forms.ofac import csv as ofac_csv
from watchlist.lists.forms.opensanctions import index as opensanctions_index
from watchlist.lists.reading.json_lines import records
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, open_source
from watchlist.lists.reading.xml import local_name
from watchlist.lists.registry import AUTHORITIES

_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script)\b", re.IGNORECASE | re.DOTALL
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_OTHER_OFAC = {5: "OFAC's ALT file", 6: "OFAC's ADD file", 2: "OFAC's COMMENTS file"}
#: Words of the first line by which a form is known; looked at in this order.
_HEADERS = {
    "opensanctions_csv": ("id", "schema", "name", "birth_date", "dataset"),
    "eu_csv": ("fileGenerationDate;", "Entity_LogicalId"),
    "uk_csv": ("Report Date:",),
    "uk_conlist": ("Last Updated,",),
}
_ROOTS = {form.root: form for form in FORMS.values() if form.root}


def read_list(list_id: str, source: Path) -> ParsedList:
    """Recognise what is at ``source`` and read its head; the entities stream from `ParsedList.entities`.

    Taken are the forms of `FORMS`, each file plain or gzip, an XML or CSV also alone in a zip; of OFAC's CSV set a
    folder, a zip archive, or the primary file alone (with its siblings, where they lie beside it). File names matter
    only to find the siblings of a set. Raises ListParseError, saying what was expected and what was found, for anything
    else: an error page, an empty or binary file, another encoding, the form of another authority's list.
    """
    found = open_source(list_id, source)
    part = _main_part(found)
    form = _form(part)
    if form.lists and list_id not in form.lists and list_id in AUTHORITIES:
        raise part.broken(f"is {form.label}, which {list_id} is not published in; {expected(list_id)}")
    return form.read(found, part)


def _main_part(source: Source) -> Part:
    """The one file to look at first: the primary file of a set, else the only file there is."""
    parts = tuple(part for part in source.parts if part.name != opensanctions_index.NAME)
    if not parts:
        raise source.parts[0].broken("only describes the files of a dataset: give the folder that has them too")
    if len(parts) == 1:
        return parts[0]
    # An xlsx file is a zip archive too; this is the one part that every workbook has.
    if workbook := [part for part in parts if part.label.endswith("/xl/workbook.xml")]:
        return workbook[0]
    if (known := AUTHORITIES.get(source.list_id)) and source.list_id not in ofac_csv.SETS:
        raise ListParseError(source.list_id, f"{source.path}: holds {len(parts)} files; give the one of {known.title}")
    wanted = ofac_csv.SETS.get(source.list_id)
    primaries = {wanted[0]} if wanted else {names[0] for names in ofac_csv.SETS.values()}
    found = [part for part in parts if part.name in primaries]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} of" if found else "none of"
    raise ListParseError(
        source.list_id,
        f"{source.path}: among {len(parts)} files there is {what} {' and '.join(sorted(primaries)).upper()}; "
        "give the folder of one CSV set, or the file itself",
    )


def _form(part: Part) -> Form:
    head = part.head().removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        raise part.broken("is empty")
    if head.startswith(_UTF16):
        raise part.broken("is UTF-16 text; expected UTF-8: save it as UTF-8")
    if b"\0" in head:
        raise part.broken(f"is a binary file; {expected(part.list_id)}")
    head = head.lstrip()
    if _HTML.match(head):
        raise part.broken("is an HTML page, most likely an error page of the server; fetch the file again")
    if head.startswith(b"<"):
        return _xml_form(part, head)
    if head.startswith(b"{"):
        return _json_form(part)
    return _csv_form(part, head)


def _xml_form(part: Part, head: bytes) -> Form:
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, load_dtd=False, no_network=True)
    try:
        parser.feed(head)
        root = next((local_name(element) for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError as error:
        raise part.broken(f"is damaged XML: {error.msg.split(', line ')[0]}", error.lineno or None) from error
    if root not in _ROOTS:
        raise part.broken(f"is XML with the root element {root!r}; {expected(part.list_id)}")
    return _ROOTS[root]


def _json_form(part: Part) -> Form:
    line, first = next(records(part), (1, {}))
    if {"id", "schema", "properties"} <= first.keys():
        return FORMS["ftm_json"]
    if {"id", "name"} <= first.keys():
        return FORMS["generic_jsonl"]
    found = ", ".join(list(first)[:5])
    raise part.broken(f"is JSON with the keys {found}; {expected(part.list_id)}", line)


def _csv_form(part: Part, head: bytes) -> Form:
    first = head.splitlines()[0].decode("utf-8", "replace")
    for form, marks in _HEADERS.items():
        if all(mark in first for mark in marks):
            return FORMS[form]
    if generic_csv.header_columns(first):
        return FORMS["generic_csv"]
    try:
        row = next(csv.reader([first]), [])
    except csv.Error as error:
        raise part.broken(f"is no valid CSV: {error}", 1) from error
    numeric = bool(row) and row[0].strip().isdigit()
    if numeric and len(row) == ofac_csv.PRIMARY_COLUMNS:
        return FORMS["ofac_csv"]
    if numeric and len(row) in _OTHER_OFAC:
        raise part.broken(f"looks like {_OTHER_OFAC[len(row)]}; give the primary file or the whole folder", 1)
    if numeric and part.name in {name for names in ofac_csv.SETS.values() for name in names}:
        raise part.broken(f"expected {ofac_csv.PRIMARY_COLUMNS} columns, found {len(row)}", 1)
    raise part.broken(f"{expected(part.list_id)}; found {first[:80]!r}", 1)
