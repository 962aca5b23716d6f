"""A name and the same in another script, which a list has in one cell: side by side, or one of them in brackets.

``Ilya Marrow Илья Марроу``, ``Ilya Marrow (Илья Марроу)``, ``Ilya Marrow (previously listed as. In Russian: Илья
Марроу)``, ``Илья Марроу (Russian)``. Nothing is told apart by what it sounds like, only by script and label.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from watchlist.lists.words.countries import known_country
from watchlist.lists.words.languages import to_lang
from watchlist.lists.words.name_notes import FORMER, whole_brackets
from watchlist.model import script_of

_BRACKETED = re.compile(r"(?P<name>[^()]+)\((?P<inside>[^()]+)\)[\s.,;]*")
#: A mark that parts two names without a blank beside it: what parts names is to be looked at first.
_GLUED = re.compile(r"[;,/|،؛、；]\S")
#: A name of which all is in brackets.
_BARE = re.compile(r"\(([^()]*)\)")
#: What stands in a bracket before the name in its own script: that it is a former name, or whose language it is.
_FORMER = re.compile(rf"\s*+{FORMER}\s*+[.,;:]*+\s*+", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*+(?>(?:in\s++)?)(?:(?>(?:the\s++)?)original\s++script|(?P<lang>[^\W\d_]{4,13})(?>(?:\s++(?:script|language))?))\s*+:\s*+",
    re.IGNORECASE,
)
#: So many words of so many letters on each side, where nothing but the script tells two names apart: one word may be a
#: legal form, or a trade mark within a name.
_WORDS, _LETTERS = 2, 2


class Spelled(NamedTuple):
    """One name of a cell."""

    text: str
    lang: str | None = None
    former: bool = False


def by_script(text: str) -> tuple[Spelled, ...]:
    """The names that a cell holds in two scripts, as they are written; else the cell as it is."""
    if text.isascii():
        return (Spelled(text),)
    if (bracketed := _BRACKETED.fullmatch(text)) is not None:
        return _from_brackets(bracketed) or (Spelled(text),)
    return tuple(map(Spelled, side_by_side(text)))


def side_by_side(text: str) -> tuple[str, ...]:
    """Two names that stand in a cell one after the other in two scripts; else the cell as it is."""
    words = text.split()
    if any(map(_GLUED.search, words)):
        return (text,)
    # Marks and numbers belong to what is before them.
    scripts: list[str] = []
    for word in words:
        scripts.append(script_of(word) or (scripts[-1] if scripts else ""))
    turns = [n for n in range(1, len(words)) if scripts[n] != scripts[n - 1]]
    if len(turns) != 1 or "" in scripts:
        return (text,)
    halves = words[: turns[0]], words[turns[0] :]
    if not all(_stands_alone(half) for half in halves):
        return (text,)
    return tuple(_bare(whole_brackets(" ".join(half))) for half in halves)


def _bare(text: str) -> str:
    found = _BARE.fullmatch(text)
    return found[1] if found else text


def _stands_alone(words: list[str]) -> bool:
    return sum(sum(map(str.isalpha, word)) >= _LETTERS for word in words) >= _WORDS


def _from_brackets(found: re.Match[str]) -> tuple[Spelled, ...]:
    name, inside = found["name"].strip(" ,;"), found["inside"]
    former = _FORMER.match(inside)
    rest = inside[former.end() :] if former else inside
    label = _LABEL.match(rest)
    lang = to_lang(label["lang"]) if label and label["lang"] else None
    if label and label["lang"] and lang is None:
        return ()
    other = rest[label.end() :].strip(" .,;") if label else rest.strip(" .,;")
    if not label and (own := to_lang(other)) is not None and other.isalpha() and script_of(name) != "Latn":
        return (Spelled(name, own, bool(former)),)
    scripts = script_of(name), script_of(other)
    if None in scripts or scripts[0] == scripts[1] or known_country(other) is not None:
        return ()
    if not label and not former and "Latn" in scripts and len(other.split()) < _WORDS and other.isascii():
        # A place, a short form, what a name means: a word in Latin letters behind a name may be anything.
        return ()
    return (Spelled(name, None, bool(former)), Spelled(other, lang, bool(former)))
