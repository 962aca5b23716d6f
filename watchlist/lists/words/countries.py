"""Countries, as the authorities write them, to ISO 3166-1 alpha-2 codes in lower case.

One table has them all (``data/countries.txt``), another their names in
other languages (``data/countries_abroad.txt``). Kosovo has the code ``xk`` that others use for it; ISO has none. A
region inside a country has no code and is kept in words, but Gaza and the West Bank are ``ps``, as ISO has it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

#: What stands behind a country without changing it; ``(citizenship revoked)`` does change it.
_CHANGES = re.compile(r"revok|withdr|renounc|former|previous|until|expired|depriv", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\(([^()]{0,200})\)")
_BEHIND = re.compile(
    r" (?:(?:citizen(?:ship)?|national(?:ity|itie)?|passport)s?(?:/citizens?)?\.?|by birth|by descent"
    r"|(?:as of|as at|since|from)\b.{0,60})$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?:also\s+)?(?:possibly|probably|likely|alt\.?|dual|of|believed to (?:hold|have|be))\s+"
    r"(?:citizen(?:ship)?:?\s+|nationality:?\s+)?",
    re.I,
)
#: Words before "of" that make the long name of a country out of the short one.
_OFFICIAL = re.compile(
    r"^(?:(?:islamic|arab|federal|federative|democratic|people s|peoples|socialist|bolivarian|plurinational|hashemite"
    r"|oriental|cooperative|co operative|united|independent)\s+){0,4}(?:republic|kingdom|principality|sultanate|emirate"
    r"|grand duchy)\s+of\s+(?:the\s+)?(?P<rest>.+)$"
)
#: What may stand between several countries of a cell. A name with "and" in it is looked for first.
_BETWEEN = re.compile(r" ?(?:[;|/,]| [-–] |\b(?:and|or|und|et|y|и|ve)\b|&|\.(?= also\b)) ?", re.IGNORECASE)
#: How OFAC opens the name of a part of a country.
_REGION = "region:"
#: Words that say that none is known. (``na`` alone is the code of Namibia.)
_NOTHING = frozenset({"n/a", "unknown", "not known", "none", "none identified", "not available", "nil"})
_PLAIN = re.compile(r"[^\w\s]|_")
#: A cell with more pieces than this is no list of countries.
_MOST = 20


@dataclass(frozen=True, slots=True)
class CountryCell:
    """What a cell of countries or nationalities says."""

    #: Codes, and words for what is no country that has one; each once, in the order of the cell.
    countries: tuple[str, ...] = ()
    #: Whether there are words among them that nothing is known of.
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    names: dict[str, str]
    #: Of nationals, and codes.
    others: dict[str, str]
    #: Words that are kept, and known to be no country of today.
    kept: frozenset[str]


def known_country(text: str, *, abroad: bool = True) -> str | None:
    """The code of a country's name, of its nationals' or of its code, in any case; None for words that are neither.

    Letter case, accents, full stops and hyphens do not matter; ``Iran (Islamic Republic of)`` and ``Myanmar (Burma)``
    are read with and without what stands in brackets. With ``abroad`` the name may be in another language.
    """
    return _known(text, _everything()) or (_abroad().get(plain(text)) if abroad else None)


def codes() -> frozenset[str]:
    """The codes of all countries."""
    return frozenset(_table().names.values())


def to_country(text: str) -> str:
    """The code of a country, or the words themselves where no country is known by them."""
    return known_country(text) or text.strip()


def without_remark(text: str) -> str:
    """A text without what stands in brackets behind it: ``Turkey (previous address)``."""
    return _BRACKETS.sub("", text).strip()


def is_kept(text: str) -> bool:
    """Whether words are known to be no country of today, or to say that none is known (``Soviet Union``, ``None``)."""
    return plain(text) in _table().kept or text.strip().lower().startswith(_REGION)


@lru_cache(maxsize=4096)
def read_countries(text: str | None) -> CountryCell:
    """The countries in a cell: one, or several with ``and``, commas, slashes or semicolons between them.

    What is said of a citizenship that is no more (``Kuwaiti citizenship withdrawn in 2002``) is kept in words.
    """
    words = " ".join((text or "").split()).strip(" .;,")
    if not any(map(str.isalnum, words)) or words.lower() in _NOTHING:
        return CountryCell()
    found = _one(words)
    if found is not None:
        return CountryCell((found,))
    if is_kept(words) or _CHANGES.search(words):
        return CountryCell((words,))
    pieces = [piece for piece in _BETWEEN.split(words) if piece.strip(" .")]
    marks = [mark.group() for mark in _BETWEEN.finditer(words)]
    if not 1 < len(pieces) <= _MOST or len(marks) != len(pieces) - 1:
        return CountryCell((words,), unread=True)
    read = _several(pieces, marks)
    unread = any(len(each) > 2 and not is_kept(each) and not _CHANGES.search(each) for each in read)
    # Words that no part of is a country are one text, not several.
    if unread and not any(len(each) == 2 for each in read):
        return CountryCell((words,), unread=True)
    return CountryCell(tuple(dict.fromkeys(read)), unread)


def country_name(text: str) -> str | None:
    """The code of a country by its name alone: the names of nationals and codes do not count."""
    return _known(text, _table().names)


def _one(words: str) -> str | None:
    """The code of one country with what may stand around it."""
    if found := known_country(words):
        return found
    if _CHANGES.search(words):
        return None
    bare = _BEHIND.sub("", _BEFORE.sub("", _BRACKETS.sub("", words).strip()))
    return known_country(bare) if bare != words else None


def _several(pieces: list[str], marks: list[str]) -> list[str]:
    """The pieces as codes, the longest run of pieces that is one country's name together."""
    read: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 4), at, -1):
            joined = "".join(piece + mark for piece, mark in zip(pieces[at:end], [*marks, ""][at:end], strict=True))
            joined = joined[: len(joined) - len([*marks, ""][end - 1])] if end < len(pieces) else joined
            if found := _one(joined.strip(" .")):
                read.append(found)
                at = end
                break
        else:
            read.append(pieces[at].strip(" ."))
            at += 1
    return read


