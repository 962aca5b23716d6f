"""XML as it was meant: what a parser would stumble over or misread is put right before it reads. Pure.

Nothing is guessed: a stray "&" is a "&", the name of an HTML entity is its character, a reference to a character that
XML has no place for is nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5, name2codepoint

from lxml import etree

#: Entities of XML itself, which are no characters until markup has been read.
_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z_][\w.-]{0,63});)?")
_OWN_ENTITY = re.compile(r"<!ENTITY\s+([\w.:-]{1,64})\s")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
#: Where a document type may declare entities; further down they are no declarations.
_PROLOG = 20_000
#: The tag in front of the root that names where entities are declared: nothing there is ever read.
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[\]<>]{0,1000}>", re.IGNORECASE)

#: The picture and the search field of RSS, which have title, link and description of their own. Inside an entry, where
#: some feeds have them, these would be taken for the entry's. One that is never closed is left as it is.
_BESIDE = re.compile(r"<!\[CDATA\[|<(?P<end>/?)(?P<name>image|textinput|item|entry|channel)(?![:\w.-])", re.IGNORECASE)
_LONGEST_TAG = 2000
_PICTURES = frozenset({"image", "textinput"})

#: What libxml2 says of documents without their end.
_CUT_OFF = frozenset({"ERR_DOCUMENT_END", "ERR_TAG_NOT_FINISHED"})


def mend(text: str) -> str:
    """The document with its entities and character references readable, its CDATA sections closed, without pictures.

    Entities that the document declares itself are left to the parser, which does not expand them. A section that never
    ends is text: its opening goes. Takes time in proportion to the length of ``text``.
    """
    declared = frozenset(_OWN_ENTITY.findall(text[:_PROLOG]))
    head = _DOCTYPE.sub("", text[:_PROLOG], count=1)
    # Lines stay where they are, for the messages that name one.
    return "".join(_without_pictures("".join(_pieces(head + text[_PROLOG:], declared))))


def _without_pictures(text: str) -> Iterator[str]:
    """The text in pieces, with the line breaks of what is left out."""
    kept = 0
    opened: re.Match[str] | None = None
    ended = 0
    for tag in _BESIDE.finditer(text):
        if tag.start() < ended:
            continue
        if tag["name"] is None:
            # What stands in a section is no markup.
            end = text.find(_CDATA_END, tag.end())
            ended = len(text) if end < 0 else end
            continue
        if opened is not None and tag["end"] and tag["name"].lower() == opened["name"].lower():
            close = text.find(">", tag.end(), tag.end() + 100)
            if close >= 0:
                yield text[kept : opened.start()]
                yield "\n" * text.count("\n", opened.start(), close)
                kept = close + 1
        # Any other tag of these kinds means that what was opened is never closed.
        opened = tag if not tag["end"] and tag["name"].lower() in _PICTURES and not _is_empty(text, tag) else None
    yield text[kept:]


def _is_empty(text: str, tag: re.Match[str]) -> bool:
    """Whether a tag closes itself."""
    close = text.find(">", tag.end(), tag.end() + _LONGEST_TAG)
    return close > 0 and text[close - 1] == "/"


def read_xml(text: str) -> tuple[etree._Element | None, str | None]:
    """The outermost element, however damaged the document; None where there is none.

    With it, for a document that ends before its elements do, the parser's first complaint. Never raises.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        return None, None
    errors = parser.error_log
    return root, errors[0].message if any(error.type_name in _CUT_OFF for error in errors) else None


def _pieces(text: str, declared: frozenset[str]) -> Iterator[str]:
    def resolve(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return "&amp;"
        if name in _XML or name in declared:
            return found[0]
        if name.startswith("#"):
            return _character(found[0])
        character = chr(name2codepoint[name]) if name in name2codepoint else html5.get(f"{name};")
        # Not one of HTML's: the writer's own words, as "R&D;" is.
        return f"&amp;{name};" if character is None else html.escape(character)

    position = 0
    while (start := text.find(_CDATA, position)) >= 0:
        end = text.find(_CDATA_END, start)
        yield _AMPERSAND.sub(resolve, text[position:start])
        if end < 0:
            rest = text[start:].replace(_CDATA, "")
            yield _AMPERSAND.sub(resolve, rest)
            return
        position = end + len(_CDATA_END)
        yield text[start:position]
    yield _AMPERSAND.sub(resolve, text[position:])


def _character(reference: str) -> str:
    # html.unescape knows what "&#146;" was meant to be, and gives U+FFFD or nothing for what is no character.
    character = html.unescape(reference)
    # Of control characters, tab and line break are white space as in the text itself.
    allowed = character.isprintable() or character.isspace() or not character.isascii()
    return html.escape(character) if allowed and character != "\ufffd" else ""
