"""What a reader's module says of the form that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from watchlist.lists.forms.heads import Beginning, Head
from watchlist.lists.reading.files import ListFile, digest
from watchlist.lists.reading.parsed import ParsedList, Stated
from watchlist.model import Entity


def _alone(file: ListFile) -> tuple[ListFile, ...]:
    return (file,)


def _nothing(_: ListFile) -> Stated:
    return Stated()


def _nothing_wrong(_: ListFile) -> str | None:
    return None


def _no_hint(_: Beginning) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is called and recognised, which lists are published in it, and how it is read."""

    id: str
    #: What messages call it.
    label: str
    #: How the beginning of a file in this form is told from others.
    head: Head
    #: Yields the entities of a file; raises ListParseError with the line for what is not as it should be.
    entities: Callable[[ListFile], Iterator[Entity]]
    #: The lists whose authority publishes it; empty for a form that any list may have.
    lists: tuple[str, ...] = ()
    #: What the file says of itself; raises ListParseError when its head is not what it should be.
    stated: Callable[[ListFile], Stated] = _nothing
    #: Forms are tried and named in this order.
    rank: int = 80
    #: The files that make up one state of the list with the one recognised; raises ListParseError when one is missing.
    parts: Callable[[ListFile], tuple[ListFile, ...]] = _alone
    #: Of several files the one to begin with, by list: its name in lower case.
    primaries: Mapping[str, str] = field(default_factory=dict)
    #: The file in an archive that shows that the archive itself is the one file of a list.
    member: str | None = None
    #: The name of a file that comes along and only describes the others.
    index: str | None = None
    #: Why a file is not the whole list, such as a change of it or an extract; None where nothing speaks against it.
    wrong: Callable[[ListFile], str | None] = _nothing_wrong
    #: What to say of a file that no form fits, where this one knows it all the same.
    hint: Callable[[Beginning], str | None] = _no_hint

    def open(self, file: ListFile, url_of: Callable[[str], str | None]) -> ParsedList:
        """Read the head of ``file``; raises ListParseError when it is not what it seemed to be.

        ``url_of`` gives the authority's page on an entity from its id.
        """
        if reason := self.wrong(file):
            raise file.broken(reason)
        sha256 = digest(self.parts(file))
        stated = self.stated(file)
        return ParsedList(
            list_id=file.list_id,
            form=self.id,
            sha256=sha256,
            open_entities=lambda: self.entities(file),
            url_of=url_of,
            version=stated.version,
            published_at=stated.published_at,
            declared_count=stated.declared_count,
            doubts=file.doubts,
            notes=file.notes,
        )