def _known(text: str, table: dict[str, str]) -> str | None:
    whole = plain(text)
    if not whole:
        return None
    if found := table.get(whole) or _official(whole, table):
        return found
    inside = _BRACKETS.findall(text)
    if not inside or _CHANGES.search(text):
        return None
    outer = plain(_BRACKETS.sub("", text))
    code = table.get(outer) or _official(outer, table)
    others = {known for each in inside if (known := _everything().get(plain(each)))}
    # A bracket that names another country says something else.
    return code if code and others <= {code} else None


def _official(words: str, table: dict[str, str]) -> str | None:
    long = _OFFICIAL.match(words)
    return table.get(long["rest"]) if long else None


def plain(text: str) -> str:
    """A text as it is looked up."""
    letters = unicodedata.normalize("NFKD", text.replace("\u2019", "'").casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _PLAIN.sub(" ", bare.replace(".", "").replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def _everything() -> dict[str, str]:
    return _table().others | _table().names


@cache
def _abroad() -> dict[str, str]:
    """Names in other languages than English, which most lists never need."""
    content = (files("watchlist.lists") / "data" / "countries_abroad.txt").read_text("utf-8")
    lines = (line.partition(":") for line in content.splitlines() if not line.startswith("#"))
    return {plain(name): code for code, _, names in lines for name in names.split(";")}


@cache
def _table() -> _Table:
    names: dict[str, str] = {}
    others: dict[str, str] = {}
    kept: frozenset[str] = frozenset()
    content = (files("watchlist.lists") / "data" / "countries.txt").read_text("utf-8")
    for line in content.splitlines():
        code, colon, rest = line.partition(":")
        if line.startswith("#") or not colon:
            continue
        called, _, nationals = rest.partition(" | ")
        if code == "-":
            kept = frozenset(map(plain, called.split(";")))
            continue
        others[code] = code
        names |= {plain(name): code for name in called.split(";")}
        others |= {plain(name): code for name in nationals.split(";") if name.strip()}
    return _Table(names, others, kept)
