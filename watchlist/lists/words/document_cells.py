"""Several documents in one cell, as people write them: numbered, joined by ``and``, or one sentence after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchlist.lists.words.documents import Document, read_document

#: Longer cells are no descriptions of documents, and nobody has more documents.
_LONGEST = 8_000
_MOST = 60
#: ``(a)``, ``b)`` or ``(12)`` in front of a document.
_MARK = re.compile(r"(?:\(|(?<![\w(]))(?P<mark>[A-Za-z]|\d{1,2})\)\s?")
#: Where another document may begin behind the first.
_JOINTS = re.compile(r";|\.\s(?=[A-Z][a-z])|,\s?(?=[A-Z]{0,3}\d)|\sand\s|\)\s?\.?\s?(?=[A-Z][a-z])|\s(?=PS\s)")
#: What introduces a number; one that nothing introduces must be by itself.
_INTRODUCED = re.compile(
    r"\b(?:passports?|identity|identification|national id|id|nic|card|certificate|permit|licen[cs]e|visa)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:PS )?(?P<number>[A-Z]{0,3}[ -]?\d[\dA-Z/-]{4,24})\s?(?:\(.*)?", re.DOTALL)
_DAY = re.compile(r"\d{1,4}[./ -]\d{1,2}[./ -]\d{1,4}")
#: Which kind of document a number is of, by the words next to it.
_KINDS = (
    # A number "on the passport" is another one.
    ("passport", re.compile(r"(?<!\bin )(?<!\bon )(?<!\bthe )\bpassports?\b", re.IGNORECASE)),
    (
        "national_id",
        re.compile(r"\bnational (?:id|identi\w+)|\bidentity card|\bidentification (?:card|n)|\bnic\b", re.IGNORECASE),
    ),
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Described:
    """A document, and its kind where the words say one that the cell need not be of."""

    document: Document
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """What a cell of documents says."""

    #: Each number once, in the order of the cell.
    documents: tuple[Described, ...] = ()
    #: The points of it in which no number was found.
    unread: tuple[str, ...] = ()


def read_documents(text: str) -> DocumentCell:
    """The documents that a cell describes."""
    found: dict[str, Described] = {}
    unread: list[str] = []
    for label, point in _points(" ".join(text[:_LONGEST].split())):
        first = read_document(point)
        if first is None:
            unread += [words] if (words := point.strip(" ,;-")) else []
            continue
        at = point.find(first.number) + len(first.number)
        pieces = [(first, point)]
        pieces += [(other, piece) for piece in _JOINTS.split(point[at:])[1:] if (other := _another(piece))]
        for document, piece in pieces:
            whole = Document(document.number, document.country or _country(label), document.label)
            found.setdefault(document.number, Described(whole, _kind(piece, document.number)))
    return DocumentCell(tuple(found.values())[:_MOST], tuple(unread[:_MOST]))


def _points(text: str) -> list[tuple[str, str]]:
    """The points of a numbered cell, each with the words that stand before the first; other words are one point."""
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        # One that counts on from "a", or from what stands before "b".
        if _place(mark["mark"]) == len(marks) + (1 if marks[:1] and _place(marks[0]["mark"]) == 1 else 2) or (
            not marks and _place(mark["mark"]) == 1
        ):
            marks.append(mark)
    if not marks or (len(marks) == 1 and _place(marks[0]["mark"]) == 1 and marks[0].start() > 0):
        return [("", text)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    points = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    before = text[: marks[0].start()].strip()
    if _place(marks[0]["mark"]) != 1:
        return [("", point) for point in (before, *points)]
    return [(before, point) for point in points]


def _place(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def _another(piece: str) -> Document | None:
    """A further document behind another: what is introduced as one, or a number by itself that is no date."""
    words = piece.strip(" ,.;")
    alone = _ALONE.fullmatch(words)
    if alone and not _DAY.match(words):
        return read_document(words.removeprefix("PS "))
    found = read_document(words) if _INTRODUCED.search(words) else None
    return found if found and not _DAY.fullmatch(found.number) else None


def _country(label: str) -> str | None:
    """The country that the words before numbered documents say."""
    found = read_document(f"{label} 000000") if label else None
    return found.country if found else None


def _kind(piece: str, number: str) -> str | None:
    """The kind that the words before a number say, else those in a bracket behind it."""
    at = piece.find(number)
    front, behind = piece[max(0, at - _NEAR) : at], piece[at + len(number) :][:_NEAR]
    bracket = behind.lstrip() if behind.lstrip().startswith("(") else ""
    for words in (front, bracket):
        said = [kind for kind, pattern in _KINDS if pattern.search(words)]
        if said:
            return said[0] if len(said) == 1 else None
    return None
