"""Streams elements out of a large XML file, matched by local name, with flat memory and typed errors.

Namespaces are not compared, because authorities change them. No entities, no DTD, no network: the files come from
outside, and none of the official forms has a document type declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from watchlist.lists.reading.files import ListFile

#: What libxml2 says of bytes that are none in the encoding declared, in its versions.
_ENCODING = ("Invalid bytes in character encoding", "not proper UTF-8", "encoder error", "input conversion failed")
#: An lxml element; lxml ships no type information.
Element = Any


@dataclass(frozen=True, slots=True)
class Root:
    """The opening tag of a document."""

    name: str
    attributes: dict[str, str]


def root_of(file: ListFile) -> Root:
    """Local name and attributes of the root element; raises ListParseError when the file opens with no element."""
    with file.opened() as stream:
        try:
            for _, element in etree.iterparse(
                stream, events=("start",), resolve_entities=False, load_dtd=False, no_network=True
            ):
                attributes = {_without_namespace(name): value for name, value in element.attrib.items()}
                return Root(local_name(element), attributes)
        except etree.XMLSyntaxError as error:
            raise file.broken(f"is damaged XML: {reason_of(error)}", error.lineno or None) from error
    raise file.broken("is XML without an element")


def elements(file: ListFile, *names: str) -> Iterator[Element]:
    """Finished elements of these local names in the file's order, at any depth.

    Each is emptied when the next one is asked for. Name also what is large and unwanted, so that it is dropped as the
    file goes by. Raises ListParseError for damaged XML, which may show only at the end, and for a document type.
    """
    with file.opened() as stream:
        try:
            tags = tuple(f"{{*}}{name}" for name in names)
            found = etree.iterparse(stream, tag=tags, resolve_entities=False, load_dtd=False, no_network=True)
            for number, (_, element) in enumerate(found):
                if number == 0 and element.getroottree().docinfo.doctype:
                    raise file.broken("has a document type declaration, which the official file does not have")
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise file.broken(f"is damaged or cut off: {reason_of(error)}", error.lineno or None) from error


def first_element(file: ListFile, name: str, before: str) -> Element | None:
    """The first element called ``name``, None where one called ``before`` comes first or there is neither."""
    first = next(elements(file, name, before), None)
    return first if first is not None and local_name(first) == name else None


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for a comment or a processing instruction."""
    return _without_namespace(element.tag) if isinstance(element.tag, str) else ""


def children(element: Element, group: str, name: str) -> Iterator[Element]:
    """The grandchildren called ``name`` in the children called ``group``."""
    for parent in element.iterchildren(f"{{*}}{group}"):
        yield from parent.iterchildren(f"{{*}}{name}")


def child_text(element: Element, name: str) -> str | None:
    """The first text among the children of this name; None when all are empty or missing."""
    return next(iter(child_texts(element, name)), None)


def child_texts(element: Element, name: str) -> list[str]:
    """The texts of the children of this name that have any, with runs of white space as one space."""
    found = (" ".join("".join(child.itertext()).split()) for child in element.iterchildren(f"{{*}}{name}"))
    return [words for words in found if words]


def inner_texts(element: Element, *path: str) -> list[str]:
    """The texts at the end of a path of child names."""
    parents = [element]
    for name in path[:-1]:
        parents = [child for parent in parents for child in parent.iterchildren(f"{{*}}{name}")]
    return [words for parent in parents for words in child_texts(parent, path[-1])]


def attribute(element: Element, name: str) -> str | None:
    """An attribute with runs of white space as one space; None when it is empty or missing."""
    return " ".join(element.get(name, "").split()) or None


def _without_namespace(name: str) -> str:
    # lxml's QName refuses the broken namespaces that a damaged file may have.
    return name.rpartition("}")[2]


def reason_of(error: etree.XMLSyntaxError) -> str:
    """What is wrong with an XML file, in words."""
    reason = str(error.msg).split(", line ")[0]
    if any(words in reason for words in _ENCODING):
        return f"the file is not in the encoding that it declares; correct that in its first line ({reason})"
    return reason
