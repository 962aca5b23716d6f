"""Names on the UN's list: in four parts without a meaning of their own, and several in one field.

FIRST to FOURTH_NAME are kept in that order and not taken for given and family names, because the list orders them
as the person's culture does and does not say which is which.
"""

from __future__ import annotations

import re

from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.xml import Element, child_text
from watchlist.lists.words.name_notes import whole_brackets, without_note
from watchlist.model import Name, NameKind, script_of

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ORDER = ("first", "second", "third", "fourth")
_KINDS = {"f.k.a": NameKind.PREVIOUS, "previous": NameKind.PREVIOUS, "formerly known as": NameKind.PREVIOUS}
_FORMER = re.compile(r"\s*(?:previous|former)ly", re.IGNORECASE)
#: A note or bracket that gives the name in its own script, or in other spellings.
_SPELLINGS = re.compile(
    r"(?:original script|in arabic(?: script)?|transliterations?)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL
)
_SCRIPT_NOTE = re.compile(r"\(?original script\)?:?", re.IGNORECASE)
#: What stands between names of one field; numbering by letters may go on within it.
_JOINED = re.compile(r";| [b-h]\) ")
_BRACKETED = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>.+)\)\s*,?", re.DOTALL)


def primary(entry: Element) -> str:
    """The primary name of an entry; empty when it has none."""
    return " ".join(words for name in _NAMES if (words := child_text(entry, name)))


def parts(entry: Element) -> tuple[tuple[str, str], ...]:
    """The parts of a person's primary name, where there are several."""
    found = ((kind, child_text(entry, name)) for kind, name in zip(_ORDER, _NAMES, strict=True))
    several = tuple((kind, words) for kind, words in found if words)
    return several if len(several) > 1 else ()


def add_alias(draft: Draft, alias: Element) -> None:
    """Add the names of an alias, and the date of birth that goes with it."""
    quality, text, note = (child_text(alias, name) or "" for name in ("QUALITY", "ALIAS_NAME", "NOTE"))
    stated = quality.lower().rstrip(".")
    # Good, a.k.a. and nothing are strong names.
    kind, weak = _KINDS.get(stated, NameKind.ALIAS), stated == "low"
    draft.file.notes.read("names")
    if stated not in ("", "good", "low", "a.k.a", *_KINDS):
        draft.note("names", quality)
    if _FORMER.match(note):
        kind = NameKind.PREVIOUS
    add_aliases(draft, text, kind, weak=weak)
    if spelled := _SPELLINGS.search(note):
        add_aliases(draft, spelled[1], kind, weak=weak)
    draft.births(child_text(alias, "DATE_OF_BIRTH"))
    draft.birth_place(*(child_text(alias, name) for name in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")))


def add_aliases(draft: Draft, text: str, kind: NameKind, *, weak: bool = False) -> None:
    """Add the names that one field holds: joined by semicolons, or with other spellings in brackets."""
    bracketed = _BRACKETED.fullmatch(text.strip())
    if bracketed and (";" in bracketed["inside"] or _other_script(bracketed["name"], bracketed["inside"])):
        pieces = [bracketed["name"], *re.split(r"[;()]", bracketed["inside"])]
    else:
        pieces = _JOINED.split(text)
    for piece in pieces:
        spelled = _SPELLINGS.search(piece)
        name = spelled[1] if spelled else piece
        bare, former = without_note(whole_brackets(_SCRIPT_NOTE.sub("", name)))
        draft.name(Name(bare, NameKind.PREVIOUS if former and kind is NameKind.ALIAS else kind, weak=weak))


def _other_script(name: str, inside: str) -> bool:
    spelled = _SPELLINGS.search(inside)
    scripts = script_of(name), script_of(spelled[1] if spelled else _SCRIPT_NOTE.sub("", inside))
    return None not in scripts and scripts[0] != scripts[1]
