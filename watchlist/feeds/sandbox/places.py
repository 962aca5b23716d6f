"""BYTES -> where each entry stands in them: the very bytes of an entry, as its feed had it.

The entries were read by others, out of a text that was decoded and mended. Here their tags are looked for in the bytes
themselves; whether a piece is that of an entry is asked of its words. What is not sure gets no place. Pure, and linear
in the length of the document.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from watchlist.feeds.reading.charset import decode
from watchlist.http.inflate import BodyError, read_bounded

#: First byte and the byte after the last.
Place = tuple[int, int]
#: Title and text of an entry.
Said = tuple[str, str]

_GZIP: Final = b"\x1f\x8b"
#: The most that a document which is a gzip file may become.
_MAX_INFLATED: Final = 50_000_000

_MARKS: Final = re.compile(rb"<!--|<!\[CDATA\[|<(/?)(?:[\w.-]{1,40}:)?(item|entry|url)(?=[\s/>])", re.IGNORECASE)
_ENDS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
#: What stands before the first entry says how the document is encoded.
_HEAD: Final = 2048
#: Encodings with more than one byte to a sign: their mark or first "<", the bytes of a sign, and which of these has it.
_WIDE: Final = (
    (codecs.BOM_UTF32_LE, 4, 0),
    (codecs.BOM_UTF32_BE, 4, 3),
    (b"<\0\0\0", 4, 0),
    (b"\0\0\0<", 4, 3),
    (codecs.BOM_UTF16_LE, 2, 0),
    (codecs.BOM_UTF16_BE, 2, 1),
    (b"<\0", 2, 0),
    (b"\0<", 2, 1),
)
_TAG: Final = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
_NO_WORD: Final = re.compile(r"[\W_]+")
#: So much of a text tells an entry that has no title.
_ENOUGH: Final = 80
#: So many pieces are looked at for an entry, from where the one before it was found: some pieces are no entries.
_AHEAD: Final = 4
_SPACE: Final = re.compile(r"[ \t\r\n]*")


def unpacked(body: bytes) -> bytes:
    """A document that is a gzip file, unpacked; as it is where that cannot be done."""
    if not body.startswith(_GZIP):
        return body
    try:
        return read_bounded((body,), "gzip", _MAX_INFLATED)
    except BodyError:
        return body


def places(body: bytes, content_type: str | None, form: str, entries: Sequence[Said]) -> list[Place | None]:
    """Where in the unpacked document each of its entries stands; None where that is not sure.

    ``entries`` are in the order of the document, which was read in this form. Never raises.
    """
    if form.startswith("json"):
        found = _in_json(body)
        return [*found] if len(found) == len(entries) else [None] * len(entries)
    names = (b"url",) if form.startswith("sitemap") else (b"item", b"entry")
    pieces = list(_in_markup(body, names))
    head = body[: min(_HEAD, pieces[0][0])] if pieces else b""
    words = [_words(decode(head + body[start:end], content_type)) for start, end in pieces]
    return list(_matched(pieces, words, entries))


def _matched(pieces: Sequence[Place], words: Sequence[str], entries: Sequence[Said]) -> Iterator[Place | None]:
    after = 0
    for title, text in entries:
        wanted = _words(title) or _words(text[: 4 * _ENOUGH])[:_ENOUGH]
        near = range(after, min(after + _AHEAD, len(pieces)))
        found = next((n for n in near if wanted and wanted in words[n]), None)
        if found is None:
            yield None
            continue
        after = found + 1
        yield pieces[found]


def _words(text: str) -> str:
    """Letters and digits alone, by which a text is found in what it was written as."""
    # Twice: a title in HTML is escaped once more in XML.
    plain = html.unescape(html.unescape(_TAG.sub("", text)))
    return _NO_WORD.sub("", _TAG.sub("", plain)).casefold()


def _in_markup(body: bytes, names: Sequence[bytes]) -> Iterator[Place]:
    """The elements of these names, from the first byte of the tag that opens them to the last of the one that closes.

    One that is never closed ends where the next begins, or the document does. Which of the names is meant says the
    first that is met.
    """
    wide = next(((size, at) for mark, size, at in _WIDE if body.startswith(mark)), None)
    size, view = (1, body) if wide is None else (wide[0], _narrowed(body, *wide))
    missing: set[bytes] = set()
    began: int | None = None
    meant: bytes | None = None
    position = 0
    while (mark := _MARKS.search(view, position)) is not None:
        position = mark.end()
        name = mark[2]
        if name is None:
            opening = mark[0].upper()
            # One that never ends hides nothing, and is not looked for again.
            end = -1 if opening in missing else view.find(_ENDS[opening], position)
            if end < 0:
                missing.add(opening)
            else:
                position = end + len(_ENDS[opening])
            continue
        name = name.lower()
        if name not in names or name != (meant or name):
            continue
        meant = name
        closed = view.find(b">", position)
        if closed < 0:
            break
        if mark[1]:
            if began is not None:
                yield began * size, (closed + 1) * size
            began = None
        elif view[closed - 1 : closed] != b"/":
            if began is not None:
                yield began * size, mark.start() * size
            began = mark.start()
    if began is not None:
        yield began * size, len(body)


def _narrowed(body: bytes, size: int, at: int) -> bytes:
    """One byte for each sign of a wide encoding: its own where it is ASCII, else one that is no sign of markup."""
    whole = len(body) - len(body) % size
    signs = bytearray(body[at:whole:size])
    for other in (each for each in range(size) if each != at):
        for n, byte in enumerate(body[other:whole:size]):
            if byte:
                signs[n] = 0xFF
    return bytes(signs)


def _in_json(body: bytes) -> list[Place]:
    """The objects in the list of entries of a JSON Feed."""
    text = body.decode("utf-8", "surrogateescape")
    try:
        return list(_objects(text))
    except (ValueError, IndexError, RecursionError, StopIteration):
        return []


def _objects(text: str) -> Iterator[Place]:
    read = json.JSONDecoder().raw_decode
    position = _over_space(text, 1 if text.startswith("\ufeff") else 0)
    while text[position] in "{,":
        key, position = read(text, _over_space(text, position + 1))
        position = _over_space(text, _over_space(text, position) + 1)
        if key != "items" or text[position] != "[":
            _, position = read(text, position)
            position = _over_space(text, position)
            continue
        done, size = 0, 0
        while text[position] in "[,":
            start = _over_space(text, position + 1)
            value, end = read(text, start)
            before = size + _size(text[done:start])
            size, done = before + _size(text[start:end]), end
            if isinstance(value, dict):
                yield before, size
            position = _over_space(text, end)
        return


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _over_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found is not None else position
