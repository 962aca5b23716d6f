"""In which field of life a passage stands: a namesake is known by it whom each paper calls something else. Pure.

A field is called the same in all languages: who was dismissed as a footballer stays so where a paper of another country
calls him a Stürmer. Each language has a table of its own; what is not in it, passages of that language do not tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: The tables, one for each language by its code.
_FOLDER: Final = "data/fields"
_ENGLISH: Final = "en"
#: So many words of a matter tell that a passage is of it.
_TELLING: Final = 2
#: Shorter words are the beginnings of too many others.
_BEGINNING: Final = 4
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f]")
#: What stands before a word and is written together with it in Arabic and Hebrew.
_PREFIXES: Final = "(?:(?:[وفבהולמשכ]{0,2})(?:بال|كال|لل|ال|ب|ل|ك)?)"
#: What stands before and behind the words of a table in a text, by what its line ``words`` says.
_STANDING: Final = {
    "whole": (r"(?<![\w-])", r"(?![\w-])"),
    # With any ending.
    "begun": (r"(?<!\w)", ""),
    "prefixed": (rf"(?<!\w){_PREFIXES}", r"(?!\w)"),
    # In scripts without spaces, or whose vowel signs are no letters to a regular expression.
    "anywhere": ("", ""),
}


@dataclass(frozen=True, slots=True)
class _Fields:
    """What one language calls the fields."""

    #: Roles, one of which tells, and words of the matter, each with its field.
    roles: Mapping[str, str]
    matters: Mapping[str, str]
    #: Finds them in a folded text, as its first group.
    known: re.Pattern[str]


def fields_of(passage: str, lang: str | None = None) -> frozenset[str]:
    """The fields of life that a passage in this language is about; without one it is taken to be of any."""
    text = _folded(passage)
    found: set[str] = set()
    for table in _tables_for(lang):
        counts: defaultdict[str, int] = defaultdict(int)
        for word in {re.sub(r"\s", "-", each) for each in table.known.findall(text)}:
            if word in table.roles:
                found.add(table.roles[word])
            else:
                counts[table.matters[word]] += 1
        found |= {field for field, count in counts.items() if count >= _TELLING}
    return frozenset(found)


def fields_among(details: Iterable[str]) -> frozenset[str]:
    """The fields that are named among these words, or that one of them is a role in, in whatever language."""
    found = set()
    for each in details:
        if each in _names():
            found.add(each)
        else:
            found |= _of_role(each)
    return frozenset(found)


def _tables_for(lang: str | None) -> tuple[_Fields, ...]:
    code = (lang or "").partition("-")[0].casefold()
    known = _tables()
    if code not in known:
        # Of a language nobody told, or one without a table: what is said in it may be in any.
        return tuple(known.values())
    return tuple(known[each] for each in dict.fromkeys((code, _ENGLISH)))


@cache
def _of_role(word: str) -> frozenset[str]:
    text = _folded(word)
    return frozenset(
        table.roles[found[1]]
        for table in _tables().values()
        if (found := table.known.match(text)) and found[1] in table.roles
    )


@cache
def _names() -> frozenset[str]:
    return frozenset(
        field for table in _tables().values() for known in (table.roles, table.matters) for field in known.values()
    )


@cache
def _tables() -> Mapping[str, _Fields]:
    folder = files("watchlist.alerts") / _FOLDER
    return {
        each.name.removesuffix(".txt"): _read(each.read_text(encoding="utf-8"))
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
    }


def _read(text: str) -> _Fields:
    roles: dict[str, str] = {}
    matters: dict[str, str] = {}
    patterns: dict[str, str] = {}
    standing = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        field, words = line.split(":", 1)
        if field == "words":
            standing = words.strip()
            continue
        for word in words.split():
            # A full stop behind it: this and no more.
            bare = _folded(word.removesuffix("."))
            (roles if field.endswith("!") else matters)[bare] = field.removesuffix("!")
            ends = standing == "begun" and (word.endswith(".") or len(bare) < _BEGINNING)
            patterns[bare] = re.escape(bare).replace(r"\-", r"[-\s]") + (r"(?!\w)" if ends else "")
    longest_first = sorted(patterns, key=len, reverse=True)
    before, behind = _STANDING[standing]
    known = "|".join(patterns[word] for word in longest_first)
    return _Fields(roles, matters, re.compile(f"{before}({known}){behind}"))


def _folded(text: str) -> str:
    """A text without case, accents and signs that are not seen."""
    parts = _UNSEEN.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if not unicodedata.combining(sign)))
