"""The entries of an XML list, one after the other, each with its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, elements, local_name
from watchlist.lists.words.name_notes import made_id

#: A longer id is none.
_LONGEST_ID = 150


@dataclass(frozen=True, slots=True)
class Key:
    """Where an entry of an XML list has its id."""

    name: str
    #: Gives the value of this name in an entry: `xml.attribute` or `xml.child_text`.
    value: Callable[[Element, str], str | None]
    #: It is a number.
    numbered: bool = False


def entries(
    file: ListFile, names: tuple[str, ...], key: Key, *, passing: tuple[str, ...] = (), nested: bool = True
) -> Iterator[tuple[str, Element]]:
    """The elements of these names with their ids, each emptied when the next one is asked for.

    ``passing`` are elements that are large and unwanted here; ``nested`` ones stand at any depth, others only right
    below the root. An entry whose id can't be read gets one that is made of what it says, with a note. Raises
    ListParseError for damaged XML.
    """
    for element in elements(file, *names, *passing):
        if local_name(element) not in names or not (nested or below_root(element)):
            continue
        source_id = key.value(element, key.name)
        if not source_id or (key.numbered and not (source_id.isascii() and source_id.isdigit())):
            stated = source_id or ""
            source_id = stated[:_LONGEST_ID] or made_id(*element.itertext(), *element.attrib.values())
            file.notes.unread("reference", source_id, stated)
        yield source_id, element


def below_root(element: Element) -> bool:
    """Whether an element is a child of the root."""
    parent = element.getparent()
    return parent is not None and parent.getparent() is None
