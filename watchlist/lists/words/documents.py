"""Documents as lists describe them in words: the number, and whose document it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchlist.lists.words.countries import known_country

#: What is said behind the number has nothing of it: when and where it was issued, under which name.
_BEHIND = re.compile(
    r"\b(?:issued?|iss\.|expir\w*|valid\b|under name|in the name|dated?\b|date of|obtained|fraudulent\w*)\b",
    re.IGNORECASE,
)
#: An Italian fiscal code; a number with letters in front, but no label; a code of capitals and digits.
_FISCAL = r"[A-Z]{3} ?[A-Z]{3} ?\d\d[A-Z]\d\d ?[A-Z]\d{3}[A-Z]\b"
_LETTERED = r"(?:(?!(?:NO|ID|NI|US|UK)\b)[A-Z]{1,3}[ ./-]{1,2}|[A-Za-z]{1,4})?\d[\w/.-]{2,40}(?<![.,/-])"
_CODE = r"(?=[A-Z]{1,12}\d)[A-Z0-9]{8,24}(?!\w)"
_NUMBER = re.compile(rf"(?<![\w/])(?:No\.?)?(?P<number>{_FISCAL}|{_LETTERED}|{_CODE})")
#: A number by itself, with blanks in it perhaps.
_BARE = re.compile(r"(?!N[Oo])[A-Z]{0,3}[ ./-]?\d[\dA-Z]{0,20}(?:[ ./-]\d[\dA-Z]{0,20}){0,6}")
_BRACKETS = re.compile(r"\(([^()]{1,120})\)")
#: What goes on a number behind a blank: further groups of digits, or the number behind a series.
_GOES_ON = re.compile(r"(?:- ?\d[\d-]{2,20}|(?: \d{3})+(?![\d./-])| No\.? ?\d{5,10})(?!\w)")
#: Words of the label in front of a number that name another kind of document.
_OTHER = re.compile(
    r"ration|birth|driv|resident|certificate|student|voter|military|licen[cs]e|visa|booklet", re.IGNORECASE
)
#: Words that a country's name has at most.
_WORDS = 6
#: More is no description of a document.
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Document:
    """One document."""

    number: str
    #: The code of the country whose it is; None where that is not said.
    country: str | None = None
    #: What it is called, where that is another kind of document than the cell is of.
    label: str | None = None


def read_document(text: str) -> Document | None:
    """The document that words such as ``Saudi Arabian passport no. K142736 (expired 2009)`` describe; None for others.

    The number stands as the list writes it. The country is what stands in front or in brackets behind, as a name or as
    its nationals.
    """
    words = text[:_LONGEST].strip(" ,.;")
    cut = _BEHIND.search(words)
    front = words[: cut.start()].rstrip(" ,.;(-") if cut else ""
    head = front if any(map(str.isdigit, front)) else words
    if _BARE.fullmatch(head) and any(map(str.isdigit, head)):
        country = next(filter(None, map(leading_country, _BRACKETS.findall(words[len(head) :]))), None)
        return Document(head, country)
    found = _NUMBER.search(head)
    if found is None:
        return None
    goes_on = _GOES_ON.match(words, found.end())
    end = goes_on.end() if goes_on else found.end()
    front, behind = words[: found.start("number")].strip(" :;,.-("), words[end:]
    country = leading_country(front)
    for inside in _BRACKETS.findall(behind):
        country = country or leading_country(inside)
    label = front if _OTHER.search(front) else None
    return Document(words[found.start("number") : end].strip(), country, label)


def leading_country(words: str) -> str | None:
    """The country that words begin with: ``Saudi Arabian national identification``."""
    pieces = words.replace(",", " ").split()
    for count in range(min(len(pieces), _WORDS), 0, -1):
        text = " ".join(pieces[:count])
        if len(text) > len("us") and (found := known_country(text)):
            return found
    return "us" if pieces[:1] == ["US"] else None
