"""Recognises by its content which form a list file has, and opens it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from watchlist.errors import ListParseError
from watchlist.lists.forms import all_forms, entity_url, expected, published_lists
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.generic.mapped import mapped_form
from watchlist.lists.forms.heads import Beginning
from watchlist.lists.reading.files import ListFile, files_at
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.streams.json_lines import records
from watchlist.lists.reading.xml import local_name, reason_of
from watchlist.model import ColumnMap
from watchlist.text.markup import first_tag, is_html

#: The tags that pages begin with, whole ones and pieces of them.
_HTML = frozenset({"html", "head", "body", "title", "meta", "script"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def read_list(list_id: str, path: Path, *, accept: bool = False, columns: ColumnMap | None = None) -> ParsedList:
    """Recognise what is at ``path`` and read its head; the entities stream from `ParsedList.entities`.

    Taken are the forms of `forms.all_forms`, each file plain or gzip, an XML or CSV also alone in a zip; of OFAC's CSV
    set a folder, a zip archive, or the primary file alone (with its siblings, where they lie beside it). File names
    matter only to find the siblings of a set. With ``accept`` what is no more than doubtful is taken, and noted.
    With ``columns`` the file is a CSV with these and nothing else. Raises
    ListParseError, saying what was expected and what was found, for anything else: an error page, an empty or binary
    file, another encoding, the form of another authority's list, and a file that says itself that it is no whole list.
    """
    file = replace(_main_file(list_id, path), accept=accept)
    if columns is not None:
        return mapped_form(columns).open(file, lambda source_id: entity_url(list_id, source_id))
    form = _form(file)
    if form.lists and list_id not in form.lists and list_id in published_lists():
        raise file.broken(f"is {form.label}, which {list_id} is not published in; {expected(list_id)}")
    return form.open(file, lambda source_id: entity_url(list_id, source_id))


def _main_file(list_id: str, path: Path) -> ListFile:
    """The one file to look at first: the primary file of a set, else the only file there is."""
    given = files_at(list_id, path)
    indexes = {form.index for form in all_forms()}
    files = tuple(file for file in given if file.name not in indexes)
    if not files:
        raise given[0].broken("only describes the files of a dataset: give the folder that has them too")
    if len(files) == 1:
        return files[0]
    members = tuple(f"/{form.member}" for form in all_forms() if form.member)
    if whole := [file for file in files if file.label.endswith(members)]:
        return whole[0]
    primaries = {key: name for form in all_forms() for key, name in form.primaries.items()}
    if (known := published_lists().get(list_id)) and list_id not in primaries:
        raise ListParseError(list_id, f"{path}: holds {len(files)} files; give the one of {known.title}")
    wanted = {primaries[list_id]} if list_id in primaries else set(primaries.values())
    found = [file for file in files if file.name in wanted]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} of" if found else "none of"
    raise ListParseError(
        list_id,
        f"{path}: among {len(files)} files there is {what} {' and '.join(sorted(wanted)).upper()}; "
        "give the folder of one CSV set, or the file itself",
    )


def _form(file: ListFile) -> Form:
    start, line = _beginning(file)
    for form in all_forms():
        if form.head.fits(start):
            return form
    raise file.broken(_unknown(file, start), line)


def _beginning(file: ListFile) -> tuple[Beginning, int | None]:
    """What the file begins with, and on which line; raises ListParseError for what is no list in any form."""
    head = file.head().removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        raise file.broken("is empty")
    if head.startswith(_UTF16):
        raise file.broken("is UTF-16 text; expected UTF-8: save it as UTF-8")
    if b"\0" in head:
        raise file.broken(f"is a binary file; {expected(file.list_id)}")
    head = head.lstrip()
    text = head.decode("latin-1")
    if is_html(text) or first_tag(text) in _HTML:
        raise file.broken("is an HTML page, most likely an error page of the server; fetch the file again")
    if head.startswith(b"<"):
        return Beginning(file.name, root=_root(file, head)), None
    if head.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        start = Beginning(file.name, keys=(), text=head.decode("utf-8", "replace"))
        if any(form.head.fits(start) for form in all_forms()):
            return start, None
        line, first = next(records(file), (1, {}))
        return Beginning(file.name, keys=tuple(first)), line
    raw_line = head.splitlines()[0]
    return Beginning(file.name, line=raw_line.decode("utf-8", "replace"), raw_line=raw_line), 1


def _unknown(file: ListFile, start: Beginning) -> str:
    if start.keys is not None:
        return f"is JSON with the keys {', '.join(start.keys[:5])}; {expected(file.list_id)}"
    if not start.line:
        return f"is XML with the root element {start.root!r}; {expected(file.list_id)}"
    hints = (hint for form in all_forms() if (hint := form.hint(start)))
    return next(hints, f"{expected(file.list_id)}; found {start.line[:80]!r}")


def _root(file: ListFile, head: bytes) -> str | None:
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, load_dtd=False, no_network=True)
    try:
        parser.feed(head)
        return next((local_name(element) for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError as error:
        raise file.broken(f"is damaged XML: {reason_of(error)}", error.lineno or None) from error
